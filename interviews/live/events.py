"""What the log keeps: past events of one session, the only things that change its state.

Public events are sent to the candidate as they are (with `seq`); observers get all but `PRIVATE_TO_LOG`.
`at` is the wall time and a column of its own in the log.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

from interviews.live.event import Event
from interviews.live.interventions import (
    CommandApplied,
    NoteAdded,
    TakeoverEnded,
    TakeoverStarted,
    WhisperGiven,
    WordsGiven,
)
from interviews.live.vocabulary import (
    AnswerChannel,
    EndReason,
    HiringVerdict,
    Patience,
    State,
    TurnEndReason,
    Word,
)
from interviews.plan import Plan, PlannedQuestion
from interviews.progress import Move, Offer

__all__ = [
    "CommandApplied",
    "Event",
    "NoteAdded",
    "TakeoverEnded",
    "TakeoverStarted",
    "WhisperGiven",
    "WordsGiven",
]

PlaybackOutcome = Literal["finished", "stopped", "barge_in", "unreported"]


# --- the session as a whole


class SessionOpened(Event, frozen=True, tag="session.opened"):
    """First in every log. The plan is copied in, so that folding the log needs nothing else."""

    plan: Plan
    duration_ms: int
    # those that differ from the defaults of `SessionConstants`
    constants: dict[str, int | float] = msgspec.field(default_factory=dict)
    report_url: str = ""


class StateChanged(Event, frozen=True, tag="state.changed"):
    state: State
    reason: str = ""


class SettingsChanged(Event, frozen=True, tag="settings.changed"):
    patience: Patience | None = None
    time_left_ms: int | None = None
    captions: str | None = None
    total_questions: int | None = None  # told as soon as somebody puts one in; the plan itself knows it


class ConsentChanged(Event, frozen=True, tag="consent.changed"):
    notice_version: str
    ai_evaluation: bool
    recording: bool
    listening: bool


class LineStarted(Event, frozen=True, tag="line.started"):
    """The interview's audio line begins: offset 0 is now."""


class TimeRanOut(Event, frozen=True, tag="time.ran_out"):
    """The running answer may finish; then comes the closing."""


class TimeExtended(Event, frozen=True, tag="time.extended"):
    minutes: int
    by: str
    command_id: str = ""


class SessionEnded(Event, frozen=True, tag="session.ended"):
    reason: EndReason
    report_url: str = ""


# --- who is there


class CandidateConnected(Event, frozen=True, tag="candidate.connected"):
    is_return: bool = False


class CandidateLeft(Event, frozen=True, tag="candidate.left"):
    pass


class ParticipantJoined(Event, frozen=True, tag="participant.joined"):
    role: str
    name: str
    listening: bool = False
    ref: str = ""


class ParticipantLeft(Event, frozen=True, tag="participant.left"):
    role: str
    name: str
    listening: bool = False
    ref: str = ""


class MicChanged(Event, frozen=True, tag="mic.state"):
    muted: bool


class PageChanged(Event, frozen=True, tag="page.state"):
    hidden: bool


class AudioMissed(Event, frozen=True, tag="audio.missing"):
    """The page no longer had these samples; they count as silence."""

    from_offset: int = msgspec.field(name="from")
    to_offset: int = msgspec.field(name="to")


# --- practice: neither its words nor its audio are logged


class PracticeEnded(Event, frozen=True, tag="practice.ended"):
    pass


# --- the candidate's turns


class TurnStarted(Event, frozen=True, tag="turn.started"):
    turn_id: int
    question: int


class TranscriptFinal(Event, frozen=True, tag="transcript.final"):
    turn_id: int
    utterance_id: int
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    engine: str = ""
    snr_db: float | None = None  # how far the speech stood above the noise of the line


class UtteranceMissed(Event, frozen=True, tag="utterance.missed"):
    """There was speech, but no engine could turn it into words: a fact of ours, never held against anyone."""

    turn_id: int
    utterance_id: int
    start_ms: int
    end_ms: int


class CoverageGained(Event, frozen=True, tag="coverage.gained"):
    """Expected points that the open answer states in words of its own, as a model heard them."""

    turn_id: int
    question_index: int
    points: tuple[int, ...]


class TurnHeld(Event, frozen=True, tag="turn.held"):
    turn_id: int


class TurnEnded(Event, frozen=True, tag="turn.ended"):
    turn_id: int
    text: str
    reason: TurnEndReason
    question: int = 0
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    time_taken_seconds: int | None = None
    channel: AnswerChannel = "typed"  # where `reason` is "typed": which way it came
    intent: str = ""  # what a button said: skip, repeat


class TurnReopened(Event, frozen=True, tag="turn.reopened"):
    turn_id: int


# --- the interviewer's replies


class QuestionStarted(Event, frozen=True, tag="question.started"):
    number: int
    total: int
    text: str
    kind: str


