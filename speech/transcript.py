"""What a recogniser gives back, how it fails, and the one call every recogniser offers."""

from typing import Any, Literal, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
BYTES_PER_SAMPLE = 2  # signed 16-bit little-endian, mono

Kind = Literal["final", "partial"]
Samples = NDArray[np.float32]


class Word(Struct, frozen=True):
    """One word and where it is heard, in ms from the first sample of the audio that was given."""

    text: str
    start_ms: int
    end_ms: int


class Transcript(Struct, frozen=True):
    """The words of a stretch of audio. An empty `text` means that it holds none: silence, noise, music.

    `confidence` is 0..1, or None where the engine gives none. `words` may be empty beside a text: not every
    engine and not every model knows where its words lie. `decode_ms` is wall time inside the engine.
    """

    text: str
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    engine: str = ""
    decode_ms: int = 0


class EngineError(Exception):
    """A recogniser could not do its work. `permanent`: trying the same again will fail the same way."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild_error, (str(self), self.permanent)


def _rebuild_error(message: str, permanent: bool) -> EngineError:
    return EngineError(message, permanent=permanent)


class SupersededError(Exception):
    """A partial was not decoded: a newer one of its session took its place, or there was no time for it."""


class Transcriber(Protocol):
    """One loaded engine. It blocks, is used by one caller at a time, and lives in a worker."""

    name: str

    def transcribe(self, samples: Samples, *, language: str, is_partial: bool) -> Transcript:
        """This will recognise `samples` (mono float32 in -1..1 at 16 kHz, at most 30 s).

        `language` is an ISO 639-1 code and is never guessed. Partials may be decoded more cheaply.
        Raises EngineError.
        """
        ...


class Recognition(Protocol):
    """What a listener needs of a recogniser."""

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        """This will recognise `pcm` (mono s16le at 16 kHz) in its turn, fairly among sessions.

        Cancelling takes it out of the queue. Raises SupersededError for partials only, and EngineError.
        """
        ...
