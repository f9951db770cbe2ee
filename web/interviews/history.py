"""What has happened to an interview, in order: made, invited, moved, held, decided."""

from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from msgspec import Struct

from hiring.models import Interview
from interviews.models import Session
from messaging.models import Message
from web.templatetags.moments import written

MOST = 100
KINDS = {"invitation": "Invitation", "reminder": "Reminder"}
ENDINGS = {
    "completed": "all questions were asked",
    "ended_by_candidate": "the candidate ended it",
    "ended_by_observer": "a person of the hiring team ended it",
    "rescheduled": "the candidate asked for another day",
    "cancelled": "it was called off",
    "abandoned": "nobody came back in time",
}


class Happening(Struct, frozen=True, kw_only=True):
    """One line: when, what in a few words, by whom and why where a person did it."""

    at: datetime
    what: str
    by: str = ""
    why: str = ""


def history(
    interview: Interview, sessions: list[Session], messages: list[Message], zone: str
) -> list[Happening]:
    """The newest first, bounded."""
    told = [*_of_interview(interview, zone), *_of_sessions(sessions), *_of_messages(messages)]
    return sorted(told, key=lambda one: one.at, reverse=True)[:MOST]


def _of_interview(interview: Interview, zone: str) -> list[Happening]:
    maker = interview.created_by.display_name if interview.created_by is not None else ""
    told = [Happening(at=interview.created_at, what="Created", by=maker)]
    for one in interview.decisions.all():
        what = f"Decided: {one.get_verdict_display().lower()}"
        told.append(Happening(at=one.decided_at, what=what, by=one.decided_by_name, why=one.reason))
    return told + [_moved(one, zone) for one in interview.moves if _moment(one.get("at"))]


def _moved(move: dict[str, Any], zone: str) -> Happening:
    to, at = _moment(move.get("to")), _moment(move.get("at"))
    assert at is not None  # noqa: S101 (the caller has looked)
    what = f"Moved to {written(to, zone)}" if to else "Moved"
    return Happening(at=at, what=what, by=str(move.get("by", "")), why=str(move.get("reason", "")))


def _of_sessions(sessions: list[Session]) -> list[Happening]:
    told = []
    for one in sessions:
        if one.started_at:
            told.append(Happening(at=one.started_at, what="AI interview began"))
        if one.ended_at:
            how = ENDINGS.get(one.end_reason) or one.get_status_display().lower()
            told.append(Happening(at=one.ended_at, what=f"AI interview ended: {how}"))
    return told


def _of_messages(messages: list[Message]) -> list[Happening]:
    return [
        Happening(at=one.sent_at, what=f"{KINDS[one.kind]} by {one.way}: {one.outcome}")
        for one in messages
        if one.sent_at and one.kind in KINDS
    ]


def _moment(text: Any) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) else None
