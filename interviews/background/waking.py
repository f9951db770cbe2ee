"""Tells the background worker of this process, from a thread, that something waits for it."""

from asgiref.sync import async_to_sync

from interviews.live.process import get_process


def wake_worker() -> None:
    async_to_sync(_wake)()


async def _wake() -> None:
    """On the server's loop, where the worker sleeps."""
    get_process().worker.work_waits()
