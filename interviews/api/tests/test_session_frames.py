"""What a session is for and who takes part: jobs, rounds, people, channels, statuses, and its deletion."""

from datetime import UTC, datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import SecurityEvent
from hiring.models import Candidate, Interview, Interviewer, Job, Round
from interviews.live.hash_chain import verify_chain
from interviews.live.log import read_chain
from interviews.models import Session, Task

pytestmark = pytest.mark.django_db

SESSIONS = "/api/sessions/"


@pytest.fixture
def interview(organisation: Any) -> Interview:
    job = Job.objects.create(organisation=organisation, title="Nurse", facts=["You work in twos."])
    ada = Candidate.objects.create(organisation=organisation, name="Ada Byron", email="ada@viva.example")
    return Interview.objects.create(organisation=organisation, job=job, candidate=ada, title="Ada, nurse")


def test_an_interview_is_held_round_by_round(recruiter: APIClient, interview: Interview, told: Any) -> None:
    phone = Round.objects.create(interview=interview, order=1, kind=Round.Kind.PHONE)
    talk = Round.objects.create(interview=interview, order=2, title="First talk", duration_minutes=20)
    made = told(recruiter.post(SESSIONS, {"interview_id": interview.pk, "num_questions": 2}), 201)
    assert (made["round_id"], made["interview_id"]) == (talk.pk, interview.pk)
    assert (made["job_id"], made["job_role"]) == (interview.job_id, "Nurse")
    assert (made["candidate_id"], made["candidate_name"]) == (interview.candidate_id, "Ada Byron")
    assert (made["title"], made["duration_minutes"], made["num_questions"]) == ("First talk", 20, 2)
    assert Session.objects.get(pk=made["id"]).plan["facts"] == ["You work in twos."]
    more = told(recruiter.post(SESSIONS, {"interview_id": interview.pk, "num_questions": 1}), 201)
    assert more["round_id"] not in {phone.pk, talk.pk}
    again = told(recruiter.post(SESSIONS, {"round_id": talk.pk, "num_questions": 1}), 201)
    assert again["round_id"] == talk.pk
    assert told(recruiter.get(f"{SESSIONS}?interview_id={interview.pk}"), 200)["count"] == 3
    assert told(recruiter.get(f"{SESSIONS}?round_id={talk.pk}&job_id={interview.job_id}"), 200)["count"] == 2
    error = told(recruiter.patch(f"{SESSIONS}{made['id']}/", {"candidate_id": None}), 400)
    assert set(error["fields"]) == {"candidate_id"}


def test_a_round_that_is_over_is_not_held(recruiter: APIClient, interview: Interview, told: Any) -> None:
    row = Round.objects.create(interview=interview, order=1, status=Round.Status.COMPLETED)
    assert told(recruiter.post(SESSIONS, {"round_id": row.pk}), 409)["code"] == "round_over"
    Interview.objects.filter(pk=interview.pk).update(status=Interview.Status.CANCELLED)
    assert told(recruiter.post(SESSIONS, {"interview_id": interview.pk}), 409)["code"] == "interview_over"


def test_what_does_not_go_together_is_named(
    recruiter: APIClient, stranger: APIClient, interview: Interview, organisation: Any, told: Any
) -> None:
    other = Candidate.objects.create(organisation=organisation, name="Eve")
    phone = Round.objects.create(interview=interview, order=1, kind=Round.Kind.PHONE)
    for body, field in (
        ({"interview_id": interview.pk, "candidate_id": other.pk}, "candidate_id"),
        ({"round_id": phone.pk}, "round_id"),
        ({"interview_id": 2**70}, "interview_id"),
        ({"job_id": 999}, "job_id"),
        ({"preferred_channel": "smoke"}, "preferred_channel"),
    ):
        assert set(told(recruiter.post(SESSIONS, body), 400)["fields"]) == {field}
    for body in ({"interview_id": interview.pk}, {"job_id": interview.job_id}):
        assert set(told(stranger.post(SESSIONS, body), 400)["fields"]) == set(body)


