"""Making, listing, reading, changing and deleting sessions."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation
from hiring.models import Candidate, Interviewer
from interviews.models import Session

pytestmark = pytest.mark.django_db


def test_a_guest_gets_the_link_once(guest: Any, told: Any) -> None:
    made = guest.made
    assert {"id", "session_id", "public_token", "room_url", "socket_url", "report_url"} <= set(made)
    assert made["room_url"] == f"http://testserver/i/{made['public_token']}/"
    assert made["socket_url"] == f"ws://testserver/ws/interviews/{made['session_id']}/"
    assert made["purpose"] == "practice"
    assert made["status"] == "scheduled"
    again = told(guest.get(guest.path), 200)
    assert "public_token" not in again
    assert made["public_token"] not in str(again)
    assert guest.session.token_hash not in str(again)


def test_everything_may_be_left_out(anyone: Any, told: Any) -> None:
    made = told(anyone.post("/api/sessions/", {}), 201)
    assert (made["difficulty"], made["question_type"]) == ("intermediate", "mixed")
    assert (made["num_questions"], made["duration_minutes"]) == (5, 30)


def test_guests_may_be_kept_out(anyone: Any, told: Any, settings: Any) -> None:
    settings.GUESTS = False
    assert told(anyone.post("/api/sessions/", {}), 401)["code"] == "not_authenticated"


def test_guests_have_a_quota(anyone: Any, told: Any, monkeypatch: Any) -> None:
    from interviews.api.throttling import GuestSessionThrottle  # noqa: PLC0415

    monkeypatch.setattr(GuestSessionThrottle, "rate", "2/hour", raising=False)
    for _ in range(2):
        told(anyone.post("/api/sessions/", {"num_questions": 1}), 201)
    refused = anyone.post("/api/sessions/", {"num_questions": 1})
    assert told(refused, 429)["code"] == "throttled"
    assert int(refused["Retry-After"]) > 0


def test_an_owners_session_belongs_to_the_organisation(hiring: Any) -> None:
    session = Session.objects.get(pk=hiring.made["id"])
    assert session.organisation is not None
    assert session.organisation.name == "Acme"
    assert session.purpose == "hiring"
    assert session.questions.count() == 2
    assert session.plan["organisation"] == "Acme"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("job_role", "x"),
        ("job_role", "x" * 101),
        ("job_role", "nul \0"),
        ("difficulty", "brutal"),
        ("question_type", "riddle"),
        ("num_questions", 0),
        ("num_questions", 11),
        ("num_questions", "many"),
        ("duration_minutes", 4),
        ("duration_minutes", 181),
        ("scheduled_at", "tomorrow"),
        ("title", "x" * 201),
        ("candidate_name", "x" * 201),
        ("language", "klingon"),
        ("language", "de"),
        ("interviewer_id", 99),
        ("candidate_id", 99),
        ("student_id", 2**70),
        ("purpose", "fun"),
    ],
)
def test_what_can_not_be_is_named(recruiter: Any, told: Any, field: str, value: Any) -> None:
    error = told(recruiter.post("/api/sessions/", {field: value}), 400)
    assert set(error["fields"]) == {field}
    assert error["message"]


def test_easy_words_are_taken(recruiter: Any, told: Any) -> None:
    assert told(recruiter.post("/api/sessions/", {"difficulty": "hard"}), 201)["difficulty"] == "advanced"


def test_people_of_another_organisation_can_not_be_taken(recruiter: Any, told: Any) -> None:
    other = Organisation.objects.create(name="Elsewhere")
    candidate = Candidate.objects.create(organisation=other, name="Eve")
    error = told(recruiter.post("/api/sessions/", {"candidate_id": candidate.pk}), 400)
    assert error["fields"] == {"candidate_id": ["There is no such candidate."]}


def test_students_are_candidates(recruiter: Any, organisation: Any, told: Any) -> None:
    candidate = Candidate.objects.create(organisation=organisation, name="Jane Smith")
    interviewer = Interviewer.objects.create(organisation=organisation, name="John Doe")
    body = {
        "student_id": candidate.pk,
        "interviewer_id": interviewer.pk,
        "title": "Software Engineer Interview",
    }
    made = told(recruiter.post("/api/sessions/", body), 201)
    assert made["candidate_name"] == "Jane Smith"
    assert (made["student_id"], made["candidate_id"]) == (candidate.pk, candidate.pk)
    assert made["interviewer_id"] == interviewer.pk


@pytest.mark.parametrize("role", ["reviewer", "observer"])
def test_some_roles_only_watch(make_user: Any, as_user: Any, hiring: Any, told: Any, role: str) -> None:
    client = as_user(make_user(role, role))
    told(client.get(hiring.path), 200)
    for refused in (
        client.post("/api/sessions/", {}),
        client.patch(hiring.path, {"title": "Mine"}),
        client.delete(hiring.path),
        client.post(f"{hiring.path}start/"),
        client.post(f"{hiring.path}end/"),
        client.post(f"{hiring.path}token/"),
        client.post(f"{hiring.path}turns/", {"text": "hello"}),
    ):
        assert told(refused, 403)["code"] == "permission_denied"


def test_a_colleague_commands_but_does_not_speak_for_the_candidate(
    make_user: Any, as_user: Any, hiring: Any, told: Any
) -> None:
    colleague = as_user(make_user("carl"))
    told(colleague.patch(hiring.path, {"title": "Ours"}), 200)
    told(colleague.post(f"{hiring.path}start/"), 403)
    told(colleague.post(f"{hiring.path}turns/", {"text": "hello"}), 403)


def test_by_number_or_uuid_alike(hiring: Any, told: Any) -> None:
    by_id = told(hiring.recruiter.get(f"/api/sessions/{hiring.made['id']}/"), 200)
    by_uuid = told(hiring.recruiter.get(f"/api/sessions/{hiring.made['session_id']}/"), 200)
    assert by_id == by_uuid


@pytest.mark.parametrize("reference", ["999999", "0", "9" * 30, "no-uuid", "%00", "٣"])
def test_what_does_not_exist(recruiter: Any, told: Any, reference: str) -> None:
    assert told(recruiter.get(f"/api/sessions/{reference}/"), 404)["code"] == "not_found"


def test_the_list_is_paged_filtered_and_ordered(recruiter: Any, told: Any) -> None:
    for index, role in enumerate(["Nurse", "Backend engineer", "Nurse"]):
        recruiter.post("/api/sessions/", {"job_role": role, "title": f"Talk {index}", "num_questions": 1})
    page = told(recruiter.get("/api/sessions/?page_size=2"), 200)
    assert (page["count"], len(page["results"])) == (3, 2)
    assert page["next"]
    assert [one["title"] for one in page["results"]] == ["Talk 2", "Talk 1"]
    nurses = told(recruiter.get("/api/sessions/?job_role=nurse&ordering=created_at"), 200)["results"]
    assert [one["title"] for one in nurses] == ["Talk 0", "Talk 2"]
    assert told(recruiter.get("/api/sessions/?status=completed"), 200)["count"] == 0
    assert told(recruiter.get("/api/sessions/?search=Talk 1"), 200)["count"] == 1
    told(recruiter.get("/api/sessions/?page=9"), 404)
    told(recruiter.get("/api/sessions/?status=sleeping"), 400)


def test_a_list_costs_the_same_however_long(
    recruiter: Any, django_assert_num_queries: Any, organisation: Any
) -> None:
    for _ in range(3):
        recruiter.post("/api/sessions/", {"num_questions": 1})
    with django_assert_num_queries(2):
        recruiter.get("/api/sessions/")
    for _ in range(10):
        recruiter.post("/api/sessions/", {"num_questions": 1})
    with django_assert_num_queries(2):
        recruiter.get("/api/sessions/")


def test_a_guests_list_is_their_session(guest: Any, hiring: Any, told: Any) -> None:
    rows = told(guest.get("/api/sessions/"), 200)["results"]
    assert [row["session_id"] for row in rows] == [guest.made["session_id"]]


def test_words_may_be_changed_and_the_frame_until_it_opens(hiring: Any, told: Any) -> None:
    later = (timezone.now() + timedelta(days=1)).isoformat()
    changed = told(
        hiring.recruiter.patch(
            hiring.path, {"title": "Second talk", "duration_minutes": 45, "scheduled_at": later}
        ),
        200,
    )
    assert (changed["title"], changed["duration_minutes"]) == ("Second talk", 45)
    Session.objects.filter(pk=hiring.made["id"]).update(seq=1)
    told(hiring.recruiter.put(hiring.path, {"description": "Still mine."}), 200)
    error = told(hiring.recruiter.patch(hiring.path, {"duration_minutes": 60}), 400)
    assert set(error["fields"]) == {"duration_minutes"}


@pytest.mark.parametrize("field", ["job_role", "difficulty", "num_questions", "status"])
def test_what_made_the_plan_stays(hiring: Any, told: Any, field: str) -> None:
    error = told(hiring.recruiter.patch(hiring.path, {field: "other"}), 400)
    assert set(error["fields"]) == {field}


def test_deleting_takes_everything(hiring: Any, told: Any) -> None:
    assert hiring.recruiter.delete(hiring.path).status_code == 204
    assert not Session.objects.filter(pk=hiring.made["id"]).exists()
    told(hiring.recruiter.get(hiring.path), 404)
    told(hiring.candidate.get(hiring.path), 401)


def test_a_guest_deletes_only_their_own(guest: Any, hiring: Any, told: Any) -> None:
    told(hiring.candidate.delete(hiring.path), 403)
    assert guest.delete(guest.path).status_code == 204


def test_a_new_link_replaces_the_former(hiring: Any, anyone: Any, told: Any) -> None:
    fresh = told(hiring.recruiter.post(f"{hiring.path}token/"), 201)
    told(hiring.candidate.get(hiring.path), 401)
    told(anyone.get(hiring.path, HTTP_X_INTERVIEW_TOKEN=fresh["public_token"]), 200)
    assert hiring.recruiter.delete(f"{hiring.path}token/").status_code == 204
    told(anyone.get(hiring.path, HTTP_X_INTERVIEW_TOKEN=fresh["public_token"]), 401)
    told(hiring.candidate.post(f"{hiring.path}token/"), 401)


def test_a_candidate_issues_no_links(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}token/"), 403)


def test_half_a_character_is_refused(anyone: Any, told: Any) -> None:
    error = told(anyone.post("/api/sessions/", b'{"title": "\\ud800"}', content_type="application/json"), 400)
    assert set(error["fields"]) == {"title"}
