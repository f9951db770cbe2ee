"""Makes a session of what a client sent: for whom, with which plan, as which round."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rest_framework.exceptions import Throttled

from accounts.models import Organisation, User
from hiring.models import Interview, Round
from hiring.models import Plan as KeptPlan
from hiring.progress import TO_COME, ProgressError, locked
from hiring.round_order import add_round
from interviews.models import Session
from interviews.plan import Plan
from interviews.planning.drafting import draft_plan
from interviews.plans import find_plan, plan_for, plans_of, wish_for
from interviews.sessions import GUEST, Owner, SessionWish, create_session

CHOOSING = frozenset({"num_questions", "question_type", "plan_id"})
FULL_FOR_S = 600  # when the asker should try again; sessions end at any time


def require_room_for_guest() -> None:
    """Raises Throttled while as many guests' own sessions are open as this installation holds."""
    if not settings.RATE_LIMITS:
        return
    now = timezone.now()
    is_usable = Q(token_expires_at__gt=now) & ~Q(token_hash="")
    is_open = Q(status=Session.Status.IN_PROGRESS) | (Q(status=Session.Status.SCHEDULED) & is_usable)
    guests = Session.objects.filter(is_open, organisation=None, owner=None, deleted_at=None)
    if guests.count() >= settings.GUEST_SESSIONS_OPEN:
        raise Throttled(FULL_FOR_S, "Too many guests have interviews open here.")


@transaction.atomic
def make_session(
    given: dict[str, Any], sent: set[str], organisation: Organisation | None, user: User | None
) -> tuple[Session, str]:
    """The session with its token. `given` is a wish with its defaults, `sent` names what was really sent.

    Raises ProgressError where the interview it is for has come to its end.
    """
    now = timezone.now()
    held = _round(given, now)
    given = {**given, **_from_round(held, sent)}
    kept = _kept_plan(organisation, given["plan_id"])
    owner = GUEST if user is None else _owner(user, organisation, given, held, kept)
    return create_session(
        _wish(given, sent, is_guest=user is None),
        now=now,
        owner=owner,
        retention_days=settings.RETENTION_DAYS,
        plan=_plan(kept, owner, given, sent),
    )


def _round(given: dict[str, Any], now: datetime) -> Round | None:
    wanted: Round | None = given["round_id"]
    if wanted is not None:
        locked(wanted.interview_id)
        wanted.refresh_from_db()
        if wanted.status not in TO_COME:
            raise ProgressError("round_over", f"This round is {wanted.status}; it is not held any more.")
        return wanted
    interview: Interview | None = given["interview_id"]
    return _next_round(interview, now) if interview is not None else None


def _next_round(interview: Interview, now: datetime) -> Round:
    """The first that is still to come and has no session yet; else one more."""
    locked(interview.pk)
    waiting = interview.rounds.filter(
        kind=Round.Kind.AI_INTERVIEW, status=Round.Status.SCHEDULED, sessions=None
    )
    return waiting.order_by("order").first() or add_round(
        interview.pk, {"kind": Round.Kind.AI_INTERVIEW}, now=now
    )


def _from_round(held: Round | None, sent: set[str]) -> dict[str, Any]:
    """Time and people as the round has them, where nothing else was sent."""
    if held is None:
        return {}
    interview = held.interview
    known = {
        "scheduled_at": held.scheduled_at or interview.scheduled_at,
        "duration_minutes": min(held.duration_minutes, 180),
        "interviewer_id": held.interviewer or interview.interviewer,
        "title": held.title or interview.title,
    }
    return {name: value for name, value in known.items() if name not in sent and value is not None}


def _kept_plan(organisation: Organisation | None, number: int | None) -> KeptPlan | None:
    return find_plan(plans_of([organisation]), number) if organisation and number else None


def _owner(
    user: User,
    organisation: Organisation | None,
    given: dict[str, Any],
    held: Round | None,
    kept: KeptPlan | None,
) -> Owner:
    return Owner(
        user=user,
        organisation=organisation,
        interviewer=given["interviewer_id"],
        candidate=given["candidate_id"] or given["student_id"],
        job=given["job_id"] or (kept.job if kept is not None else None),
        round=held,
    )


def _plan(kept: KeptPlan | None, owner: Owner, given: dict[str, Any], sent: set[str]) -> Plan | None:
    """A copy of the kept plan, else one for the job, else none: the bank gives the questions.

    Only a length that was really sent replaces the kept plan's own.
    """
    if kept is not None:
        minutes = given["duration_minutes"] if "duration_minutes" in sent else None
        return plan_for(kept, owner.candidate, language=given["language"], duration_minutes=minutes)
    if owner.job is None:
        return None
    facts = {
        "role": given["job_role"] or owner.job.title,
        "level": given["difficulty"] if "difficulty" in sent else "",
        "type": given["question_type"],
        "count": given["num_questions"],
        "duration_minutes": given["duration_minutes"],
        "language": given["language"],
        "organisation": owner.organisation.name if owner.organisation else "",
        "probes": 0,
    }
    return draft_plan(wish_for(facts, job=owner.job))


def _wish(given: dict[str, Any], sent: set[str], *, is_guest: bool) -> SessionWish:
    purpose = Session.Purpose.PRACTICE if is_guest else given.get("purpose", Session.Purpose.HIRING)
    known = {name: given[name] for name in SessionWish.__struct_fields__ if name in given}
    chosen = {"purpose": str(purpose), "is_drafted": not CHOOSING & sent}
    return SessionWish(**{**known, **chosen})
