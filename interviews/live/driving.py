"""Moves a session on without a socket: REST and SMS write commands, and somebody has to carry them out."""

import time

from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from django.db.models import QuerySet

from interviews.live.lease import is_held
from interviews.live.opening import SessionOverError
from interviews.live.process import get_process
from interviews.live.runner import Runner
from interviews.live.services import Services
from interviews.live.unattended import run_unattended
from interviews.models import Command

WAIT_FOR_OWNER_S = 5.0
LOOK_EVERY_S = 0.05


def drive(session_id: int) -> None:
    """Carry out the commands that wait for a session.

    Where no process runs it, this one takes the lease, drains the commands, lets the interviewer answer and
    releases it. Where one does, this waits a moment for it to come round to them, and takes over when it lets
    go before. Sync; from a view.
    """
    services = get_process().registry.services
    deadline = time.monotonic() + WAIT_FOR_OWNER_S
    async_to_sync(_drive)(session_id, services)
    while _waiting(session_id).exists() and time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
        if not is_held(session_id, services.clock()):
            async_to_sync(_drive)(session_id, services)


async def _drive(session_id: int, services: Services) -> None:
    try:
        await run_unattended(session_id, services, Runner.look_for_commands)
    except SessionOverError:
        await database_sync_to_async(_reject_waiting)(session_id)
        return


def _reject_waiting(session_id: int) -> None:
    """Nobody opens an ended session any more: what still waits for it is answered here."""
    _waiting(session_id).update(
        status=Command.Status.REJECTED, code="session_over", message="The interview is over."
    )


def _waiting(session_id: int) -> QuerySet[Command]:
    return Command.objects.filter(session_id=session_id, status=Command.Status.QUEUED)
