"""An observer's own voice: put in order and passed on to whoever runs the session.

Theory of operation. It is passed on while its person has taken over. Each connection has one line, whose
offsets only tell where something is missing: a small gap becomes silence, so that nobody's words run
together. Who holds the take-over is asked of the log, at the first chunk and every two seconds of speaking;
what is said meanwhile waits, bounded. The runner looks again for itself. Nothing is stored.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from consumers.limits import BYTES_PER_SECOND, TokenBucket
from consumers.visiting import ask_apart
from interviews.live.bus import get_bus

logger = logging.getLogger(__name__)

# Faster than anybody speaks; the slack covers a network that stood still for a moment.
RATE = 1.5 * BYTES_PER_SECOND
SLACK = 3.0 * BYTES_PER_SECOND
MOST_WAITING_BYTES = 4 * BYTES_PER_SECOND
LONGEST_SILENCE = 16_000  # samples: so much of a gap is silence, the rest is left out
LONGEST_GAP = 60 * 16_000  # a larger one is nonsense
ASK_AGAIN_S = 2.0
COMPLAIN_EVERY_S = 2.0


class OwnVoice:
    """One observer's line at one session. `take` returns at once."""

    def __init__(
        self, session_id: int, ref: str, complain: Callable[[str, str], None], *, holds: Callable[[], bool]
    ) -> None:
        """`complain` is told a code and a sentence when what came can't be passed on; `holds` tells whether
        this person may speak now, and asks the database.
        """
        self._may_hold = holds
        self._session_id = session_id
        self._ref = ref
        self._complain = complain
        self._limit = TokenBucket(RATE, SLACK)
        self._expected: int | None = None
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._asked_at = 0.0
        self._holds = False
        self._is_closed = False
        self._looking: asyncio.Task[None] | None = None
        self._complained_at = -COMPLAIN_EVERY_S
        self._task: asyncio.Task[None] | None = None

    def take(self, offset: int, pcm: bytes) -> None:
        """The samples from `offset` on; 0 begins a new line."""
        if self._is_closed:
            return
        if not self._limit.take(len(pcm), time.monotonic()):
            self._refuse("too_fast", "That is faster than anybody speaks; some of it was left out.")
            return
        pcm = self._in_order(offset, pcm)
        if not pcm or self._waiting_bytes + len(pcm) > MOST_WAITING_BYTES:
            return
        self._waiting.append(pcm)
        self._waiting_bytes += len(pcm)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._pass_on())

    def close(self) -> None:
        """Nothing more is passed on."""
        self._is_closed = True
        for task in (self._task, self._looking):
            if task is not None:
                task.cancel()

    def _in_order(self, offset: int, pcm: bytes) -> bytes:
        expected = offset if self._expected is None or offset == 0 else self._expected
        gap = offset - expected
        if gap > LONGEST_GAP:
            self._refuse("bad_offset", "That lies far ahead of what came before; it was left out.")
            return b""
        self._expected = max(expected, offset + len(pcm) // 2)
        if gap < 0:
            return pcm[-2 * gap :]
        return bytes(2 * min(gap, LONGEST_SILENCE)) + pcm

    async def _pass_on(self) -> None:
        if not await self._may_speak():
            self._waiting.clear()
            self._waiting_bytes = 0
            self._refuse("not_yours", "You have not taken this interview over, so nobody hears you.")
            return
        while self._waiting:
            pcm = self._waiting.pop(0)
            self._waiting_bytes -= len(pcm)
            get_bus().pass_voice(self._session_id, self._ref, pcm)

    async def _may_speak(self) -> bool:
        """Waits for the database only until it was found once; later it is looked up meanwhile."""
        is_due = time.monotonic() - self._asked_at >= ASK_AGAIN_S
        if not self._holds:
            await self._look()
        elif is_due and (self._looking is None or self._looking.done()):
            self._looking = asyncio.get_running_loop().create_task(self._look())
        return self._holds

    async def _look(self) -> None:
        self._asked_at = time.monotonic()
        try:
            self._holds = await ask_apart(self._may_hold)
        except Exception:  # the runner knows it anyway
            logger.warning("Could not look who has taken over.", exc_info=True)

    def _refuse(self, code: str, message: str) -> None:
        now = time.monotonic()
        if now - self._complained_at >= COMPLAIN_EVERY_S:
            self._complained_at = now
            self._complain(code, message)
