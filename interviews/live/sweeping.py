"""Ends the interviews that nobody came back to."""

import logging

from channels.db import database_sync_to_async
from django.conf import settings

from interviews.live.inputs import TimerFired
from interviews.live.opening import SessionOverError
from interviews.live.runner import Runner
from interviews.live.services import Services
from interviews.live.unattended import run_unattended
from interviews.models import Session

logger = logging.getLogger(__name__)
AT_ONCE = 100


async def sweep(services: Services) -> int:
    """Abandon the sessions whose resume window has passed; gives how many there were."""
    left = await database_sync_to_async(_left_alone)(services)
    for session_id in left:
        try:
            await _abandon(session_id, services)
        except Exception:
            logger.exception("could not end an abandoned interview", extra={"session": session_id})
    return len(left)


def _left_alone(services: Services) -> list[int]:
    oldest = services.clock() - settings.RESUME_WINDOW
    running = Session.objects.filter(status=Session.Status.IN_PROGRESS, updated_at__lt=oldest)
    free = running.exclude(lease_until__gte=services.clock())
    return list(free.values_list("pk", flat=True)[:AT_ONCE])


async def _abandon(session_id: int, services: Services) -> None:
    try:
        await run_unattended(session_id, services, _let_time_pass)
    except (SessionOverError, Session.DoesNotExist):
        return


def _let_time_pass(runner: Runner) -> None:
    for name in ("away", "abandon"):
        runner.inbox.put_ours(TimerFired(name=name))
