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


class WhisperWritten(Input, frozen=True):
    text: str
    by: str
    command_id: str = ""


class WordsPutIn(Input, frozen=True):
    """Said by the interviewer, word for word, as soon as the candidate has finished."""

    text: str
    by: str
    command_id: str = ""


class RephraseAsked(Input, frozen=True):
    by: str
    command_id: str = ""


class TakeoverAsked(Input, frozen=True):
    ref: str
    by: str


class LineTyped(Input, frozen=True):
    """What somebody who has taken over says by typing."""

    ref: str
    text: str
    by: str
    command_id: str = ""


class HandBackAsked(Input, frozen=True):
    ref: str
    by: str


class PersonBeganToSpeak(Input, frozen=True):
    """Whoever has taken over begins to speak in their own voice."""

    ref: str


class PersonWasPartlyHeard(Input, frozen=True):
    """What the stretch sounds like that they are speaking just now."""

    text: str
    stable_chars: int


class PersonWasHeard(Input, frozen=True):
    """The words of one stretch of their speech, which may come when they have long finished."""

    text: str


class PersonWasNotUnderstood(Input, frozen=True):
    """There were no words in it."""


class PersonFellSilent(Input, frozen=True):
    """Their pause is long enough to be an end."""


class ObserverStayed(Input, frozen=True):
    """A sign of life of somebody who has taken over."""

    ref: str


class ObserverCame(Input, frozen=True):
    name: str
    role: str
    ref: str
    listening: bool = False


class ObserverWent(Input, frozen=True):
    ref: str


class ListeningSwitched(Input, frozen=True):
    """An observer asks to hear the audio, or wants no more of it."""

    ref: str
    name: str
    role: str
    listening: bool


INPUT_TYPES: tuple[type[Input], ...] = tuple(Input.__subclasses__())
