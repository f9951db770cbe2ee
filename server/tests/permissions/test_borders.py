"""Where one organisation ends: what a body names, what a search may find, and who leaves."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate, Interview, Interviewer, Job, Round
from hiring.models import Plan as KeptPlan

pytestmark = pytest.mark.django_db(transaction=True)
FAR = "2030-02-01T10:00:00Z"


class Owned:
    """A row of each kind, of one organisation."""

    def __init__(self, owner: Organisation) -> None:
        self.job = Job.objects.create(organisation=owner, title="Nurse")
        self.candidate = Candidate.objects.create(
            organisation=owner, name="Ada", email="ada@reached.example", phone="+442079460123"
        )
        self.interviewer = Interviewer.objects.create(organisation=owner, name="Ines")
        self.interview = Interview.objects.create(
            organisation=owner, candidate=self.candidate, title="Ours", scheduled_at=FAR
        )
        self.round = Round.objects.create(interview=self.interview, order=1)
        self.plan = KeptPlan.objects.create(
            organisation=owner, name="Usual", content={"role": "Nurse", "questions": []}
        )


@pytest.fixture
def ours(organisation: Organisation) -> Owned:
    return Owned(organisation)


@pytest.fixture
def theirs(stranger: APIClient) -> Owned:
    return Owned(Organisation.objects.get(name="Elsewhere"))


SESSION_NAMES = ("job", "candidate", "student", "interviewer", "interview", "round", "plan")


@pytest.mark.parametrize("name", SESSION_NAMES)
def test_a_session_is_made_of_nothing_of_anothers(
    stranger: APIClient, ours: Owned, theirs: Owned, told: Any, name: str
) -> None:
    row = "candidate" if name == "student" else name
    field, path = f"{name}_id", "/api/sessions/"
    error = told(stranger.post(path, {"job_role": "Nurse", field: getattr(ours, row).pk}), 400)
    assert set(error["fields"]) == {field}
    if name != "plan":
        told(stranger.post(path, {"job_role": "Nurse", field: getattr(theirs, row).pk}), 201)


@pytest.mark.parametrize("name", ["candidate", "student", "interviewer"])
def test_a_session_is_given_nobody_of_anothers(
    stranger: APIClient, ours: Owned, told: Any, name: str
) -> None:
    made = told(stranger.post("/api/sessions/", {"job_role": "Nurse"}), 201)
    row = ours.interviewer if name == "interviewer" else ours.candidate
    told(stranger.patch(f"/api/sessions/{made['id']}/", {f"{name}_id": row.pk}), 400)
    read = told(stranger.get(f"/api/sessions/{made['id']}/"), 200)
    assert (read["candidate"], read["interviewer"]) == (None, None)


def test_hiring_refers_to_nothing_of_anothers(
    stranger: APIClient, ours: Owned, theirs: Owned, told: Any
) -> None:
    mine, strange = {"candidate_id": theirs.candidate.pk}, {"interviewer_id": ours.interviewer.pk}
    wishes = [
        ("post", "interviews/", {"candidate_id": ours.candidate.pk}),
        ("post", "interviews/", {**mine, "job_id": ours.job.pk}),
        ("post", "interviews/", {**mine, **strange}),
        ("post", "interviews/", {**mine, "rounds": [strange]}),
        ("patch", f"interviews/{theirs.interview.pk}/", strange),
        ("patch", f"interviews/{theirs.interview.pk}/", {"job_id": ours.job.pk}),
        ("post", "interviews/rounds/", {"interview_id": ours.interview.pk}),
        ("post", "interviews/rounds/", {"interview_id": theirs.interview.pk, **strange}),
        ("patch", f"interviews/rounds/{theirs.round.pk}/", {"interview_id": ours.interview.pk}),
        ("patch", f"interviews/rounds/{theirs.round.pk}/", strange),
        (
            "post",
            f"interviews/{theirs.interview.pk}/reschedule/",
            {"scheduled_at": FAR, "round_id": ours.round.pk},
        ),
        ("post", "plans/preview/", {"role": "Nurse", "job_id": ours.job.pk}),
        ("post", "plans/preview/", {"role": "Nurse", "candidate_id": ours.candidate.pk}),
        ("post", "plans/", {"role": "Nurse", "job_id": ours.job.pk}),
    ]
    for method, path, body in wishes:
        error = told(getattr(stranger, method)(f"/api/{path}", body), 400)
        assert error["fields"], (path, body)
    assert Interview.objects.count() == Round.objects.count() == 2


FILTERS = (
    "sessions/?candidate_id={candidate}",
    "sessions/?job_id={job}",
    "sessions/?round_id={round}",
    "interviews/?candidate_id={candidate}",
    "interviews/?job_id={job}",
    "interviews/?search=Ours",
    "interviews/rounds/?interview_id={interview}",
    "candidates/?email=ada@reached.example",
    "candidates/?search=Ada",
    "skill-gaps/?candidate_id={candidate}",
    "jobs/?title=Nurse",
)


@pytest.mark.parametrize("asked", FILTERS)
def test_filters_find_nothing_of_anothers(stranger: APIClient, ours: Owned, told: Any, asked: str) -> None:
    numbers = {name: getattr(ours, name).pk for name in ("candidate", "job", "round", "interview")}
    assert told(stranger.get(f"/api/{asked.format(**numbers)}"), 200)["count"] == 0


@pytest.mark.parametrize(
    "asked",
    [
        "search=ada@reached",
        "search=7946",
        "email=ada@reached.example",
        "phone=%2B442079460123",
        "has_resume=true",
        "has_resume=false",
    ],
)
def test_observers_find_nobody_by_what_they_may_not_read(
    make_user: Any, as_user: Any, ours: Owned, told: Any, asked: str
) -> None:
    observer, reviewer = (as_user(make_user(f"{role}-1", role)) for role in (Role.OBSERVER, Role.REVIEWER))
    assert told(observer.get(f"/api/candidates/?{asked}"), 200)["count"] == 0
    assert told(reviewer.get(f"/api/candidates/?{asked}"), 200)["count"] == (asked != "has_resume=true")


LISTS = ("candidates", "sessions", "messages", "webhooks", "interviewers", "jobs", "interviews", "reports")


@pytest.mark.parametrize("name", LISTS)
def test_no_order_tells_of_what_is_not_shown(recruiter: APIClient, ours: Owned, told: Any, name: str) -> None:
    """Rows in the order of a secret tell it, bit by bit."""
    owner = ours.job.organisation
    Owned(owner)
    Candidate.objects.create(
        organisation=owner, name="Ben", email="zed@reached.example", phone="+12025550143"
    )
    usual = told(recruiter.get(f"/api/{name}/"), 200)["results"]
    for secret in ("organisation__memberships__user__password", "token_hash", "secret", "email", "phone"):
        for ordering in (secret, f"-{secret}"):
            assert told(recruiter.get(f"/api/{name}/?ordering={ordering}"), 200)["results"] == usual


def test_who_leaves_an_organisation_leaves_its_interviews(hiring: Any, told: Any) -> None:
    body = {"job_role": "Nurse", "difficulty": "beginner", "num_questions": 1, "question_type": "mixed"}
    own = told(hiring.recruiter.post("/api/interview/create/", body), 201)
    Membership.objects.filter(user__username="rita").delete()
    for path in (hiring.path, f"{hiring.path}transcript/", f"/api/me/session/?session={hiring.made['id']}"):
        told(hiring.recruiter.get(path), 404)
    told(hiring.recruiter.post(f"{hiring.path}token/"), 404)
    told(hiring.recruiter.post(f"{hiring.path}start/"), 404)
    assert told(hiring.recruiter.get(f"/api/sessions/{own['interview_id']}/"), 200)
    browser = APIClient()
    browser.force_login(User.objects.get(username="rita"))
    assert browser.get(f"/room/{own['interview_id']}/").status_code == 200
    assert browser.get(f"/room/{hiring.made['session_id']}/").status_code == 404


def test_who_only_observes_from_now_on_commands_no_more_what_they_made(hiring: Any, told: Any) -> None:
    Membership.objects.filter(user__username="rita").update(role=Role.OBSERVER)
    told(hiring.recruiter.get(hiring.path), 200)
    told(hiring.recruiter.post(f"{hiring.path}token/"), 403)
    told(hiring.recruiter.patch(hiring.path, {"title": "Mine"}), 403)
    told(hiring.recruiter.delete(hiring.path), 403)


def test_another_sites_page_changes_nothing_with_a_browsers_cookie(make_user: Any, told: Any) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(make_user("rita"))
    told(browser.get("/api/jobs/"), 200)
    told(browser.post("/api/jobs/", {"title": "Nurse"}), 403)
    told(browser.put("/api/profile/", {"full_name": "Not Rita"}), 403)
    browser.cookies["csrftoken"] = "a" * 32
    told(browser.post("/api/jobs/", {"title": "Nurse"}, HTTP_X_CSRFTOKEN="a" * 32), 201)
    assert [job.title for job in Job.objects.all()] == ["Nurse"]
