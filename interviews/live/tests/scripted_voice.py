"""A voice that follows a script."""

import asyncio
from collections.abc import AsyncGenerator

from speech.speaking import Spoken
from speech.transcript import EngineError

RATE = 24_000
SHORT = b"\x01\x00" * 400


class ScriptedVoice:
    """Speaks what it is told to, piece by piece, as far as it is let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.speeds: list[float] = []
        self.ended: list[str] = []
        self.cancelled: list[str] = []
        self.pieces: dict[str, list[bytes]] = {}
        self.broken: set[str] = set()
        self.holds_everything = False
        self.breaks_everything = False
        self.gates: dict[str, asyncio.Event] = {}

    def hold(self, text: str) -> asyncio.Event:
        """After its first piece this text waits for the event."""
        return self.gates.setdefault(text, asyncio.Event())

    async def speak(self, text: str, *, speed: float = 1.0) -> AsyncGenerator[Spoken, None]:
        self.begun.append(text)
        self.speeds.append(speed)
        if self.holds_everything:
            self.hold(text)
        try:
            for pcm in self.pieces.get(text, [SHORT, SHORT]):
                yield Spoken(RATE, pcm)
                if text in self.gates:
                    await self.gates[text].wait()
            if text in self.broken or self.breaks_everything:
                raise EngineError("The voice server broke off.")
        except (GeneratorExit, asyncio.CancelledError):
            self.cancelled.append(text)
            raise
        self.ended.append(text)

    async def aclose(self) -> None: ...
