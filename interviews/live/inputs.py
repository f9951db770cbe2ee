"""What happened in the world around one session: past events, stamped with the wall time they were met at."""

from datetime import UTC, datetime

from msgspec import Struct

from interviews.live.vocabulary import EndReason, Patience, Word
from interviews.progress import Offer

UNSTAMPED = datetime(1970, 1, 1, tzinfo=UTC)


class Input(Struct, frozen=True, kw_only=True):
    at: datetime = UNSTAMPED


# --- the candidate's page


class CandidateArrived(Input):
    pass


class CandidateWentAway(Input):
    pass


class ConsentDecided(Input):
    notice_version: str
    ai_evaluation: bool
    recording: bool
    listening: bool


class PracticeRequested(Input):
    pass


class PracticeDone(Input):
    pass


class CandidateReadied(Input):
    pass


class TurnDonePressed(Input):
    pass


class TurnHoldPressed(Input):
    pass


class AnswerTyped(Input):
    text: str
    time_taken_seconds: int | None = None


class RepeatPressed(Input):
    pass


class SkipPressed(Input):
    by: str = ""


class PauseRequested(Input):
    by: str = ""


class ResumeRequested(Input):
    by: str = ""


class EndRequested(Input):
    reason: EndReason = "ended_by_candidate"
    by: str = ""


class PlaybackStarted(Input):
    reply_id: int


class PlaybackFinished(Input):
    reply_id: int


class PlaybackStopped(Input):
    reply_id: int
    heard_chars: int


class MicSwitched(Input):
    muted: bool


class PageSwitched(Input):
    hidden: bool


class AudioGone(Input):
    from_offset: int
    to_offset: int


# --- hearing (positions in ms on the audio line)


class CandidateSpeechStarted(Input):
    at_ms: int


class CandidateSpeechStopped(Input):
    at_ms: int
    speech_ms: int


class SpeechPartlyHeard(Input):
    utterance_id: int
    text: str
    stable_chars: int


class UtteranceHeard(Input):
    utterance_id: int
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    engine: str = ""


class UtteranceWasEmpty(Input):
    utterance_id: int
    start_ms: int
    end_ms: int


class UtteranceWasLost(Input):
    utterance_id: int
    start_ms: int
    end_ms: int


class TurnWentSilent(Input):
    """Endpointing says that the candidate's turn is over; every utterance of it was reported before."""

    at_ms: int
    reason: str = "endpoint"


class PauseLearned(Input):
    patience: Patience


# --- the interviewer


class ReplyDeltaComposed(Input):
    reply_id: int
    text: str


class ReplySentenceComposed(Input):
    reply_id: int
    index: int
    text: str


class ReplyComposed(Input):
    reply_id: int


# --- time and people


class TimerFired(Input):
    name: str
    ref: int = 0


class NoteWritten(Input):
    text: str
    at_ms: int | None
    by: str
    command_id: str = ""


class QuestionPutIn(Input):
    text: str
    verbatim: bool
    by: str
    command_id: str = ""


class MoreTimeGiven(Input):
    minutes: int
    by: str
    command_id: str = ""


class OfferPutForward(Input):
    offer: Offer
    by: str
    command_id: str = ""


class ObserverCame(Input):
    name: str
    role: str
    ref: str
    listening: bool = False


class ObserverWent(Input):
    ref: str


INPUT_TYPES: tuple[type[Input], ...] = tuple(Input.__subclasses__())
