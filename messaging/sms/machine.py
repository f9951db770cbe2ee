"""Drives a session's machine for somebody who texts: what a page and a voice would bring about is done here.

Between two texts the session is paused: its clock counts what is said, not the hours in a pocket. A session
that somebody holds by voice is left as they have it.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct

from interviews.conversing import say, start
from interviews.evaluating import read_session
from interviews.live.commands import submit
from interviews.live.driving import drive
from interviews.live.state import ReplyState
from interviews.models import Command, Session
from interviews.refusals import RefusedError
from interviews.reporting.policy import policy_of, version_read
from messaging.sms.keywords import read_answer

NOTICE_VERSION = "sms-1"  # change it with every change of what messaging.sms.texts asks them to agree to
LONGEST_RETURN = 6  # words
OFFER_ANOTHER_DAY_AFTER = 2  # I-don't-knows in a row; the machine has helped after the first


class Came(Struct, frozen=True):
    """What the machine made of an answer, where its own words don't fit a phone."""

    is_another_day_offered: bool = False
    is_break: bool = False


def begin(session: Session, *, now: datetime) -> None:
    """The interviewer greets, unless a voice has begun meanwhile. Raises RefusedError."""
    try:
        version = version_read(NOTICE_VERSION, policy_of(session).notice)
        start(session, consent={"notice_version": version, "ai_evaluation": True}, user=None)
    except RefusedError as error:
        if error.code != "already_started":
            raise
    _stand_still(session, now)


def answer(session: Session, text: str, *, reference: str, not_known: int, now: datetime) -> Came:
    """Say `text`, once for each `reference`. `not_known` counts this one in. Raises RefusedError."""
    before = read_session(session).state
    attempt = _refusals(session, reference)
    _submit(session, f"{reference}-resume-{attempt}", "candidate.resume")
    if before.state == "paused" and before.pause_reason == "break" and _is_back(text):
        _carry_out(session, f"{reference}-back", "question.repeat")
        _stand_still(session, now)
        return Came()
    say(session, text=text, seconds=None, user=None, channel="sms", command_id=f"{reference}-{attempt}")
    came = _follow(session, reference, not_known)
    _stand_still(session, now)
    return came


def end_unheard(session: Session, *, now: datetime) -> bool:
    """End after a goodbye that a voice was to say; False while somebody may still be hearing it."""
    reply = _complete_reply(session)
    if reply is None or not (reply.move.kind == "closing" or _is_another_day(reply)):
        return True
    if is_held(session, now):
        return False
    kind = "candidate.end" if reply.move.kind == "closing" else "question.repeat"
    _carry_out(session, f"sms-unheard-{session.seq}", kind)
    return True


def is_held(session: Session, now: datetime) -> bool:
    return bool(session.lease_owner) and session.lease_until is not None and session.lease_until > now


def _refusals(session: Session, reference: str) -> int:
    """What was refused is sent anew, what was taken never is."""
    refused = session.commands.filter(command_id__startswith=f"{reference}-", status=Command.Status.REJECTED)
    return refused.exclude(kind="candidate.resume").count()


def _follow(session: Session, reference: str, not_known: int) -> Came:
    reply = _complete_reply(session)
    if reply is None:
        return Came()
    move = reply.move
    is_break = move.kind == "offer_accepted" and move.offer == "break"
    if is_break or _is_another_day(reply):
        # Nobody listens, so no playback ends: a button that cuts the reply short ends it.
        _carry_out(session, f"{reference}-heard", "question.repeat")
        return Came(is_break=is_break)
    if move.kind == "offer" and move.offer == "skip" and not_known >= OFFER_ANOTHER_DAY_AFTER:
        _carry_out(session, f"{reference}-offer", "offer.make", {"offer": "reschedule"})
        return Came(is_another_day_offered=True)
    return Came()


def _complete_reply(session: Session) -> ReplyState | None:
    reply = None if session.is_over else read_session(session).state.reply
    return reply if reply is not None and reply.is_complete else None


def _is_another_day(reply: ReplyState) -> bool:
    return reply.move.kind == "offer_accepted" and reply.move.offer == "reschedule"


def _is_back(text: str) -> bool:
    said = text.casefold()
    is_short = len(said.split()) <= LONGEST_RETURN
    return is_short and (
        read_answer(text) == "yes" or any(word in said for word in ("back", "continue", "here"))
    )


def _stand_still(session: Session, now: datetime) -> None:
    session.refresh_from_db()
    if session.status != Session.Status.IN_PROGRESS or is_held(session, now):
        return
    if read_session(session).state.state != "paused":
        _carry_out(session, f"sms-pause-{session.seq}", "candidate.pause")


def _submit(session: Session, command_id: str, kind: str, payload: dict[str, Any] | None = None) -> None:
    submit(session, command_id=command_id, kind=kind, payload=payload or {})


def _carry_out(session: Session, command_id: str, kind: str, payload: dict[str, Any] | None = None) -> None:
    _submit(session, command_id, kind, payload)
    drive(session.pk)
    session.refresh_from_db()
