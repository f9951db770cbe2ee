"""Who of the observers is really there: each process says so of its own, and any clears up after a dead one.

The log says who joined and who left, and a process that is killed says nothing more. So each socket of an
observer has a row, which its process keeps fresh with one statement every few seconds; whoever finds an old
row writes the farewell that the dead process could not write.
"""

from datetime import datetime, timedelta

from channels.db import database_sync_to_async

from interviews.live.commands import submit
from interviews.live.lease import is_held
from interviews.live.opening import SessionOverError
from interviews.live.runner import Runner
from interviews.live.services import Services
from interviews.live.unattended import run_unattended
from interviews.models import Presence, Session

BEAT_S = 5.0
GONE_AFTER = timedelta(seconds=25)  # five beats: a slow moment is no death
AT_ONCE = 200


def arrive(session_id: int, ref: str, process: str, now: datetime) -> None:
    """This will note that somebody is there. Synchronous, as all here but `clear_up`."""
    fields = {"session_id": session_id, "process": process, "seen_at": now}
    Presence.objects.update_or_create(ref=ref, defaults=fields)


def leave(ref: str) -> None:
    Presence.objects.filter(ref=ref).delete()


def beat(process: str, now: datetime) -> frozenset[str]:
    """This will say that all who are at `process` are still there, and give their refs as they are known."""
    mine = Presence.objects.filter(process=process)
    mine.update(seen_at=now)
    return frozenset(mine.values_list("ref", flat=True))


async def clear_up(services: Services) -> int:
    """This will have those leave whose process has died, and give how many there were."""
    gone = await database_sync_to_async(_say_farewell)(services.clock())
    for session_id in {session_id for session_id, _ in gone}:
        if not await database_sync_to_async(is_held)(session_id, services.clock()):
            await _carry_out(session_id, services)
    return len(gone)


def _say_farewell(now: datetime) -> list[tuple[int, str]]:
    old = Presence.objects.filter(seen_at__lt=now - GONE_AFTER).select_related("session")
    gone = list(old.order_by("seen_at")[:AT_ONCE])
    for one in gone:
        if not one.session.is_over:
            payload = {"ref": one.ref}
            submit(one.session, command_id=f"left.{one.ref}", kind="observer.left", payload=payload)
        one.delete()
    return [(one.session_id, one.ref) for one in gone]


async def _carry_out(session_id: int, services: Services) -> None:
    try:
        await run_unattended(session_id, services, Runner.look_for_commands)
    except (SessionOverError, Session.DoesNotExist):
        return
