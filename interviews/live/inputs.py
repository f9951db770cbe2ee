"""What happened in the world around one session: past events, stamped with the wall time they were met at."""

from datetime import UTC, datetime

from msgspec import Struct

from interviews.live.vocabulary import AnswerChannel, EndReason, Patience, Word
from interviews.progress import Offer

UNSTAMPED = datetime(1970, 1, 1, tzinfo=UTC)


class Input(Struct, frozen=True, kw_only=True):
    at: datetime = UNSTAMPED


# --- the candidate's page


class CandidateArrived(Input, frozen=True):
    pass


class CandidateWentAway(Input, frozen=True):
    pass


class ConsentDecided(Input, frozen=True):
    notice_version: str
    ai_evaluation: bool
    recording: bool
    listening: bool


class PracticeRequested(Input, frozen=True):
    pass


class PracticeDone(Input, frozen=True):
    pass


class CandidateReadied(Input, frozen=True):
    duration_ms: int | None = None  # as wished by now, where that may differ from when the log was opened


class TurnDonePressed(Input, frozen=True):
    pass


class TurnHoldPressed(Input, frozen=True):
    pass


class AnswerTyped(Input, frozen=True):
    text: str
    time_taken_seconds: int | None = None
    channel: AnswerChannel = "typed"


class RepeatPressed(Input, frozen=True):
    pass


class SkipPressed(Input, frozen=True):
    by: str = ""


class PauseRequested(Input, frozen=True):
    by: str = ""


class ResumeRequested(Input, frozen=True):
    by: str = ""


class EndRequested(Input, frozen=True):
    reason: EndReason = "ended_by_candidate"
    by: str = ""


class PlaybackStarted(Input, frozen=True):
    reply_id: int


class PlaybackFinished(Input, frozen=True):
    reply_id: int


class PlaybackStopped(Input, frozen=True):
    reply_id: int
    heard_chars: int


class MicSwitched(Input, frozen=True):
    muted: bool


class PageSwitched(Input, frozen=True):
    hidden: bool


class AudioGone(Input, frozen=True):
    from_offset: int
    to_offset: int


# --- hearing (positions in ms on the audio line)


class CandidateSpeechStarted(Input, frozen=True):
    at_ms: int


class CandidateSpeechStopped(Input, frozen=True):
    at_ms: int
    speech_ms: int


class SpeechPartlyHeard(Input, frozen=True):
    utterance_id: int
    text: str
    stable_chars: int


class UtteranceHeard(Input, frozen=True):
    utterance_id: int
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    engine: str = ""
    snr_db: float | None = None


class UtteranceWasEmpty(Input, frozen=True):
    utterance_id: int
    start_ms: int
    end_ms: int


class UtteranceWasLost(Input, frozen=True):
    utterance_id: int
    start_ms: int
    end_ms: int


class TurnWentSilent(Input, frozen=True):
    """Endpointing says that the candidate's turn is over; every utterance of it was reported before."""

    at_ms: int
    reason: str = "endpoint"


class PauseLearned(Input, frozen=True):
    patience: Patience


# --- the interviewer


class ReplyDeltaComposed(Input, frozen=True):
    reply_id: int
    text: str


class ReplySentenceComposed(Input, frozen=True):
    reply_id: int
    index: int
    text: str
    worded_by: str = ""  # the interviewer's name


class ReplyComposed(Input, frozen=True):
    reply_id: int


class CoverageJudged(Input, frozen=True):
    """Somebody who understands paraphrases heard these expected points in the open turn."""

    turn_id: int
    question_index: int
    points: tuple[int, ...]


# --- time and people


class TimerFired(Input, frozen=True):
    name: str
    ref: int = 0


class NoteWritten(Input, frozen=True):
    text: str
    at_ms: int | None
    by: str
    command_id: str = ""


class QuestionPutIn(Input, frozen=True):
    text: str
    verbatim: bool
    by: str
    command_id: str = ""


class MoreTimeGiven(Input, frozen=True):
    minutes: int
    by: str
    command_id: str = ""


class OfferPutForward(Input, frozen=True):
    offer: Offer
    by: str
    command_id: str = ""


class ObserverCame(Input, frozen=True):
    name: str
    role: str
    ref: str
    listening: bool = False


class ObserverWent(Input, frozen=True):
    ref: str


INPUT_TYPES: tuple[type[Input], ...] = tuple(Input.__subclasses__())
