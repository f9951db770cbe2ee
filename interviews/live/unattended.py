"""Lets a session run where no page is connected, until nothing is left to do."""

from collections.abc import Callable

from channels.db import database_sync_to_async

from interviews.live.opening import open_session
from interviews.live.runner import Runner
from interviews.live.services import Services


async def run_unattended(session_id: int, services: Services, begin: Callable[[Runner], None]) -> None:
    """`begin` gives the runner something to do. Nothing happens where another process has the lease.

    Raises SessionOverError and Session.DoesNotExist.
    """
    opened = await database_sync_to_async(open_session)(session_id, services, is_forced=False)
    if opened is None:
        return
    runner = Runner(opened.session, opened.epoch, opened.state, opened.seq, services, is_driven=True)
    begin(runner)
    runner.start(lambda _: None)
    await runner.wait()
