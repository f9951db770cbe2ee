"""Does single tasks in a process of a crew, which serves nobody: no speech engine is loaded.

Theory of operation. Handlers are coroutines, and some leave things behind for the next (connections to a
model, a bus). So there is one event loop for the life of the process, running in a thread of its own, and
`work` waits in another for one task to be done. Claims are renewed meanwhile.
"""

import asyncio
import threading

from django.conf import settings
from django.utils import timezone

from interviews.background import rows
from interviews.background.doing import do
from interviews.background.kinds import handlers
from interviews.background.rows import Claimed
from interviews.judging_tasks import judging_handlers
from interviews.live.patient_database import ask
from interviews.mind.choosing import build_mind


class Hands:
    """One for a process. Daemon: the loop ends with it, and its claims lapse."""

    def __init__(self) -> None:
        self._handlers = handlers() | judging_handlers(build_mind(settings.MIND))
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="hands", daemon=True).start()

    def work(self, pk: int, *, owner: str) -> None:
        """Do what that row asks for until nothing is left; returns at once where it is done or another's."""
        asyncio.run_coroutine_threadsafe(self._work(pk, owner), self._loop).result()

    async def _work(self, pk: int, owner: str) -> None:
        kinds = tuple(self._handlers)
        while True:  # what was wished for again meanwhile is done at once
            claimed = await ask(rows.claim_one, owner, pk, now=timezone.now(), kinds=kinds)
            if claimed is None:
                return
            await self._do(claimed, owner)

    async def _do(self, claimed: Claimed, owner: str) -> None:
        renewing = asyncio.get_running_loop().create_task(_renew(owner, claimed.pk))
        try:
            await do(claimed, self._handlers[claimed.kind], owner=owner, clock=timezone.now)
        finally:
            renewing.cancel()


async def _renew(owner: str, pk: int) -> None:
    while True:
        await asyncio.sleep(rows.RENEW_EVERY_S)
        await ask(rows.keep, owner, [pk], now=timezone.now())
