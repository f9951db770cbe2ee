"""What a listener reports. Every position is in ms on the audio line."""

from typing import Literal

from msgspec import Struct

from speech.patience import Patience
from speech.transcript import Word

EndReason = Literal["endpoint", "done", "too_long"]


class Heard(Struct, frozen=True):
    pass


class SpeechStarted(Heard, frozen=True):
    """Speech that lasted longer than a click begins a new utterance."""

    at_ms: int


class SpeechLasted(Heard, frozen=True):
    """It has lasted longer than a cough; once for each utterance that does."""

    since_ms: int
    speech_ms: int


class SpeechStopped(Heard, frozen=True):
    at_ms: int
    speech_ms: int


class PartialHeard(Heard, frozen=True):
    """What the open utterance seems to say; its first `stable_chars` characters are never taken back."""

    utterance_id: int
    text: str
    stable_chars: int


class UtteranceHeard(Heard, frozen=True):
    """The final words of one utterance; utterances are reported in the order in which they were spoken.

    The id grows along a line and stays unique when listening starts again at a settled offset. All audio
    before `end_ms` is in this or an earlier utterance: who starts again there hears nothing twice. `words`
    lie on the audio line. `transcribe_ms` is how long the final took, queue included. `snr_db`: how far the
    speech stands above the noise of the line.
    """

    utterance_id: int
    start_ms: int
    end_ms: int
    text: str
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    engine: str = ""
    transcribe_ms: int = 0
    snr_db: float | None = None


class UtteranceEmpty(Heard, frozen=True):
    """There were no words in it: a cough, a door, somebody's radio."""

    utterance_id: int
    start_ms: int
    end_ms: int


class UtteranceLost(Heard, frozen=True):
    """It could not be recognised; `message` says why."""

    utterance_id: int
    start_ms: int
    end_ms: int
    message: str = ""


class TurnEndHeard(Heard, frozen=True):
    """The candidate's turn is over, and everything said in it was reported before.

    `at_ms` is the last spoken sample. `silence_ms` is how long the pause had to be, and `endpoint_ms` how
    long it was on the line by the time of this report. `transcribe_ms` is the wall time from the decision to
    this report.
    """

    at_ms: int
    silence_ms: int
    reason: EndReason
    endpoint_ms: int = 0
    transcribe_ms: int = 0


class AudioSettled(Heard, frozen=True):
    """Everything before `offset` (a sample) held no speech or was reported: the page may forget it."""

    offset: int


class PauseLearned(Heard, frozen=True):
    """This candidate's pauses suggest another patience; the accommodation factor is not in it."""

    patience: Patience
