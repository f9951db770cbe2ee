"""A recogniser that hears what its script says: for tests, and to try a server without a model."""

from collections.abc import Callable, Sequence

import numpy as np

from speech.backends.options import EngineOptions
from speech.transcript import EngineError, Kind, Transcript

SILENCE_RMS = 100.0  # of 32768; speech at a microphone lies above 1,000
PARTIAL_SHARE = 2  # a partial gives the first half of the words that its final will hold

Line = str | Transcript | EngineError


class Script:
    """Lines that are heard one after the other; after the last the first comes again."""

    def __init__(self, lines: Sequence[Line]) -> None:
        if not lines:
            raise ValueError("a script needs at least one line")
        self._lines = tuple(lines)
        self._next = 0

    def hear(self, pcm: bytes, *, is_partial: bool) -> Transcript:
        """This will give the next line, or no words for silence; only a final moves on. Errors are raised."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float64)
        if not len(samples) or float(np.sqrt(np.mean(samples**2))) < SILENCE_RMS:
            return Transcript("", engine="scripted")
        line = self._lines[self._next % len(self._lines)]
        if is_partial:
            words = (line.text if isinstance(line, Transcript) else str(line)).split()
            return Transcript(" ".join(words[: len(words) // PARTIAL_SHARE]), engine="scripted")
        self._next += 1
        if isinstance(line, EngineError):
            raise line
        return line if isinstance(line, Transcript) else Transcript(line, 0.9, engine="scripted")


class ScriptedLane:
    """The script as an engine of the real recogniser."""

    is_remote = True

    def __init__(self, lines: Sequence[Line]) -> None:
        self._script = Script(lines)

    async def start(self) -> None:
        """There is nothing to load."""

    async def transcribe(self, pcm: bytes, *, language: str, is_partial: bool) -> Transcript:
        return self._script.hear(pcm, is_partial=is_partial)

    async def close(self) -> None:
        """There is nothing to close."""


class ScriptedRecognizer:
    """The script in place of a recogniser, without a queue; `calls` keeps what was asked.

    `on_call` is awaited with nothing known yet of the result, so that a test can hold a call back.
    """

    def __init__(self, lines: Sequence[Line], *, on_call: Callable[[Kind], None] | None = None) -> None:
        self._script = Script(lines)
        self._on_call = on_call
        self.calls: list[tuple[str, Kind, int]] = []  # session, kind, samples

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        self.calls.append((session, kind, len(pcm) // 2))
        if self._on_call is not None:
            self._on_call(kind)
        return self._script.hear(pcm, is_partial=kind == "partial")


def connect(options: EngineOptions) -> ScriptedLane:
    return ScriptedLane(options.settings.script)
