"""What a voice is: text in, PCM out, piece by piece as it is made."""

from collections.abc import AsyncGenerator
from typing import Protocol

from msgspec import Struct

BYTES_PER_SAMPLE = 2  # signed 16-bit little-endian, mono


class Spoken(Struct, frozen=True):
    """A stretch of mono s16le PCM: whole samples, at least one, `rate_hz` of them a second."""

    rate_hz: int
    pcm: bytes


class Voice(Protocol):
    """Speaks text. One rate for one text; closing the generator at any time frees what it holds."""

    def speak(self, text: str, *, speed: float = 1.0) -> AsyncGenerator[Spoken, None]:
        """This will yield the audio of `text` in order. Raises EngineError, also in the middle."""
        ...

    async def aclose(self) -> None: ...