class QuestionQueued(Event, frozen=True, tag="question.queued"):
    question: PlannedQuestion
    by: str
    command_id: str = ""


class ReplyPlanned(Event, frozen=True, tag="reply.planned"):
    """The rules have chosen the next move; its words are being found."""

    reply_id: int
    move: Move
    answers_turn: int = 0  # the turn that is reopened when the candidate goes on; 0 for none
    text: str = ""  # what the candidate said, for the one who words the reply
    by: str = "ai"  # whose words these are
    words: str = ""  # where a person gave them: nothing is left to find


class ReplyStarted(Event, frozen=True, tag="reply.started"):
    reply_id: int
    kind: str
    by: str = "ai"
    question: int = 0
    worded_by: str = ""  # which interviewer found the words, where `by` is "ai"; "" in old logs
    spoken: bool = False  # a person speaks it; its words are known only afterwards


class SentenceSent(Event, frozen=True, tag="sentence.sent"):
    """One whole sentence of a reply went out, so that what was said survives a crash in mid-reply."""

    reply_id: int
    index: int
    text: str


class ReplyFinished(Event, frozen=True, tag="reply.finished"):
    """All of it has been sent."""

    reply_id: int
    text: str
    worded_by: str = ""


class ReplyWithdrawn(Event, frozen=True, tag="reply.withdrawn"):
    reply_id: int


class PlaybackBegan(Event, frozen=True, tag="playback.began"):
    reply_id: int


class PlaybackEnded(Event, frozen=True, tag="playback.ended"):
    reply_id: int
    outcome: PlaybackOutcome
    heard_chars: int


class PlaybackMeasured(Event, frozen=True, tag="playback.measured"):
    """The page's own account, after a stop, of how much of `text` was heard; it corrects our estimate."""

    reply_id: int
    text: str
    heard_chars: int


class BargeInStarted(Event, frozen=True, tag="barge_in.started"):
    reply_id: int
    at_ms: int


class BargeInDismissed(Event, frozen=True, tag="barge_in.dismissed"):
    reply_id: int


class OfferMade(Event, frozen=True, tag="offer.made"):
    offer: Offer
    by: str = "ai"


class SilenceNoticed(Event, frozen=True, tag="silence.noticed"):
    """Nothing was said for a while; the reply that follows reacts to it."""

    step: int


# --- what candidates change and people decide afterwards


class HeardPart(Struct, frozen=True):
    """One stretch of speech in a recording that was sent whole."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float | None = None
    engine: str = ""


class AnswerCorrected(Event, frozen=True, tag="answer.corrected"):
    """The candidate's own words for what was misheard; both are kept. Empty words take it back."""

    turn_id: int
    text: str


class AnswerRedone(Event, frozen=True, tag="answer.redone"):
    """A question answered once more after the end, as a turn of its own. That one is judged, both kept."""

    turn_id: int
    question: int
    text: str
    channel: AnswerChannel = "typed"
    heard: tuple[HeardPart, ...] = ()


class DecisionMade(Event, frozen=True, tag="decision.made"):
    """What a person decided about the interview that this was a round of; a later one counts instead."""

    verdict: HiringVerdict
    reason: str
    by: str
    decision_id: int


EVENT_TYPES: tuple[type[Event], ...] = tuple(Event.__subclasses__())
_BY_TAG = {str(cls.__struct_config__.tag): cls for cls in EVENT_TYPES}

# Starred in the protocol: the candidate's page gets them, with `seq`.
PUBLIC: frozenset[type[Event]] = frozenset(
    {
        StateChanged,
        SettingsChanged,
        TranscriptFinal,
        TurnEnded,
        TurnReopened,
        QuestionStarted,
        ReplyStarted,
        ReplyFinished,
        ReplyWithdrawn,
        ParticipantJoined,
        ParticipantLeft,
        OfferMade,
        TakeoverStarted,
        TakeoverEnded,
        SessionEnded,
    }
)

# Holds expected points and rubrics: neither socket sends it.
PRIVATE_TO_LOG: frozenset[type[Event]] = frozenset({SessionOpened})


def type_of(event: Event) -> str:
    """The name under which the log and the wire know this event."""
    return str(type(event).__struct_config__.tag)


def to_payload(event: Event) -> dict[str, Any]:
    """What the log stores: every field but type and time."""
    payload: dict[str, Any] = msgspec.to_builtins(event)
    payload.pop("type")
    payload.pop("at", None)
    return payload


def from_row(type_name: str, at: datetime, payload: dict[str, Any]) -> Event:
    """Read a row of the log. Raises KeyError for an unknown type, msgspec.ValidationError for a bad shape."""
    cls = _BY_TAG[type_name]
    event = msgspec.convert({**payload, "type": type_name}, cls)
    return msgspec.structs.replace(event, at=at)
