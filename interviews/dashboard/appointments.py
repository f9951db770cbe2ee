"""What coordinators see first: how many interviews stand where, and what comes next."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from hiring.models import Interview, Round
from interviews.dashboard.figures import Coming
from interviews.dashboard.scope import owned_by

NEXT = 5
TO_COME = (Interview.Status.INVITED, Interview.Status.SCHEDULED)
# Named one by one, because an index finds no "all but".
ROUNDS_HELD = tuple(one for one in Round.Status if one != Round.Status.CANCELLED)
INTERVIEWS_HELD = tuple(one for one in Interview.Status if one != Interview.Status.CANCELLED)
Organisations = tuple[int, ...] | None


def count_by_status(organisations: Organisations) -> dict[str, int]:
    """Every status with how many interviews have it."""
    counted = Interview.objects.filter(owned_by(organisations)).order_by().values_list("status")
    return dict.fromkeys(Interview.Status.values, 0) | dict(counted.annotate(n=Count("pk")))


def coming(organisations: Organisations, *, now: datetime) -> tuple[Coming, ...]:
    """The next few meetings: rounds, and interviews that have none. Two queries."""
    ahead = Q(scheduled_at__gte=now)
    rounds = _rounds(organisations).filter(ahead).order_by("scheduled_at", "pk")
    whole = _without_rounds(organisations).filter(ahead).order_by("scheduled_at", "pk")
    found = [_of_round(one) for one in rounds.select_related("interview__candidate", "interview__job")[:NEXT]]
    found += [_of_interview(one) for one in whole.select_related("candidate", "job")[:NEXT]]
    return tuple(sorted(found, key=lambda one: (one.scheduled_at, one.interview_id))[:NEXT])


def count_this_week(organisations: Organisations, *, now: datetime) -> int:
    """The meetings from Monday to Sunday (UTC), those that are over included. Two queries."""
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    week = Q(scheduled_at__gte=monday, scheduled_at__lt=monday + timedelta(days=7))
    rounds = Round.objects.filter(week, owned_by(organisations, "interview__"), status__in=ROUNDS_HELD)
    whole = Interview.objects.filter(week, owned_by(organisations), rounds__isnull=True)
    return rounds.count() + whole.filter(status__in=INTERVIEWS_HELD).count()


def _rounds(organisations: Organisations) -> QuerySet[Round]:
    """Found by time, which is still to come, and not by organisation, which has had thousands: no database
    knows how few are ahead, so the expression keeps it from choosing.
    """
    owner = Coalesce("interview__organisation_id", 0)
    rounds = Round.objects.filter(status=Round.Status.SCHEDULED).annotate(owner=owner)
    if organisations is not None:
        rounds = rounds.filter(owner__in=organisations)
    return rounds.exclude(interview__status=Interview.Status.CANCELLED)


def _without_rounds(organisations: Organisations) -> QuerySet[Interview]:
    return Interview.objects.filter(owned_by(organisations), status__in=TO_COME, rounds__isnull=True)


def _of_round(one: Round) -> Coming:
    return Coming(
        interview_id=one.interview_id,
        round_id=one.pk,
        title=one.title or str(one.interview),
        candidate_name=one.interview.candidate.name,
        kind=one.kind,
        scheduled_at=_asked_for(one.scheduled_at),
    )


def _of_interview(one: Interview) -> Coming:
    return Coming(
        interview_id=one.pk,
        round_id=None,
        title=str(one),
        candidate_name=one.candidate.name,
        kind="",
        scheduled_at=_asked_for(one.scheduled_at),
    )


def _asked_for(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("a meeting without a time was listed")
    return moment
