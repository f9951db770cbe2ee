"""What observers do in a session, as its log keeps it. `events.py` has them all."""

from interviews.live.event import Event
from interviews.live.vocabulary import TakeoverEndReason, WordsKind


class NoteAdded(Event, frozen=True, tag="note.added"):
    text: str
    at_ms: int | None
    by: str
    command_id: str = ""


class WhisperGiven(Event, frozen=True, tag="whisper.given"):
    """A person's advice on the interviewer's next words; the candidate never learns of it."""

    text: str
    by: str
    command_id: str = ""


class WordsGiven(Event, frozen=True, tag="words.given"):
    """A person's own words wait to be said, in the order in which they were given."""

    text: str
    by: str
    kind: WordsKind
    command_id: str = ""


class TakeoverStarted(Event, frozen=True, tag="takeover.started"):
    """A person speaks with the candidate in place of the interviewer. `ref` is their presence."""

    by: str
    ref: str = ""


class TakeoverEnded(Event, frozen=True, tag="takeover.ended"):
    """The interviewer has the word again, or nobody: the session is over."""

    by: str
    ref: str = ""
    reason: TakeoverEndReason = "handed_back"


class CommandApplied(Event, frozen=True, tag="command.applied"):
    """Who asked for what; the events beside it say what came of it."""

    kind: str
    by: str
    command_id: str = ""
