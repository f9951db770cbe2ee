"""One queue for everything a runner must know, in order; what comes from outside is bounded."""

import asyncio
from collections import deque

MAX_AUDIO_SAMPLES = 60 * 16_000  # a minute, then the sender is told to come back
MAX_MESSAGES = 1_000  # small messages that one page may have waiting


class InboxFullError(Exception):
    """The sender is faster than we are; its socket closes with 4429."""


class Inbox:
    """Our own parts (timers, hearing, the interviewer) go first and are never refused.

    Not safe for threads; every method is called on the event loop.
    """

    def __init__(self) -> None:
        self._ours: deque[object] = deque()
        self._theirs: deque[tuple[object, int]] = deque()
        self._audio_samples = 0
        self._arrived = asyncio.Event()

    def put_ours(self, item: object) -> None:
        self._ours.append(item)
        self._arrived.set()

    def put_theirs(self, item: object, *, samples: int = 0) -> None:
        """Queue something from outside; `samples` is the audio it carries. Raises InboxFullError."""
        too_much = self._audio_samples + samples > MAX_AUDIO_SAMPLES
        if too_much or len(self._theirs) >= MAX_MESSAGES:
            raise InboxFullError
        self._audio_samples += samples
        self._theirs.append((item, samples))
        self._arrived.set()

    @property
    def is_empty(self) -> bool:
        return not self._ours and not self._theirs

    @property
    def backlog_ms(self) -> int:
        return self._audio_samples // 16

    async def get(self) -> object:
        """The next item; waits until there is one."""
        while not self._ours and not self._theirs:
            self._arrived.clear()
            await self._arrived.wait()
        return self.get_nowait()

    def get_nowait(self) -> object:
        """The next item. Raises IndexError when there is none."""
        if self._ours:
            return self._ours.popleft()
        item, samples = self._theirs.popleft()
        self._audio_samples -= samples
        return item

    def get_ours_nowait(self) -> object | None:
        return self._ours.popleft() if self._ours else None
