"""The dashboard: figures with what they stand on, of one's own organisations, at a cost that stays flat."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Role, User
from hiring.models import Candidate, Decision, Interview, Job, Round
from interviews.dashboard.appointments import coming, count_by_status, count_this_week
from interviews.dashboard.quality import quality_of
from interviews.dashboard.queries import (
    count_active,
    count_funnel,
    count_groups,
    count_progress,
    count_stops,
)
from interviews.dashboard.scope import Scope
from interviews.models import Evaluation, Session

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HELD = NOW - timedelta(days=3)
AT = "/api/dashboard/"
STATS = "/api/interviews/dashboard-stats/"
# Tables that grow with every interview. A plan that reads one of them as a whole is no plan.
LARGE = (
    "interviews_session",
    "interviews_evaluation",
    "hiring_interview",
    "hiring_round",
    "hiring_decision",
)


@pytest.fixture
def make_session(organisation: Organisation) -> Callable[..., Session]:
    """A row as the log leaves it. `score` is that of its kept evaluation."""

    def make(status: str = "completed", *, score: float | None = None, **given: Any) -> Session:
        facts = {
            "organisation": organisation,
            "started_at": HELD if status != "scheduled" else None,
            "ended_at": HELD if status in {"completed", "abandoned"} else None,
            "end_reason": {"completed": "completed", "abandoned": "abandoned"}.get(status, ""),
            "reached_question": 5 if status == "completed" else 0,
            "num_questions": 5,
            **given,
        }
        created_at = facts.pop("created_at", HELD)
        session = Session.objects.create(status=status, **facts)
        Session.objects.filter(pk=session.pk).update(created_at=created_at)
        if score is not None:
            for number, is_current in ((0, True), (0, False), (1, True)):
                Evaluation.objects.create(
                    session=session,
                    number=number,
                    is_current=is_current,
                    overall=score if (number, is_current) == (0, True) else 1.0,
                    content={},
                )
        return session

    return make


@pytest.fixture
def make_interview(organisation: Organisation) -> Callable[..., Interview]:
    candidate = Candidate.objects.create(organisation=organisation, name="Ada Byron")

    def make(*verdicts: str, **given: Any) -> Interview:
        interview = Interview.objects.create(organisation=organisation, candidate=candidate, **given)
        for verdict in verdicts:
            Decision.objects.create(interview=interview, verdict=verdict, reason="Answers.")
        return interview

    return make


def test_every_figure_says_what_it_stands_on(
    recruiter: Any, told: Any, make_session: Any, make_interview: Any
) -> None:
    decided = make_interview("hold", "advance", started_at=HELD, completed_at=HELD, decided_at=HELD)
    held_in = Round.objects.create(interview=decided, order=1)
    make_interview("decline", status="decided", started_at=HELD)
    make_interview()
    make_session(score=80, round=held_in)
    make_session(score=65.5)
    make_session()  # nobody agreed to an evaluation
    make_session("abandoned", reached_question=2)
    make_session(end_reason="ended_by_candidate", reached_question=2)
    make_session(end_reason="ended_by_candidate")  # at the last question: went through
    make_session(end_reason="ended_by_observer", reached_question=3)
    make_session("in_progress", reached_question=1)
    make_session("scheduled")
    make_session(purpose="practice", score=10)
    make_session(deleted_at=NOW)
    make_session("in_progress", deleted_at=NOW)
    make_session(created_at=NOW - timedelta(days=91), score=10)
    shown = told(recruiter.get(AT), 200)
    assert {name: shown[name] for name in list(shown)[2:10]} == {
        "purpose": "hiring",
        "job_id": None,
        "total_sessions": 9,
        "completion_rate": 85.7,
        "completion_rate_n": 7,
        "average_score": 72.75,
        "average_score_n": 2,
        "active_sessions": 1,
    }
    assert shown["funnel"] == {
        "sessions": {"invited": 9, "started": 8, "completed": 6, "decided": 1},
        "interviews": {
            "invited": 3,
            "started": 2,
            "completed": 1,
            "decided": 2,
            "decisions": {"advance": 1, "hold": 0, "decline": 1},
        },
    }
    assert [list(one.values()) for one in shown["drop_off"]] == [
        [1, 8, 0, 0.0],
        [2, 7, 2, 28.6],
        [3, 5, 0, 0.0],
        [4, 4, 0, 0.0],
        [5, 4, 0, 0.0],
    ]
    practice = told(recruiter.get(AT, {"purpose": "practice"}), 200)
    assert (practice["total_sessions"], practice["average_score"]) == (1, 10.0)
    older = told(recruiter.get(AT, {"from": (NOW - timedelta(days=99)).isoformat()}), 200)
    assert older["total_sessions"] == 10


def test_groups_by_day_week_and_job(
    recruiter: Any, told: Any, make_session: Any, organisation: Organisation
) -> None:
    job = Job.objects.create(organisation=organisation, title="Nurse")
    monday = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    make_session(created_at=monday, score=90, job=job)
    make_session("abandoned", created_at=monday + timedelta(days=1), job=job)
    make_session(created_at=monday + timedelta(days=7))
    period = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-12T00:00:00+01:00"}

    def groups(**wish: Any) -> list[Any]:
        shown = told(recruiter.get(AT, period | wish), 200)["groups"]
        return [(one["key"], one["label"], one["invited"], one["completion_rate"]) for one in shown]

    assert groups() == [("2026-11-02", "2026-11-02", 2, 50.0), ("2026-11-09", "2026-11-09", 1, 100.0)]
    assert [one[0] for one in groups(group_by="day")] == ["2026-11-02", "2026-11-03", "2026-11-09"]
    assert groups(group_by="job") == [(str(job.pk), "Nurse", 2, 50.0), ("", "No job", 1, 100.0)]
    assert groups(group_by="job", job_id=job.pk) == [(str(job.pk), "Nurse", 2, 50.0)]
    assert groups(**{"from": period["to"], "to": period["from"]}) == []
    shown = told(recruiter.get(AT, period), 200)["groups"][0]
    assert (shown["average_score"], shown["average_score_n"], shown["completion_rate_n"]) == (90.0, 1, 2)


def test_whose_figures_they_are(
    recruiter: Any,
    stranger: Any,
    make_user: Any,
    as_user: Any,
    told: Any,
    make_session: Any,
    make_interview: Any,
) -> None:
    make_session()
    make_interview()
    root = User.objects.create_superuser("root", "root@acme.example")
    for client, n in ((recruiter, 1), (as_user(make_user("olga", Role.OBSERVER)), 1), (as_user(root), 1),
                      (stranger, 0), (as_user(make_user("nils", at=None)), 0)):  # fmt: skip
        shown = told(client.get(AT), 200)
        assert (shown["total_sessions"], shown["funnel"]["interviews"]["invited"]) == (n, n)
        assert shown["completion_rate"] == (100.0 if n else None)
        assert told(client.get(STATS), 200)["total"] == n


@pytest.mark.parametrize("path", [AT, STATS, "/api/user/stats/"])
def test_figures_are_for_accounts(anyone: Any, guest: Any, told: Any, path: str) -> None:
    told(anyone.get(path), 401)
    told(guest.get(path), 403)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "yesterday"),
        ("to", ""),
        ("to", "9999-12-31T23:59:59-23:59"),
        ("job_id", "0"),
        ("job_id", str(2**63)),
        ("group_by", "month"),
        ("purpose", "fun"),
    ],
)
def test_wishes_that_are_none(recruiter: Any, told: Any, name: str, value: str) -> None:
    assert list(told(recruiter.get(AT, {name: value}), 400)["fields"]) == [name]
    assert told(recruiter.get(AT, {"to": "0001-01-02T00:00:00Z"}), 200)["total_sessions"] == 0


def test_what_a_coordinator_sees(
    recruiter: Any, told: Any, make_interview: Any, django_assert_num_queries: Any
) -> None:
    soon = NOW + timedelta(hours=1)
    make_interview(title="Whole", scheduled_at=soon, status="scheduled")
    make_interview(title="Off", scheduled_at=soon, status="cancelled")
    long = make_interview(title="Rounds", scheduled_at=soon, status="in_progress")
    for order in range(1, 7):
        Round.objects.create(interview=long, order=order, scheduled_at=soon + timedelta(days=30 * order))
    Round.objects.create(interview=long, order=7, scheduled_at=NOW - timedelta(days=60), status="completed")
    with django_assert_num_queries(6):
        shown = told(recruiter.get(STATS), 200)
    upcoming = shown.pop("upcoming")
    assert shown.pop("this_week") in {0, 1}  # an hour later may be the next week
    assert shown == {
        "total": 3, "invited": 0, "scheduled": 1, "in_progress": 1,
        "completed": 0, "decided": 0, "cancelled": 1,
    }  # fmt: skip
    assert [one["title"] for one in upcoming] == ["Whole"] + ["Rounds"] * 4
    assert (upcoming[0]["round_id"], upcoming[0]["candidate_name"]) == (None, "Ada Byron")
    assert (upcoming[1]["interview_id"], upcoming[1]["kind"]) == (long.pk, "ai_interview")


def test_the_number_of_queries_does_not_grow(
    recruiter: Any, make_session: Any, make_interview: Any, django_assert_num_queries: Any
) -> None:
    for verdict in ("advance", "hold", "decline"):
        make_session(score=50)
        make_interview(verdict)
        with django_assert_num_queries(12):
            recruiter.get(AT, {"group_by": "job"})


FIGURES: dict[str, Callable[[Scope], Any]] = {
    "progress and score": count_progress,
    "active": count_active,
    "drop-off": count_stops,
    "funnel": count_funnel,
    "by day": lambda scope: count_groups(scope, "day"),
    "by week": lambda scope: count_groups(scope, "week"),
    "by job": lambda scope: count_groups(scope, "job"),
    "by status": lambda scope: count_by_status(scope.organisations),
    "quality": quality_of,
    "next": lambda scope: coming(scope.organisations, now=NOW),
    "this week": lambda scope: count_this_week(scope.organisations, now=NOW),
}


WHOSE: dict[str, tuple[int, ...] | None] = {"one": (1,), "several": (1, 2, 3), "all": None}
COUNTS_ALL = ("by status", "all")  # it is the number of all there are: read from an index, but all of it


@pytest.mark.parametrize(
    ("figure", "whose"),
    [pair for pair in itertools.product(FIGURES, WHOSE) if pair != COUNTS_ALL],
)
def test_no_figure_reads_a_whole_table(figure: str, whose: str) -> None:
    scope = Scope(organisations=WHOSE[whose], since=NOW - timedelta(days=90), until=NOW)
    with CaptureQueriesContext(connection) as asked:
        FIGURES[figure](scope)
    assert asked.captured_queries
    for one in asked.captured_queries:
        steps = explain(one["sql"])
        read_whole = [step for step in steps if step.startswith(("SCAN", "Seq Scan"))]
        assert not [step for step in read_whole if any(f" {name}" in step for name in LARGE)], steps


def explain(sql: str) -> list[str]:
    """The steps of the database's own plan."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are tiny
            cursor.execute(f"EXPLAIN {sql}")
            return [row[0].strip().removeprefix("->").strip() for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]
