"""The lines of a session's log, as those who watch get them; synchronous, asked off the event loop."""

from datetime import datetime
from typing import Any

from msgspec import Struct, ValidationError

from interviews.live.events import Event as LogEvent
from interviews.live.events import from_row
from interviews.models import Event

MAX_EVENTS = 500  # of one session in one round; a long log is caught up with in several


class Line(Struct, frozen=True):
    """One line of a log. It has no event where it was erased, or where only a newer version knows it."""

    seq: int
    event: LogEvent | None
    is_erased: bool = False


def read_lines(session_id: int, after_seq: int) -> list[Line]:
    """This will give what comes after `after_seq`, oldest first, MAX_EVENTS at most."""
    rows = Event.objects.filter(session_id=session_id, seq__gt=after_seq).order_by("seq")
    found = rows.values_list("seq", "type", "at", "payload")[:MAX_EVENTS]
    return [Line(seq, _read_event(name, at, payload), payload is None) for seq, name, at, payload in found]


def count_kept(session_id: int, to_seq: int) -> int:
    """This will tell how many lines up to `to_seq` still have their words."""
    rows = Event.objects.filter(session_id=session_id, seq__lte=to_seq, payload__isnull=False)
    return rows.count()


def _read_event(name: str, at: datetime, payload: dict[str, Any] | None) -> LogEvent | None:
    try:
        return None if payload is None else from_row(name, at, payload)
    except (KeyError, ValidationError):
        return None
