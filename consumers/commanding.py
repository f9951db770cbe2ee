"""Turns what an observer asks for into command rows, and sees to it that somebody carries them out."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from channels.db import database_sync_to_async
from django.db import close_old_connections
from msgspec.structs import asdict

from accounts.models import User
from consumers.authentication import Observer
from consumers.reading import Answered
from consumers.wire import ObserverCommand
from interviews.access import may_command, watchable_sessions
from interviews.live.commands import CommandError, submit
from interviews.live.lease import LEASE, is_held
from interviews.models import Command, Session

logger = logging.getLogger(__name__)

LOOK_AGAIN_S = (0.0, 3.0, LEASE.total_seconds())

# Driving a session waits for whatever its interviewer does, so it has threads of its own.
_DRIVERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="viva-drive")


def submit_for(observer: Observer, session_id: int, command: ObserverCommand) -> Answered:
    """This will write the command, if this person may; the same `command_id` again is the same row.

    Raises CommandError. Synchronous; ask it off the event loop.
    """
    session = Session.objects.filter(pk=session_id).first()
    user = User.objects.filter(pk=observer.user_id, is_active=True).first()
    if session is None or user is None or not may_command(user, session):
        raise CommandError("not_allowed", "You may watch this interview, but not change its course.")
    if session.is_over:
        raise CommandError("session_over", "The interview is over.")
    payload = {
        key: value for key, value in asdict(command).items() if key != "command_id" and value is not None
    }
    kind = str(command.__struct_config__.tag)
    row = submit(
        session, command_id=command.command_id, kind=kind, payload=payload, user=user, by_name=observer.name
    )
    return _answered(row)


def announce(observer: Observer, session_id: int, ref: str, *, is_joining: bool) -> None:
    """This will have the candidate told who has come or gone: nobody joins in secret. Synchronous."""
    session = Session.objects.filter(pk=session_id).first()
    user = User.objects.filter(pk=observer.user_id).first()
    if session is None or session.is_over:
        return
    word = "joined" if is_joining else "left"
    payload: dict[str, Any] = {"ref": ref, "name": observer.name, "role": observer.role, "listening": False}
    submit(
        session,
        command_id=f"{word}.{ref}",
        kind=f"observer.{word}",
        payload=payload,
        user=user,
        by_name=observer.name,
    )


def still_may_watch(observer: Observer, session_id: int) -> bool:
    user = User.objects.filter(pk=observer.user_id, is_active=True).first()
    return user is not None and watchable_sessions(user).filter(pk=session_id).exists()


async def ensure_carried_out(
    session_id: int, drive: Callable[[int], None], clock: Callable[[], datetime]
) -> None:
    """Where no process runs the session, this one drains its commands; whoever holds it gets time for it.

    A process that was killed holds its lease a little longer than it lives, so this looks again.
    """
    for wait_s in LOOK_AGAIN_S:
        await asyncio.sleep(wait_s)
        if not await database_sync_to_async(_is_waiting)(session_id):
            return
        if not await database_sync_to_async(is_held)(session_id, clock()):
            run = database_sync_to_async(_drive, thread_sensitive=False, executor=_DRIVERS)
            await run(session_id, drive)
            return


def _is_waiting(session_id: int) -> bool:
    return Command.objects.filter(session_id=session_id, status=Command.Status.QUEUED).exists()


def _drive(session_id: int, drive: Callable[[int], None]) -> None:
    try:
        drive(session_id)
    except Exception:
        logger.exception("A waiting command could not be carried out.", extra={"session": session_id})
    finally:
        close_old_connections()


def _answered(row: Command) -> Answered:
    return Answered(row.pk, row.status, row.code, row.message)
