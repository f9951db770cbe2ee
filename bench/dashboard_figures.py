"""Run in an empty database's environment: fills it step by step, and prints what each figure costs as JSON.

`python -m bench.dashboard_figures SIZE [SIZE …]`, the sizes growing.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from bench.figures import percentile  # noqa: E402
from hiring.models import Candidate, Interview, Job, Round  # noqa: E402
from interviews.dashboard.appointments import coming, count_by_status, count_this_week  # noqa: E402
from interviews.dashboard.quality import quality_of  # noqa: E402
from interviews.dashboard.queries import (  # noqa: E402
    count_active,
    count_funnel,
    count_groups,
    count_progress,
    count_stops,
)
from interviews.dashboard.scope import Scope  # noqa: E402
from interviews.models import Evaluation, Session  # noqa: E402

RECENT = 500
OTHERS = 9
DAYS = 3 * 365
RUNS = 20
AT_ONCE = 1_000
FILLER = {"text": "x" * 2_000}
NOW = timezone.now()
FIGURES: dict[str, Callable[[Scope], Any]] = {
    "progress and score": count_progress,
    "active now": count_active,
    "drop-off": count_stops,
    "funnel of interviews": count_funnel,
    "by day": lambda scope: count_groups(scope, "day"),
    "by week": lambda scope: count_groups(scope, "week"),
    "by job": lambda scope: count_groups(scope, "job"),
    "scores, questions, service": quality_of,
    "coming": lambda scope: coming(scope.organisations, now=NOW),
    "this week": lambda scope: count_this_week(scope.organisations, now=NOW),
    "all interviews by status": lambda scope: count_by_status(scope.organisations),
}
COUNTED_ABOVE = ("Subquery Scan", "Bitmap Index Scan")  # the same rows once more
WITHOUT = ("session_figures", "evaluation_overall")


def main(sizes: list[int]) -> None:
    call_command("migrate", verbosity=0)
    organisations = [Organisation.objects.create(name=f"Number {one}") for one in range(OTHERS + 1)]
    jobs = {one.pk: Job.objects.create(organisation=one, title="Nurse") for one in organisations}
    candidates = {one.pk: Candidate.objects.create(organisation=one, name="Ada") for one in organisations}
    scope = Scope(organisations=(organisations[0].pk,), since=NOW - timedelta(days=90), until=NOW)
    rows, filled = [], 0
    for size in sizes:
        for number in range(filled, size, AT_ONCE):
            _fill(range(number, min(number + AT_ONCE, size)), organisations, jobs, candidates)
        filled = size
        for model in (Session, Interview):  # their own is when the row was written
            model.objects.update(created_at=F("started_at"))
        _refresh()
        rows += [_row(size, name, figure, scope) for name, figure in FIGURES.items()]
    for name in WITHOUT:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {name}")
    _refresh()
    name = "progress and score"
    rows.append(_row(filled, f"{name}, without the two indexes for it", FIGURES[name], scope))
    sys.stdout.write(json.dumps(rows))


def _refresh() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _fill(numbers: range, organisations: list[Organisation], jobs: Any, candidates: Any) -> None:
    places = [_place(number, organisations) for number in numbers]
    interviews = Interview.objects.bulk_create(
        Interview(
            organisation=owner,
            job=jobs[owner.pk],
            candidate=candidates[owner.pk],
            status=Interview.Status.COMPLETED,
            started_at=at,
            completed_at=at,
            decided_at=at if at.day % 2 else None,
            scheduled_at=at,
        )
        for owner, at in places
    )
    rounds = Round.objects.bulk_create(
        Round(interview=one, order=1, status=Round.Status.COMPLETED, scheduled_at=one.scheduled_at)
        for one in interviews
    )
    sessions = Session.objects.bulk_create(_sessions(numbers, places, rounds, jobs))
    Evaluation.objects.bulk_create(
        Evaluation(session=one, number=number, overall=float(one.pk % 101), content=FILLER, head_hash="")
        for one in sessions
        for number in (0, 1)
    )


def _place(number: int, organisations: list[Organisation]) -> tuple[Organisation, datetime]:
    """Whose session this one is, and when it was made."""
    if number < RECENT:
        return organisations[0], NOW - timedelta(minutes=(number + 1) * 90 * 24 * 60 / (RECENT + 1))
    if number % 2:
        return organisations[0], NOW - timedelta(days=91 + number * 7 % (DAYS - 91), minutes=number % 1440)
    at = NOW - timedelta(days=number * 7 % DAYS, minutes=number % 1440)
    return organisations[1 + number // 2 % OTHERS], at


def _sessions(numbers: range, places: Any, rounds: list[Round], jobs: Any) -> Iterator[Session]:
    for number, (owner, at), held_in in zip(numbers, places, rounds, strict=True):
        has_left = number % 5 == 0
        yield Session(
            organisation=owner,
            job=jobs[owner.pk],
            round=held_in,
            status="abandoned" if has_left else "completed",
            end_reason="abandoned" if has_left else "completed",
            reached_question=1 + number % 5 if has_left else 5,
            started_at=at,
            ended_at=at,
            plan=FILLER,
            head_hash="",
        )


def _row(size: int, name: str, figure: Callable[[Scope], Any], scope: Scope) -> dict[str, Any]:
    figure(scope)
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        figure(scope)
        times.append((time.perf_counter() - began) * 1_000)
    return {
        "sessions": size,
        "figure": name,
        "p50_ms": round(percentile(times, 50), 1),
        "p95_ms": round(percentile(times, 95), 1),
        "touched": _touched(figure, scope),
    }


def _touched(figure: Callable[[Scope], Any], scope: Scope) -> float:
    if connection.vendor != "postgresql":
        return _steps_of_sqlite(figure, scope)
    with CaptureQueriesContext(connection) as asked:
        figure(scope)
    with connection.cursor() as cursor:
        total = 0.0
        for one in asked.captured_queries:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {one['sql']}")
            [(told,)] = cursor.fetchall()
            total += _rows_of(told[0]["Plan"])
    return round(total)


def _rows_of(node: dict[str, Any]) -> float:
    """What the scans of a plan read, thrown away or not."""
    read = sum(_rows_of(one) for one in node.get("Plans", ()))
    if "Scan" not in node["Node Type"] or node["Node Type"] in COUNTED_ABOVE:
        return read
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float(read + (node["Actual Rows"] + thrown) * node["Actual Loops"])


def _steps_of_sqlite(figure: Callable[[Scope], Any], scope: Scope) -> float:
    """In thousands: SQLite calls back after each thousand."""
    called: list[None] = []
    connection.connection.set_progress_handler(lambda: called.append(None), 1_000)
    try:
        figure(scope)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(called)


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]])
