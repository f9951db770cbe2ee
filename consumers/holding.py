"""Keeps a take-over alive for as long as the socket of whoever holds it does."""

import asyncio
import logging
from collections.abc import Callable

from consumers.commanding import note_stay
from consumers.visiting import ask_apart
from interviews.live.constants import SessionConstants

logger = logging.getLogger(__name__)

BEAT_S = SessionConstants().takeover_beat_ms / 1_000


class Holding:
    """Says every few seconds that one person is still there, while they have taken over."""

    def __init__(
        self, session_id: int, ref: str, holds: Callable[[], bool], *, beat_s: float = BEAT_S
    ) -> None:
        """`holds` tells whether they still do; it asks the database."""
        self._holds = holds
        self._session_id = session_id
        self._ref = ref
        self._beat_s = beat_s
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """This will begin to look whether they hold it; it stops by itself when they don't."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._beat())

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._beat_s)
            try:
                if not await ask_apart(self._holds):
                    return
                await ask_apart(note_stay, self._session_id, self._ref)
            except Exception:  # a database that is away ends no take-over
                logger.warning("Could not say that somebody is still there.", exc_info=True)
