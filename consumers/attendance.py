"""Keeps those who watch from this process listed as there, as long as their sockets are."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable

from django.utils import timezone

from consumers.one_per_loop import OnePerLoop
from consumers.visiting import ask_apart
from interviews.live import presence

logger = logging.getLogger(__name__)

Rejoin = Callable[[], Awaitable[None]]


class Attendance:
    """All observers of one process. Every method belongs to its event loop."""

    def __init__(self, *, beat_s: float = presence.BEAT_S) -> None:
        self._process = secrets.token_hex(16)
        self._beat_s = beat_s
        self._there: dict[str, Rejoin] = {}
        self._task: asyncio.Task[None] | None = None

    async def arrive(self, session_id: int, ref: str, rejoin: Rejoin) -> None:
        """This will list somebody; `rejoin` is called should others have taken them for gone."""
        await ask_apart(presence.arrive, session_id, ref, self._process, timezone.now())
        self._there[ref] = rejoin
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._beat())

    async def leave(self, ref: str, farewell: Callable[[], Awaitable[None]]) -> None:
        """This will say farewell; should that fail, others find that nobody says this one is there."""
        self._there.pop(ref, None)
        await farewell()
        await ask_apart(presence.leave, ref)

    async def _beat(self) -> None:
        while self._there:
            await asyncio.sleep(self._beat_s)
            try:
                await self._say_who_is_there()
            except Exception:  # whoever is taken for gone meanwhile joins again at the next beat
                logger.warning("Could not say who is there.", exc_info=True)

    async def _say_who_is_there(self) -> None:
        asked = dict(self._there)
        if not asked:
            return
        known = await ask_apart(presence.beat, self._process, timezone.now())
        for ref, rejoin in asked.items():
            if ref not in known and ref in self._there:
                await rejoin()


get_attendance = OnePerLoop(Attendance)
