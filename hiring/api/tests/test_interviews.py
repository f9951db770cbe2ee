"""Interviews, their rounds, and what people decide about them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Organisation, Role, User
from hiring.models import Candidate, Interview, Job, Round
from hiring.progress import NEXT, hold
from interviews.models import Session

pytestmark = pytest.mark.django_db
LIST = "/api/interviews/"
ROUNDS = "/api/interviews/rounds/"


@pytest.fixture
def candidate(organisation: Organisation) -> Candidate:
    return Candidate.objects.create(organisation=organisation, name="Jane <b>=1+1</b>")


@pytest.fixture
def interview(recruiter: APIClient, candidate: Candidate, organisation: Organisation) -> dict[str, Any]:
    job = Job.objects.create(organisation=organisation, title="Nurse")
    body = {
        "candidate_id": candidate.pk,
        "job_id": job.pk,
        "rounds": [{"title": "First"}, {"kind": "on_site", "title": "Second"}],
    }
    made: dict[str, Any] = recruiter.post(LIST, body).json()
    return made


@pytest.fixture
def path(interview: dict[str, Any]) -> str:
    return f"{LIST}{interview['id']}/"


def places(client: APIClient, path: str) -> list[tuple[int, str]]:
    return [(one["order"], one["title"]) for one in client.get(path).json()["rounds"]]


def round_path(interview: dict[str, Any], place: int = 1) -> str:
    return f"{ROUNDS}{interview['rounds'][place - 1]['id']}/"


def test_an_interview_is_made_with_its_rounds_and_sent_back_whole(
    recruiter: APIClient, interview: dict[str, Any], path: str, told: Any
) -> None:
    assert interview["candidate_name"] == "Jane <b>=1+1</b>"
    assert (interview["status"], interview["job_title"], interview["decision"]) == ("invited", "Nurse", None)
    assert [(one["order"], one["kind"]) for one in interview["rounds"]] == [
        (1, "ai_interview"),
        (2, "on_site"),
    ]
    assert told(recruiter.get(path), 200) == interview
    sent = {**interview, "scheduled_at": "2030-02-01T10:00:00Z", "notes": "Ask about shifts."}
    changed = told(recruiter.put(path, sent), 200)
    assert (changed["status"], changed["notes"]) == ("scheduled", "Ask about shifts.")
    assert changed["rounds"] == interview["rounds"]
    assert told(recruiter.patch(path, {"scheduled_at": None}), 200)["status"] == "invited"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"candidate_id": None}, "candidate_id"),
        ({"candidate_id": 2**70}, "candidate_id"),
        ({"candidate_id": [1]}, "candidate_id"),
        ({"job_id": 999_999}, "job_id"),
        ({"scheduled_at": "9999-12-31T23:59:59-23:00"}, "scheduled_at"),
        ({"rounds": [{"kind": "seance"}]}, "rounds.0.kind"),
        ({"rounds": [{"duration_minutes": 0}]}, "rounds.0.duration_minutes"),
        ({"rounds": [{}] * 51}, "rounds"),
        ({"notes": "a" * 10_001}, "notes"),
    ],
)
def test_a_wrong_interview_is_told_what_is_wrong(
    recruiter: APIClient, candidate: Candidate, told: Any, wrong: Any, field: str
) -> None:
    assert field in told(recruiter.post(LIST, {"candidate_id": candidate.pk, **wrong}), 400)["fields"]
    assert not Interview.objects.exists()


def test_what_belongs_to_others_is_no_such_thing(
    recruiter: APIClient, stranger: APIClient, guest: APIClient, path: str, interview: Any, told: Any
) -> None:
    elsewhere = Organisation.objects.get(name="Elsewhere")
    theirs = Candidate.objects.create(organisation=elsewhere, name="Not ours")
    assert "candidate_id" in told(recruiter.post(LIST, {"candidate_id": theirs.pk}), 400)["fields"]
    assert "interview_id" in told(stranger.post(ROUNDS, {"interview_id": interview["id"]}), 400)["fields"]
    for one in (path, round_path(interview), f"{path}decision/"):
        told(stranger.get(one), 404)
        told(guest.get(one), 403)
    for one in (path, round_path(interview)):
        told(stranger.delete(one), 404)
    told(stranger.post(f"{path}decision/", {"verdict": "decline", "reason": "x"}), 404)
    told(stranger.post(f"{path}reschedule/", {"scheduled_at": "2999-01-01T00:00:00Z"}), 404)
    told(recruiter.get(f"{LIST}{2**64}/decision/"), 404)
    assert told(stranger.get(ROUNDS), 200)["count"] == told(stranger.get(LIST), 200)["count"] == 0


def test_two_organisations_of_one_person_stay_apart(
    make_user: Callable[..., User], as_user: Callable[[User], APIClient], candidate: Candidate, told: Any
) -> None:
    both = make_user("bo")
    elsewhere = Organisation.objects.create(name="Elsewhere")
    both.memberships.create(organisation=elsewhere, role=Role.OBSERVER)
    job = Job.objects.create(organisation=elsewhere, title="Nurse")
    theirs = Candidate.objects.create(organisation=elsewhere, name="Theirs", email="theirs@example.com")
    client = as_user(both)
    assert (
        "job_id" in told(client.post(LIST, {"candidate_id": candidate.pk, "job_id": job.pk}), 400)["fields"]
    )
    told(client.post(LIST, {"candidate_id": theirs.pk}), 403)
    assert told(client.get(f"/api/candidates/{theirs.pk}/"), 200)["email"] is None


def test_rounds_keep_their_numbers_without_a_gap(
    recruiter: APIClient, interview: dict[str, Any], path: str, told: Any
) -> None:
    first = {"interview_id": interview["id"], "title": "Zero", "order": 1}
    made = told(recruiter.post(ROUNDS, first), 201)
    assert places(recruiter, path) == [(1, "Zero"), (2, "First"), (3, "Second")]
    told(recruiter.patch(f"{ROUNDS}{made['id']}/", {"order": 900}), 200)
    assert places(recruiter, path) == [(1, "First"), (2, "Second"), (3, "Zero")]
    assert recruiter.delete(round_path(interview)).status_code == 204
    assert places(recruiter, path) == [(1, "Second"), (2, "Zero")]
    put = {"interview_id": interview["id"], "kind": "video", "title": "Second", "duration_minutes": 45}
    assert told(recruiter.put(round_path(interview, 2), put), 200)["kind"] == "video"
    for wrong in ({"interview_id": 999_999}, {"order": 0}, {"order": "x"}):
        told(recruiter.patch(round_path(interview, 2), wrong), 400)
    told(recruiter.post(ROUNDS, {"title": "of nothing"}), 400)
    assert told(recruiter.get(f"{ROUNDS}?interview_id={interview['id']}&kind=video"), 200)["count"] == 1


@pytest.mark.parametrize("before", Round.Status.values)
def test_only_legal_changes_of_a_round_are_made(
    recruiter: APIClient, interview: dict[str, Any], told: Any, before: str
) -> None:
    one = round_path(interview)
    for after in Round.Status.values:
        Round.objects.filter(pk=interview["rounds"][0]["id"]).update(status=before)
        Interview.objects.update(status="in_progress")
        answer = recruiter.patch(one, {"status": after})
        if after in {before, *NEXT[before]}:
            assert told(answer, 200)["status"] == after
        else:
            assert told(answer, 409)["code"] == "status_not_allowed"


def test_an_interview_follows_its_rounds_and_ends_with_a_decision(
    recruiter: APIClient, interview: dict[str, Any], path: str, told: Any
) -> None:
    told(recruiter.patch(round_path(interview), {"status": "completed"}), 200)
    assert told(recruiter.get(path), 200)["status"] == "in_progress"
    told(recruiter.patch(round_path(interview, 2), {"status": "no_show"}), 200)
    done = told(recruiter.get(path), 200)
    assert done["status"] == "completed"
    assert done["started_at"] <= done["completed_at"]

    assert "reason" in told(recruiter.post(f"{path}decision/", {"verdict": "advance"}), 400)["fields"]
    assert "verdict" in told(recruiter.post(f"{path}decision/", {"reason": "x"}), 400)["fields"]
    told(recruiter.post(f"{path}decision/", {"verdict": "maybe", "reason": "x"}), 400)
    first = told(recruiter.post(f"{path}decision/", {"verdict": "advance", "reason": "=Good"}), 201)
    decided = told(recruiter.get(path), 200)
    assert (decided["status"], decided["decided_at"]) == ("decided", first["decided_at"])
    assert decided["decision"] == first
    assert (first["decided_by_name"], first["reason"]) == ("Rita", "=Good")

    told(recruiter.post(ROUNDS, {"interview_id": interview["id"]}), 201)
    again = told(recruiter.get(path), 200)
    assert (again["status"], again["decided_at"], again["completed_at"]) == ("in_progress", None, None)
    told(recruiter.post(f"{path}decision/", {"decision": "decline", "reason": "Nobody came."}), 201)
    assert told(recruiter.post(ROUNDS, {"interview_id": interview["id"]}), 409)["code"] == "interview_over"
    assert told(recruiter.post(f"{path}reschedule/", {"scheduled_at": "2999-01-01T00:00:00Z"}), 409)
    listed = told(recruiter.get(f"{path}decision/"), 200)
    assert [one["verdict"] for one in listed["results"]] == ["decline", "advance"]


def test_only_makers_decide_and_only_admins_undo(
    make_user: Callable[..., User],
    as_user: Callable[[User], APIClient],
    recruiter: APIClient,
    path: str,
    told: Any,
) -> None:
    body = {"verdict": "hold", "reason": "Later."}
    for role in (Role.REVIEWER, Role.OBSERVER):
        reader = as_user(make_user(role, role))
        assert reader.get(path).status_code == reader.get(f"{path}decision/").status_code == 200
        for call in (
            lambda reader=reader: reader.post(f"{path}decision/", body),
            lambda reader=reader: reader.post(f"{path}reschedule/", {}),
            lambda reader=reader: reader.patch(path, {"title": "x"}),
            lambda reader=reader: reader.delete(path),
            lambda reader=reader: reader.post(LIST, {}),
        ):
            told(call(), 403)
    told(recruiter.post(f"{path}decision/", body), 201)
    told(recruiter.delete(path), 403)
    assert as_user(make_user("ada", Role.ADMIN)).delete(path).status_code == 204


def test_a_cancelled_interview_stays_cancelled(
    recruiter: APIClient, interview: dict[str, Any], path: str, told: Any
) -> None:
    assert told(recruiter.patch(path, {"status": "cancelled"}), 200)["rounds"][0]["status"] == "cancelled"
    assert told(recruiter.patch(path, {"status": "invited"}), 409)["code"] == "status_not_allowed"
    for call in (
        recruiter.patch(round_path(interview), {"status": "scheduled"}),
        recruiter.post(ROUNDS, {"interview_id": interview["id"]}),
        recruiter.patch(path, {"scheduled_at": "2030-02-01T10:00:00Z"}),
        recruiter.post(f"{path}decision/", {"verdict": "hold", "reason": "x"}),
    ):
        assert told(call, 409)["code"] == "interview_over"
    told(recruiter.patch(path, {"status": "cancelled", "notes": "Withdrew."}), 200)


def test_a_move_takes_the_round_and_what_nobody_began(
    recruiter: APIClient, interview: dict[str, Any], path: str, organisation: Organisation, told: Any
) -> None:
    one = interview["rounds"][0]["id"]
    waits = Session.objects.create(organisation=organisation, round_id=one)
    held = Session.objects.create(organisation=organisation, round_id=one, status="completed")
    past = (timezone.now() - timedelta(minutes=1)).isoformat()
    assert "passed" in told(recruiter.post(f"{path}reschedule/", {"scheduled_at": past}), 400)["message"]
    told(
        recruiter.post(f"{path}reschedule/", {"scheduled_at": "2999-01-01T00:00:00Z", "round_id": 9**9}), 400
    )
    body = {"scheduled_at": "2999-01-01T00:00:00Z", "reason": "Jane travels.", "round_id": one}
    moved = told(recruiter.post(f"{path}reschedule/", body), 200)
    assert (moved["scheduled_at"], moved["status"]) == ("2999-01-01T00:00:00Z", "scheduled")
    assert moved["rounds"][0]["scheduled_at"] == "2999-01-01T00:00:00Z"
    assert {one["session_id"]: one["status"] for one in moved["rounds"][0]["sessions"]} == {
        str(waits.uuid): "scheduled",
        str(held.uuid): "completed",
    }
    assert (moved["moves"][0]["from"], moved["moves"][0]["by"]) == (None, "Rita")
    waits.refresh_from_db()
    held.refresh_from_db()
    assert (waits.scheduled_at is not None, held.scheduled_at) == (True, None)
    told(recruiter.patch(round_path(interview), {"status": "completed"}), 200)
    assert told(recruiter.post(f"{path}reschedule/", body), 409)["code"] == "round_over"


def test_nothing_is_deleted_under_a_running_session(
    recruiter: APIClient, interview: dict[str, Any], path: str, organisation: Organisation, told: Any
) -> None:
    session = Session.objects.create(
        organisation=organisation, round_id=interview["rounds"][0]["id"], status="in_progress"
    )
    for one in (path, round_path(interview)):
        assert told(recruiter.delete(one), 409)["code"] == "in_use"
    Session.objects.update(status="completed")
    assert recruiter.delete(path).status_code == 204
    session.refresh_from_db()
    assert session.round is None


def test_what_was_held_twice_counts_once(interview: dict[str, Any]) -> None:
    first, second = (one["id"] for one in interview["rounds"])
    at = timezone.now()
    for _ in range(2):
        hold(first, Round.Status.IN_PROGRESS, at=at)
        hold(first, Round.Status.COMPLETED, at=at + timedelta(minutes=9))
        hold(second, Round.Status.COMPLETED, at=at + timedelta(minutes=30))
        row = Interview.objects.get()
        assert (row.status, row.started_at) == ("completed", at)
        assert row.completed_at == at + timedelta(minutes=30)
    assert hold(0, Round.Status.COMPLETED, at=at) is None


def test_the_list_is_filtered_and_costs_the_same_for_any_number(
    recruiter: APIClient, candidate: Candidate, organisation: Organisation, told: Any
) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            told(recruiter.get(path), 200)
        return len(seen)

    def fill(number: int) -> None:
        for _ in range(number):
            one = Interview.objects.create(organisation=organisation, candidate=candidate)
            held = Round.objects.create(interview=one, order=1)
            Session.objects.create(organisation=organisation, round=held)
            one.decisions.create(verdict="hold", reason="x", decided_by_name="Rita")

    fill(3)
    few = queries(LIST), queries(ROUNDS)
    fill(9)
    assert (queries(LIST), queries(ROUNDS)) == few
    newest = Interview.objects.create(
        organisation=organisation, candidate=candidate, status="scheduled", scheduled_at=timezone.now()
    )
    page = told(recruiter.get(f"{LIST}?page_size=4"), 200)
    assert (page["count"], len(page["results"]), page["results"][0]["id"]) == (13, 4, newest.pk)
    for asked, count in (
        ("status=scheduled&status=decided", 1),
        (f"candidate_id={candidate.pk}&job_id={candidate.pk}", 0),
        ("scheduled_after=2020-01-01T00:00:00Z", 1),
        ("search=jane", 13),
    ):
        assert told(recruiter.get(f"{LIST}?{asked}"), 200)["count"] == count, asked
