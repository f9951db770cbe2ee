"""Does the work that waits, a little at a time, in the process that serves.

Theory of operation. One task, the loop, sleeps until somebody says that there is work, the next task is due
or a minute has passed. It then claims as much as has room, and each claimed task runs by itself under a
handler. Claims are renewed while it runs; a process that dies lets them lapse, and another takes the work up.
The handlers must be able to run twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from interviews.background import rows
from interviews.background.rows import Claimed
from interviews.live.patient_database import ask

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 2  # sessions wait for the same model and the same database
LOOK_EVERY_S = 60.0
RENEW_EVERY_S = 60.0
FEWEST_WAIT_S = 0.2
LONGEST_S = 1_200.0  # judged: for one task; thirty answers before a slow model take half of it

Handler = Callable[[dict[str, Any]], Awaitable[None]]


class GiveUpError(Exception):
    """A handler's word that trying again would not help."""


class Worker:
    """One per process. `work_waits` may be called from the event loop at any time, also before `begin`."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        owner: str,
        clock: Callable[[], datetime],
        longest_s: float = LONGEST_S,
    ) -> None:
        self._handlers = dict(handlers)
        self._owner = owner
        self._clock = clock
        self._longest_s = longest_s
        self._news = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._running: dict[asyncio.Task[None], Claimed] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self._handlers)

    def begin(self) -> None:
        """Look for work at once, and from then on."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop().create_task(self._work())

    def work_waits(self) -> None:
        self._news.set()

    async def aclose(self) -> None:
        """Stop; what is under way is given back, and begun anew by whoever looks next."""
        tasks = [*self._running, *([self._loop] if self._loop is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if tasks:  # also what the database was claiming for us when we were told to stop
            try:
                await ask(rows.give_back_all, self._owner)
            except Exception:  # the claims lapse by themselves, and others wait to be closed
                logger.exception("could not give back background work")

    async def _work(self) -> None:
        while True:
            self._news.clear()
            try:
                wait_s = await self._look()
            except Exception:
                logger.exception("could not look for background work")
                wait_s = LOOK_EVERY_S
            try:
                async with asyncio.timeout(wait_s):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def _look(self) -> float:
        """Begin what is due and fits; gives how long to sleep then, unless somebody has news."""
        now = self._clock()
        if self._running:
            await ask(rows.keep, self._owner, [one.pk for one in self._running.values()], now=now)
        room = MOST_AT_ONCE - len(self._running)
        if room <= 0:
            return RENEW_EVERY_S
        for claimed in await ask(rows.claim, self._owner, room, now=now, kinds=self.kinds):
            task = asyncio.get_running_loop().create_task(self._do(claimed))
            self._running[task] = claimed
            task.add_done_callback(self._ended)
        due_at = await ask(rows.next_due, now=now, kinds=self.kinds)
        if due_at is None or len(self._running) >= MOST_AT_ONCE:
            return LOOK_EVERY_S
        return min(max((due_at - self._clock()).total_seconds(), FEWEST_WAIT_S), LOOK_EVERY_S)

    def _ended(self, task: asyncio.Task[None]) -> None:
        claimed = self._running.pop(task, None)
        self._news.set()
        error = None if task.cancelled() else task.exception()
        if error is not None and claimed is not None:  # its claim lapses, and it is done again
            logger.error("what came of %s %s could not be kept", claimed.kind, claimed.key, exc_info=error)

    async def _do(self, claimed: Claimed) -> None:
        try:
            await self._handle(claimed)
        except Exception as error:  # noqa: BLE001 (kept with the task, whatever it is)
            is_final = isinstance(error, GiveUpError)
            level = logging.ERROR if is_final or claimed.attempts >= len(rows.PUT_OFF) else logging.WARNING
            logger.log(level, "background work failed: %s %s: %r", claimed.kind, claimed.key, error)
            told = f"{type(error).__name__}: {error}"
            await ask(rows.put_off, self._owner, claimed, told, now=self._clock(), is_final=is_final)
        else:
            await ask(rows.finish, self._owner, claimed)

    async def _handle(self, claimed: Claimed) -> None:
        limit = asyncio.timeout(self._longest_s)
        try:
            async with limit:
                await self._handlers[claimed.kind](claimed.payload)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise TimeoutError(f"it was not done within {self._longest_s:g} s") from error
