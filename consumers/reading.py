"""The database questions of the hub and the monitor; synchronous and small, asked off the event loop."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from msgspec import Struct
from msgspec.structs import asdict

from accounts.models import User
from consumers.cards import CARD_EVENTS, SessionFacts
from consumers.lines import Line, read_lines
from consumers.standing import STANDINGS, Standings
from consumers.wire import MonitorSnapshot
from interviews.access import watchable_sessions
from interviews.live.plan_view import plan_of
from interviews.live.snapshots import snapshot_of
from interviews.live.state import Takeover, person_of
from interviews.models import Command, Event, Session
from interviews.sealing import seals_what_was_heard

MAX_LISTED = 500
CARDS_AT_ONCE = 50  # conditions in one query


class Answered(Struct, frozen=True):
    """A command that is no longer waiting."""

    row_id: int
    status: str
    code: str
    message: str


def read_heads(session_ids: list[int]) -> dict[int, int]:
    """This will give the newest number of each log."""
    return dict(Session.objects.filter(pk__in=session_ids).values_list("pk", "seq"))


def read_logs(positions: dict[int, int]) -> dict[int, list[Line]]:
    """This will give what is new in each log after its position."""
    return {key: read_lines(key, seq) for key, seq in positions.items()}


def read_answers(row_ids: list[int]) -> list[Answered]:
    rows = Command.objects.filter(pk__in=row_ids).exclude(status=Command.Status.QUEUED)
    return [Answered(*row) for row in rows.values_list("pk", "status", "code", "message")]


def read_running(now: datetime) -> list[SessionFacts]:
    """This will give the sessions that are under way, and those whose candidate is there already."""
    is_there = Q(status=Session.Status.SCHEDULED, lease_until__gte=now)
    rows = Session.objects.filter(Q(status=Session.Status.IN_PROGRESS) | is_there).order_by("-pk")
    return [_facts(row) for row in rows[:MAX_LISTED]]


def _facts(row: Session) -> SessionFacts:
    return SessionFacts(
        id=row.pk,
        uuid=str(row.uuid),
        title=row.title,
        role=row.job_role,
        candidate_name=row.candidate_name,
        status=row.status,
        num_questions=row.num_questions,
        duration_minutes=row.duration_minutes,
        started_at=row.started_at.isoformat() if row.started_at else None,
        seq=row.seq,
        owner_id=row.owner_id,
    )


def read_card_events(positions: dict[int, int]) -> Iterable[tuple[int, int, str, Any, datetime]]:
    """This will give (session, seq, type, payload, at) of the events that change cards, in order."""
    keys = list(positions)
    for start in range(0, len(keys), CARDS_AT_ONCE):
        newer = (Q(session_id=key, seq__gt=positions[key]) for key in keys[start : start + CARDS_AT_ONCE])
        rows = Event.objects.filter(reduce(or_, newer), type__in=CARD_EVENTS).order_by("session_id", "seq")
        yield from rows.values_list("session_id", "seq", "type", "payload", "at")


def read_watchable(user_ids: Iterable[int], session_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """This will give, for each person, which of the sessions they may watch."""
    wanted = list(session_ids)
    return {
        user.pk: frozenset(watchable_sessions(user).filter(pk__in=wanted).values_list("pk", flat=True))
        for user in User.objects.filter(pk__in=list(user_ids), is_active=True)
    }


def read_snapshot(
    session_id: int, now: datetime, *, may_command: bool, ref: str = "", standings: Standings = STANDINGS
) -> MonitorSnapshot:
    """This will tell where the session stands, as `ref` sees it. Raises Session.DoesNotExist."""
    session = Session.objects.select_related("organisation").get(pk=session_id)
    standing = standings.of(session_id)
    state = standing.fold.state
    seq = standing.seq or session.seq
    seen = snapshot_of(session, state, seq=seq, audio_offset=0, now=now, facts={})
    return MonitorSnapshot(
        session=seen.session,
        state="ended" if session.is_over else seen.state,
        question=seen.question,
        turns=seen.turns,
        reply=seen.reply,
        consent=seen.consent,
        participants=[asdict(one) for one in state.participants],
        notes=list(standing.notes),
        seq=seq,
        time_left_ms=seen.settings["time_left_ms"],
        drops=state.drops,
        is_connected=state.is_connected,
        may_command=may_command,
        plan=plan_of(state, {} if seals_what_was_heard(session) else standing.fold.covered),
        hears=state.may_be_heard and not session.is_over,
        takeover=_takeover(state.takeover, ref),
    )


def _takeover(held: Takeover | None, ref: str) -> dict[str, Any] | None:
    return None if held is None else {"by": held.by, "ref": held.ref, "is_mine": held.is_of(ref)}


def holds_takeover(session_id: int, ref: str) -> bool:
    """This will tell whether the person behind the presence `ref` has taken the session over."""
    rows = Event.objects.filter(session_id=session_id, type__in=("takeover.started", "takeover.ended"))
    last = rows.order_by("-seq").values_list("type", "payload").first()
    if last is None or last[0] != "takeover.started" or last[1] is None:
        return False
    return person_of(str(last[1].get("ref", ""))) == person_of(ref)
