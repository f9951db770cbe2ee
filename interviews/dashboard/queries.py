"""Counts sessions and interviews: one query a figure, on an index, however much else is stored."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import TruncDate, TruncWeek

from hiring.models import Decision, Interview, Round
from interviews.access import THERE
from interviews.dashboard.figures import Group, HiringFunnel, Progress, Stop, stops
from interviews.dashboard.scope import Scope
from interviews.kept_evaluations import kept_overall
from interviews.models import Session
from interviews.sealing import sealed_for

Grouping = Literal["day", "week", "job"]
MOST_JOBS = 100
MOST_DAYS = 366
BEGAN = Q(started_at__isnull=False)
PROGRESS: dict[str, Any] = {
    "total": Count("pk"),
    "started": Count("pk", filter=BEGAN),
    "completed": Count("pk", filter=Q(status=Session.Status.COMPLETED)),
    "ended": Count("pk", filter=BEGAN & Q(status__in=Session.OVER)),
    "score_sum": Sum("overall", default=0.0),
    "scored": Count("overall"),
}
# Where the candidate left. Ending at the last question is no leaving: by typing one ends it that way.
LEFT = Q(end_reason__in=("abandoned", "rescheduled")) | Q(
    end_reason="ended_by_candidate", reached_question__lt=F("num_questions")
)


def count_progress(scope: Scope) -> Progress:
    """How far the sessions came, and what they scored."""
    has_decision = Round.objects.filter(pk=OuterRef("round_id"), interview__decided_at__isnull=False)
    sessions = _sessions(scope).annotate(is_decided=Exists(has_decision))
    return Progress(**sessions.aggregate(**PROGRESS, decided=Count("pk", filter=Q(is_decided=True))))


def count_opened(scope: Scope) -> int:
    """The sessions whose room somebody entered: their log has begun."""
    return Session.objects.filter(scope.of_sessions, seq__gt=0).count()


def count_active(scope: Scope) -> int:
    """The sessions that are held now, whenever they were made."""
    now = Session.objects.filter(scope.owned, THERE, status=Session.Status.IN_PROGRESS, purpose=scope.purpose)
    return (now if scope.job_id is None else now.filter(job_id=scope.job_id)).count()


def count_stops(scope: Scope) -> tuple[Stop, ...]:
    """At which question candidates left, of those who heard one."""
    begun = Session.objects.filter(scope.of_sessions, BEGAN, reached_question__gt=0).order_by()
    counted = begun.values("reached_question").annotate(
        sessions=Count("pk"), left=Count("pk", filter=Q(status__in=Session.OVER) & LEFT)
    )
    return stops(list(counted.values_list("reached_question", "sessions", "left")))


def count_funnel(scope: Scope) -> HiringFunnel:
    """How far the interviews came. A person may have said so where no session did."""
    latest = Decision.objects.filter(interview=OuterRef("pk")).order_by("-decided_at", "-pk")
    interviews = Interview.objects.filter(scope.of_interviews).annotate(
        verdict=Subquery(latest.values("verdict")[:1])
    )
    held = (Interview.Status.IN_PROGRESS, Interview.Status.COMPLETED)
    done = Q(completed_at__isnull=False) | Q(status=Interview.Status.COMPLETED)
    verdicts: dict[str, Any] = {
        str(one.value): Count("pk", filter=Q(verdict=one)) for one in Decision.Verdict
    }
    return HiringFunnel(
        **interviews.order_by().aggregate(
            invited=Count("pk"),
            started=Count("pk", filter=Q(started_at__isnull=False) | Q(status__in=held) | done),
            completed=Count("pk", filter=done),
            decided=Count("pk", filter=Q(verdict__isnull=False)),
            **verdicts,
        )
    )


def count_groups(scope: Scope, by: Grouping) -> tuple[Group, ...]:
    """The progress by day or week (UTC, oldest first, the last 366 that have sessions) or by job."""
    return _GROUPED[by](_sessions(scope).order_by())


def _sessions(scope: Scope) -> QuerySet[Session]:
    """With their scores, looked up one by one: a join tempts Postgres to read all evaluations there are."""
    score: Any = kept_overall("pk")
    if scope.reader is not None:
        score = Case(When(sealed_for(scope.reader), then=None), default=score)
    return Session.objects.filter(scope.of_sessions).annotate(overall=score)


def _by_job(sessions: QuerySet[Session]) -> tuple[Group, ...]:
    rows: Any = _counted(sessions.values("job_id", "job__title"))
    return tuple(
        _group(row, key=str(row.pop("job_id") or ""), label=row.pop("job__title") or "No job")
        for row in rows.order_by("-total", "job_id")[:MOST_JOBS]
    )


def _by_time(sessions: QuerySet[Session], begin: Any) -> tuple[Group, ...]:
    rows = _counted(sessions.annotate(began_on=begin).values("began_on")).order_by("-began_on")
    return tuple(_dated(row, row.pop("began_on")) for row in reversed(rows[:MOST_DAYS]))


def _counted(grouped: Any) -> Any:
    """Rows of dictionaries."""
    return grouped.annotate(**PROGRESS)


def _dated(row: dict[str, Any], day: date) -> Group:
    return _group(row, key=day.isoformat(), label=day.isoformat())


def _group(row: dict[str, Any], *, key: str, label: str) -> Group:
    return Group(key=key, label=label, progress=Progress(**row))


_GROUPED: dict[Grouping, Callable[[QuerySet[Session]], tuple[Group, ...]]] = {
    "day": lambda sessions: _by_time(sessions, TruncDate("created_at")),
    "week": lambda sessions: _by_time(sessions, TruncWeek("created_at", output_field=DateField())),
    "job": _by_job,
}
