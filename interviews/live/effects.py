"""What the machine asks the runner to do: commands, done in order once their events are in the log."""

from msgspec import Struct

from interviews.interviewer.brief import ReplyBrief
from interviews.live.signals import Signal
from interviews.live.vocabulary import Patience
from interviews.plan import PlannedQuestion


class Effect(Struct, frozen=True):
    pass


class Send(Effect, frozen=True):
    """To the candidate's page, and to observers when the signal is meant for them."""

    signal: Signal


class StartTimer(Effect, frozen=True):
    """Answered by `TimerFired(name, ref)` after that much wall time, unless cancelled or started again."""

    name: str
    after_ms: int
    ref: int = 0


class CancelTimer(Effect, frozen=True):
    name: str


class StartLine(Effect, frozen=True):
    """A new audio line at offset 0, for the interview or for a rehearsal."""

    is_practice: bool


class HoldLine(Effect, frozen=True):
    """The audio line stands still: the session is paused."""


class ReleaseLine(Effect, frozen=True):
    pass


class OpenTurn(Effect, frozen=True):
    """The candidate has the floor; endpointing decides from here on."""

    turn_id: int


class CloseTurn(Effect, frozen=True):
    pass


class FinishTurn(Effect, frozen=True):
    """`I'm done`: close the open utterance now and report the turn's end when its words are known."""


class HoldTurn(Effect, frozen=True):
    after_ms: int


class NoteEnough(Effect, frozen=True):
    """Whether enough was said for the question, one of the three votes of endpointing."""

    is_enough: bool


class UsePatience(Effect, frozen=True):
    patience: Patience


class Compose(Effect, frozen=True):
    """Find the words; the first `skip` sentences were sent before a crash or a pause."""

    reply_id: int
    brief: ReplyBrief
    skip: int = 0


class SayWords(Effect, frozen=True):
    """As `Compose`, where the words are there already: a person gave them."""

    reply_id: int
    text: str
    skip: int = 0


class RelayPerson(Effect, frozen=True):
    """What a person says in their own voice goes to the page as this reply, from where they began."""

    reply_id: int


class EndRelay(Effect, frozen=True):
    """It goes to the page no longer."""


class PrepareReply(Effect, frozen=True):
    """Find the words already: if the turn ends as it stands, `Compose` will ask for the same brief."""

    brief: ReplyBrief


class DropPrepared(Effect, frozen=True):
    """The candidate goes on: what was prepared will not be said."""


class JudgeCoverage(Effect, frozen=True):
    """Hear which expected points `text` states; answered by `CoverageJudged`, or never."""

    turn_id: int
    question_index: int
    question: PlannedQuestion
    text: str


class CancelCompose(Effect, frozen=True):
    reply_id: int


class UseConsent(Effect, frozen=True):
    recording: bool
    listening: bool


class FinishSession(Effect, frozen=True):
    """Evaluate, free what the session holds, close its sockets."""
