"""Does the work that waits, a little at a time, in the process that serves.

Theory of operation. One task, the loop, sleeps until somebody says that there is work, the next task is due
or a minute has passed. It then claims as much as has room, and each claimed task runs by itself under a
handler. Claims are renewed while it runs; a process that dies lets them lapse, and another takes the work up.
The handlers must be able to run twice.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from interviews.background import news, rows
from interviews.background.crew import LOOK_EVERY_S as LOOK_FOR_CREW_EVERY_S
from interviews.background.crew import Crew, HandOver
from interviews.background.doing import LONGEST_S, do
from interviews.background.kinds import Handler
from interviews.background.rows import Claimed
from interviews.live.patient_database import ask

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 2  # sessions wait for the same model and the same database
MOST_APART = 4  # of what waits for others' servers, ten seconds at most for each
LOOK_EVERY_S = 60.0
FEWEST_WAIT_S = 0.2


class Worker:
    """One per process. `work_waits` may be called from the event loop at any time, also before `begin`."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        owner: str,
        clock: Callable[[], datetime],
        longest_s: float = LONGEST_S,
        apart: frozenset[str] = frozenset(),
        crew: Crew | None = None,
    ) -> None:
        """The kinds `apart` have places of their own. With a `crew`, it is told what is due, and this process
        does what it leaves."""
        self._handlers = dict(handlers)
        self._owner = owner
        self._clock = clock
        self._longest_s = longest_s
        usual = frozenset(handlers) - apart
        self._lanes = ((usual, MOST_AT_ONCE), (apart & frozenset(handlers), MOST_APART))
        self._hand_over = HandOver(crew, tuple(handlers)) if crew is not None else None
        self._news = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._listener: news.Listener | None = None
        self._running: dict[asyncio.Task[None], Claimed] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self._handlers)

    def begin(self) -> None:
        """Look for work at once, and from then on."""
        if self._loop is None:
            loop = asyncio.get_running_loop()
            self._listener = partial(_from_any_thread, loop, self._news)
            news.listen(self._listener)
            self._loop = loop.create_task(self._work())

    def work_waits(self) -> None:
        self._news.set()

    async def aclose(self) -> None:
        """Stop; what is under way is given back, and begun anew by whoever looks next."""
        if self._listener is not None:
            news.unlisten(self._listener)
        if self._hand_over is not None:
            self._hand_over.close()
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
        left_by = await self._hand_over.left_by(now) if self._hand_over is not None else None
        for kinds, most in self._lanes:
            room = most - self._count(kinds)
            if kinds and room > 0:
                claim = partial(rows.claim, self._owner, room, now=now, kinds=tuple(kinds), due_by=left_by)
                self._begin(await ask(claim))
        return await self._wait_s(now, left_by)

    def _count(self, kinds: frozenset[str]) -> int:
        return sum(one.kind in kinds for one in self._running.values())

    def _begin(self, some: list[Claimed]) -> None:
        for claimed in some:
            task = asyncio.get_running_loop().create_task(self._do(claimed))
            self._running[task] = claimed
            task.add_done_callback(self._ended)

    async def _wait_s(self, now: datetime, left_by: datetime | None) -> float:
        free = [kind for kinds, most in self._lanes if self._count(kinds) < most for kind in kinds]
        if left_by is None and not free:
            return rows.RENEW_EVERY_S
        after = now if left_by is not None else None  # what is due already was handed over
        longest = LOOK_EVERY_S if left_by is None else LOOK_FOR_CREW_EVERY_S
        due_at = await ask(rows.next_due, now=now, kinds=tuple(free), after=after)
        if due_at is None:
            return longest
        return min(max((due_at - self._clock()).total_seconds(), FEWEST_WAIT_S), longest)

    def _ended(self, task: asyncio.Task[None]) -> None:
        claimed = self._running.pop(task, None)
        self._news.set()
        error = None if task.cancelled() else task.exception()
        if error is not None and claimed is not None:  # its claim lapses, and it is done again
            logger.error("what came of %s %s could not be kept", claimed.kind, claimed.key, exc_info=error)

    async def _do(self, claimed: Claimed) -> None:
        handler = self._handlers[claimed.kind]
        await do(claimed, handler, owner=self._owner, clock=self._clock, longest_s=self._longest_s)


def _from_any_thread(loop: asyncio.AbstractEventLoop, wake: asyncio.Event, _pk: int) -> None:
    """Wishes are kept in the database's thread."""
    with contextlib.suppress(RuntimeError):  # the loop has ended: so has its work
        loop.call_soon_threadsafe(wake.set)
