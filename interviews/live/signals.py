"""Messages that are sent but never logged: hints for ear and eye that a reconnect does not need again."""

from typing import Literal

from msgspec import Struct

from interviews.live.vocabulary import Patience

AudioState = Literal["begins", "ends", "failed"]


class Signal(Struct, frozen=True, kw_only=True, tag_field="type"):
    pass


class TranscriptPartial(Signal, frozen=True, tag="transcript.partial"):
    turn_id: int
    text: str
    stable_chars: int


class PracticeHeard(Signal, frozen=True, tag="practice.heard"):
    """A rehearsal's caption: shown, forgotten."""

    text: str
    confidence: float | None = None
    patience: Patience | None = None


class ReplyDelta(Signal, frozen=True, tag="reply.delta"):
    reply_id: int
    text: str


class ReplySentence(Signal, frozen=True, tag="reply.sentence"):
    reply_id: int
    index: int
    text: str


class ReplyPartial(Signal, frozen=True, tag="reply.partial"):
    """A caption of what a person is saying in their own voice; the sentence takes its place."""

    reply_id: int
    text: str
    stable_chars: int


class ReplyAudio(Signal, frozen=True, tag="reply.audio"):
    """Binary frames of this sentence follow, or were all of it; `failed`: the page speaks it itself."""

    reply_id: int
    index: int
    state: AudioState
    samples: int = 0


class PlaybackPause(Signal, frozen=True, tag="playback.pause"):
    reply_id: int


class PlaybackResume(Signal, frozen=True, tag="playback.resume"):
    reply_id: int


class PlaybackStop(Signal, frozen=True, tag="playback.stop"):
    reply_id: int


class Latency(Signal, frozen=True, tag="latency"):
    """Milliseconds from the last spoken sample of `turn_id`."""

    turn_id: int
    endpoint: int
    transcribe: int
    first_token: int
    first_sentence: int
    total: int


class AudioAck(Signal, frozen=True, tag="audio.ack"):
    offset: int


class AudioResend(Signal, frozen=True, tag="audio.resend"):
    offset: int


class Level(Signal, frozen=True, tag="level"):
    """Loudness of the candidate's line, for observers: dB below full scale over the last second."""

    dbfs: float
    offset: int


class Coverage(Signal, frozen=True, tag="coverage"):
    """Which expected points of a question were heard, for observers: their places, from 0."""

    number: int
    covered: tuple[int, ...]


class Health(Signal, frozen=True, tag="health"):
    """How the candidate's connection and the recogniser are doing, for observers."""

    connected: bool
    backlog_ms: int
    drops: int


class Failure(Signal, frozen=True, tag="error"):
    code: str
    message: str
    fatal: bool = False


class Pong(Signal, frozen=True, tag="pong"):
    at_ms: int


OBSERVER_SIGNALS: frozenset[type[Signal]] = frozenset(
    {TranscriptPartial, ReplyPartial, Latency, Level, Health, Coverage}
)
SIGNAL_TYPES: tuple[type[Signal], ...] = tuple(Signal.__subclasses__())
