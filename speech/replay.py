"""Plays a recording into a listener as a page would, at any speed; shared by tests and benchmarks."""

import asyncio
from collections.abc import Callable

from msgspec import Struct

from speech.heard import Heard, TurnEndHeard, UtteranceHeard
from speech.listening import Listener
from speech.sample_clock import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ

CHUNK_SAMPLES = 1_600  # what the page sends: 100 ms


class Timed(Struct, frozen=True):
    """Something heard, and how much had been played by then."""

    value: Heard
    played_samples: int
    at_s: float


class Replay:
    """Plays into the listener that `make_listener` builds around the given `emit`."""

    def __init__(self, make_listener: Callable[[Callable[[Heard], None]], Listener]) -> None:
        self.heard: list[Timed] = []
        self.played_samples = 0
        self.listener = make_listener(self._take)

    def _take(self, value: Heard) -> None:
        self.heard.append(Timed(value, self.played_samples, asyncio.get_running_loop().time()))

    async def play(
        self, pcm: bytes, *, speed: float | None = None, chunk_samples: int = CHUNK_SAMPLES
    ) -> None:
        """Push `pcm` (mono s16le 16 kHz) chunk by chunk; `speed` 1 is real time, None as fast as it goes."""
        clock = asyncio.get_running_loop().time
        began = clock()
        size = chunk_samples * BYTES_PER_SAMPLE
        for at in range(0, len(pcm), size):
            if speed is not None:
                due = began + (at + size) / BYTES_PER_SAMPLE / SAMPLE_RATE_HZ / speed
                await asyncio.sleep(max(0.0, due - clock()))
            chunk = pcm[at : at + size]
            self.played_samples += len(chunk) // BYTES_PER_SAMPLE
            self.listener.push(chunk)
            await asyncio.sleep(0)

    async def settle(self, *, timeout_s: float = 30.0) -> None:
        """Wait until everything that was played has been reported. Raises TimeoutError."""
        async with asyncio.timeout(timeout_s):
            await self.listener.rest()

    def of(self, *types: type[Heard]) -> list[Heard]:
        return [one.value for one in self.heard if isinstance(one.value, types)]

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.of(UtteranceHeard) if isinstance(one, UtteranceHeard))

    @property
    def turn_ends(self) -> list[TurnEndHeard]:
        return [one for one in self.of(TurnEndHeard) if isinstance(one, TurnEndHeard)]
