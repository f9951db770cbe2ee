"""Turns what an observer asks for into command rows, and sees to it that somebody carries them out."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from channels.db import database_sync_to_async
from django.db import close_old_connections
from django.utils.crypto import salted_hmac
from msgspec.structs import asdict

from accounts.models import User
from consumers.authentication import Observer
from consumers.reading import Answered, holds_takeover
from consumers.wire import ObserverCommand
from interviews.access import may_command, may_note, watchable_sessions
from interviews.live.bus import get_bus
from interviews.live.commands import CommandError, submit
from interviews.live.kept_connection import keeping_connection
from interviews.live.lease import LEASE, is_held
from interviews.models import Command, Session

logger = logging.getLogger(__name__)

T = TypeVar("T")

FOR_ALL_WHO_WATCH = frozenset({"listen.start", "listen.stop"})
# These act on who is there, not on the session.
OF_ONE_PRESENCE = frozenset({"listen.start", "listen.stop", "takeover.start", "takeover.say", "takeover.end"})
# Begin the numbers of the rows that tell who is there: nobody who watches takes another's away beforehand.
OURS = ("joined", "left", "stayed")
LOOK_AGAIN_S = (0.0, 3.0, LEASE.total_seconds())

# Driving a session waits for whatever its interviewer does, so it has threads of its own.
_DRIVERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="viva-drive")


def submit_for(observer: Observer, session_id: int, command: ObserverCommand, ref: str) -> Answered:
    """This will write the command, if this person may; the same `command_id` again is the same row.

    `ref` names the presence that asks. Raises CommandError. Synchronous; ask it off the event loop.
    """
    session = Session.objects.filter(pk=session_id).first()
    user = User.objects.filter(pk=observer.user_id, is_active=True).first()
    kind = str(command.__struct_config__.tag)
    if session is None or user is None or not _may_send(kind, user, session):
        raise CommandError("not_allowed", "You may watch this interview, but not change its course.")
    if session.is_over:
        raise CommandError("session_over", "The interview is over.")
    if command.command_id.startswith(OURS):
        raise CommandError("bad_command", f"A command_id begins with none of {', '.join(OURS)}.")
    payload = {
        key: value for key, value in asdict(command).items() if key != "command_id" and value is not None
    }
    if kind in OF_ONE_PRESENCE:
        payload |= {"ref": ref, "role": observer.role}
    row = submit(
        session, command_id=command.command_id, kind=kind, payload=payload, user=user, by_name=observer.name
    )
    return _answered(row)


def _may_send(kind: str, user: User, session: Session) -> bool:
    if kind in FOR_ALL_WHO_WATCH:
        return watchable_sessions(user).filter(pk=session.pk).exists()
    if kind == "note.add":
        return may_note(user, session)
    return may_command(user, session)


def announce(observer: Observer, session_id: int, ref: str, *, is_joining: bool, again: str = "") -> None:
    """This will have the candidate told who has come or gone: nobody joins in secret. Synchronous.

    `again` tells one joining from another of the same presence.
    """
    session = Session.objects.filter(pk=session_id).first()
    user = User.objects.filter(pk=observer.user_id).first()
    if session is None or session.is_over:
        return
    word = "joined" if is_joining else "left"
    payload: dict[str, Any] = {"ref": ref, "name": observer.name, "role": observer.role, "listening": False}
    submit(
        session,
        command_id=f"{word}{again}.{ref}",
        kind=f"observer.{word}",
        payload=payload,
        user=user,
        by_name=observer.name,
    )


def new_presence(observer: Observer, session_id: int) -> str:
    """This will name one more presence of this person, so that two of theirs begin alike at one session."""
    person = salted_hmac("consumers.presence", f"{session_id}/{observer.user_id}").hexdigest()[:16]
    return f"{person}-{secrets.token_hex(8)}"


def note_stay(session_id: int, ref: str) -> None:
    """This will write a sign of life of whoever has taken over: one row, again and again. Synchronous."""
    rows = Command.objects.filter(session_id=session_id, command_id=f"stayed.{ref}")
    if rows.update(status=Command.Status.QUEUED):
        get_bus().nudge_commands(session_id)
        return
    session = Session.objects.filter(pk=session_id).first()
    if session is not None and not session.is_over:
        submit(session, command_id=f"stayed.{ref}", kind="observer.stayed", payload={"ref": ref})


def holds_the_word(user_id: int, session_id: int, ref: str) -> bool:
    """This will tell whether that person has taken the session over and may still change its course."""
    if not holds_takeover(session_id, ref):
        return False
    session = Session.objects.filter(pk=session_id).first()
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return session is not None and user is not None and may_command(user, session)


async def ensure_carried_out(
    session_id: int, drive: Callable[[int], None], clock: Callable[[], datetime]
) -> None:
    """Where no process runs the session, this one drains its commands; whoever holds it gets time for it.

    A process that was killed holds its lease a little longer than it lives, so this looks again.
    """
    for wait_s in LOOK_AGAIN_S:
        await asyncio.sleep(wait_s)
        if not await _ask_apart(_is_waiting, session_id):
            return
        if not await _ask_apart(is_held, session_id, clock()):
            await _ask_apart(_drive, session_id, drive)
            return


async def _ask_apart(question: Callable[..., T], *arguments: Any) -> T:
    run = database_sync_to_async(keeping_connection(question), thread_sensitive=False, executor=_DRIVERS)
    answer: T = await run(*arguments)
    return answer


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