def test_people_and_channel_change_until_it_was_opened(
    hiring: Any, organisation: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    jane = Candidate.objects.create(organisation=organisation, name="Jane Smith", email="jane@viva.example")
    john = Interviewer.objects.create(organisation=organisation, name="John Doe", email="john@viva.example")
    body = {"title": "Second", "interviewer_id": john.pk, "student_id": jane.pk, "preferred_channel": "sms"}
    Session.objects.filter(pk=hiring.made["id"]).update(candidate_name="")
    changed = told(hiring.recruiter.put(hiring.path, {**body, "status": "scheduled"}), 200)
    assert (changed["interviewer_id"], changed["student_id"]) == (john.pk, jane.pk)
    assert (changed["candidate_name"], changed["preferred_channel"]) == ("Jane Smith", "sms")
    assert changed["student"] == {"id": jane.pk, "name": "Jane Smith", "email": "jane@viva.example"}
    assert changed["interviewer"]["email"] == "john@viva.example"
    seen = told(hiring.candidate.get(hiring.path), 200)
    assert (seen["student"]["email"], seen["interviewer"]["email"]) == (None, None)
    observer = as_user(make_user("olga", "observer"))
    assert told(observer.get(hiring.path), 200)["candidate"]["email"] is None
    found = told(hiring.recruiter.get(f"{SESSIONS}?interviewer_name=john&preferred_channel=sms"), 200)
    assert found["count"] == 1
    Session.objects.filter(pk=hiring.made["id"]).update(seq=1)
    late = told(hiring.recruiter.patch(hiring.path, {"interviewer_id": None, "candidate_id": jane.pk}), 400)
    assert set(late["fields"]) == {"interviewer_id"}


def test_people_stand_in_the_list_and_in_what_was_just_made(
    recruiter: Any, organisation: Any, make_user: Any, as_user: Any, told: Any, django_assert_num_queries: Any
) -> None:
    jane = Candidate.objects.create(organisation=organisation, name="Jane Smith", email="jane@viva.example")
    john = Interviewer.objects.create(organisation=organisation, name="John Doe", email="john@viva.example")
    people = {
        "interviewer": {"id": john.pk, "name": "John Doe", "email": "john@viva.example"},
        "student": {"id": jane.pk, "name": "Jane Smith", "email": "jane@viva.example"},
    }
    body = {"interviewer_id": john.pk, "student_id": jane.pk, "num_questions": 1}
    made = told(recruiter.post(SESSIONS, body), 201)
    assert {name: made[name] for name in people} == people
    for _ in range(2):
        with django_assert_num_queries(3):
            listed = told(recruiter.get(SESSIONS), 200)["results"]
        assert [{name: one[name] for name in people} for one in listed] == [people] * len(listed)
        told(recruiter.post(SESSIONS, body), 201)
    [*_, seen] = told(as_user(make_user("olga", "observer")).get(SESSIONS), 200)["results"]
    assert seen["student"] == {"id": jane.pk, "name": "Jane Smith", "email": None}


@pytest.mark.django_db(transaction=True)
def test_a_status_follows_from_what_happens(hiring: Any, told: Any) -> None:
    for wished, action in (("in_progress", "start/"), ("completed", "end/"), ("abandoned", "no other")):
        error = told(hiring.recruiter.patch(hiring.path, {"status": wished}), 409)
        assert error["code"] == "illegal_status"
        assert action in error["message"]
    assert told(hiring.recruiter.patch(hiring.path, {"status": "scheduled"}), 200)["status"] == "scheduled"
    cancelled = told(hiring.recruiter.patch(hiring.path, {"status": "cancelled", "title": "Off"}), 200)
    assert (cancelled["status"], cancelled["title"]) == ("cancelled", "Off")
    assert told(hiring.recruiter.patch(hiring.path, {"status": "scheduled"}), 409)["code"] == "illegal_status"
    told(hiring.recruiter.post(f"{hiring.path}start/"), 409)


@pytest.mark.django_db(transaction=True)
def test_one_that_began_goes_but_for_the_proof_of_its_log(hiring: Any, told: Any) -> None:
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    told(hiring.recruiter.post(f"{hiring.path}turns/", {"text": "I measured it first."}), 201)
    consent = Session.objects.get(pk=hiring.made["id"]).consent
    assert consent["notice_version"] == "api, on the word of Rita"
    number, uuid = hiring.made["id"], hiring.made["session_id"]
    assert hiring.recruiter.delete(hiring.path).status_code == 204
    for address in (
        hiring.path,
        f"{SESSIONS}{uuid}/transcript/",
        f"{SESSIONS}{uuid}/events/",
        f"/api/reports/{uuid}/pdf/?edition=panel",
        f"/api/questions/?session_id={uuid}",
    ):
        told(hiring.recruiter.get(address), 404)
    told(hiring.candidate.get(hiring.path), 401)
    for listed in (SESSIONS, "/api/questions/", "/api/reports/", "/api/conversations/"):
        assert told(hiring.recruiter.get(listed), 200)["count"] == 0
    kept = Session.objects.get(pk=number)
    verdicts, is_whole = verify_chain(str(kept.uuid), read_chain(kept), kept.head_hash)
    assert is_whole
    assert set(verdicts) == {"erased"}
    assert not kept.turns.exists()
    assert not Task.objects.filter(payload__session=number).exists()


def test_a_link_lives_as_long_after_the_new_time(hiring: Any, told: Any) -> None:
    told(hiring.recruiter.patch(hiring.path, {"scheduled_at": "2126-01-01T10:00:00Z"}), 200)
    assert Session.objects.get(pk=hiring.made["id"]).token_expires_at == datetime(2126, 1, 8, 10, tzinfo=UTC)
    told(hiring.recruiter.patch(hiring.path, {"scheduled_at": "9999-12-31T10:00:00Z"}), 200)


def test_links_are_noted_where_security_is(hiring: Any, told: Any) -> None:
    told(hiring.recruiter.post(f"{hiring.path}token/"), 201)
    assert hiring.recruiter.delete(f"{hiring.path}token/").status_code == 204
    kinds = SecurityEvent.objects.filter(detail__contains=hiring.made["session_id"]).values_list("kind")
    assert {kind for (kind,) in kinds} == {"guest_link_issued", "guest_link_revoked"}


def test_guests_fill_no_more_than_there_is_room_for(
    anyone: APIClient, recruiter: APIClient, told: Any, settings: Any
) -> None:
    settings.GUEST_SESSIONS_OPEN = 1
    made = told(anyone.post(SESSIONS, {"num_questions": 1}), 201)
    refused = anyone.post(SESSIONS, {"num_questions": 1})
    assert told(refused, 429)["code"] == "throttled"
    assert int(refused["Retry-After"]) > 60
    told(recruiter.post(SESSIONS, {"num_questions": 1}), 201)
    anyone.delete(f"{SESSIONS}{made['id']}/", HTTP_X_INTERVIEW_TOKEN=made["public_token"])
    told(anyone.post(SESSIONS, {"num_questions": 1}), 201)


def test_one_address_has_a_day_too(anyone: APIClient, told: Any, monkeypatch: Any) -> None:
    from interviews.api.throttling import GuestDayThrottle  # noqa: PLC0415

    monkeypatch.setattr(GuestDayThrottle, "rate", "1/day", raising=False)
    told(anyone.post(SESSIONS, {"num_questions": 1}), 201)
    assert int(anyone.post(SESSIONS, {"num_questions": 1})["Retry-After"]) > 60 * 60


def test_the_bank_is_looked_through(recruiter: APIClient, told: Any) -> None:
    found = told(recruiter.get("/api/question-bank/?level=hard&type=technical&page_size=100"), 200)["results"]
    assert found
    assert {one["level"] for one in found} == {"advanced"}
    words = found[0]["question_text"].split()[:4]
    again = told(recruiter.get("/api/question-bank/", {"level": "advanced", "search": " ".join(words)}), 200)
    assert found[0]["key"] in {one["key"] for one in again["results"]}
    assert told(recruiter.get("/api/question-bank/?search=xylophone+zebra"), 200)["count"] == 0
