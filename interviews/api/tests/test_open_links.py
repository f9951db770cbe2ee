"""A job's open link over REST: shown once, limited, renewed, revoked; and what comes of being let in."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, Role
from hiring.models import Candidate, Interview, Job, OpenLink, Round
from hiring.open_links import ClosedError, LinkState, find_link, state_of
from interviews.applying import apply
from interviews.live.process import get_process
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_process(), "mind", ScriptedMind())


@pytest.fixture
def job(organisation: Organisation) -> Job:
    return Job.objects.create(organisation=organisation, title="Ward nurse", facts=["Shifts are planned."])


@pytest.fixture
def plan_id(recruiter: Any, job: Job) -> int:
    wish = {"role": "Nurse", "num_questions": 2, "name": "Ward", "job_id": job.pk}
    return int(recruiter.post("/api/plans/", wish).json()["id"])


@pytest.fixture
def path(job: Job) -> str:
    return f"/api/jobs/{job.pk}/open-link/"


def token_of(answer: Any) -> str:
    return str(answer["url"]).rstrip("/").rsplit("/", 1)[-1]


def test_there_is_none_before_it_is_made(recruiter, told, path):
    assert told(recruiter.get(path), 404)["code"] == "not_found"
    assert told(recruiter.delete(path), 404)["code"] == "not_found"


def test_its_address_is_shown_once_and_kept_as_a_hash(recruiter, told, path, plan_id):
    made = told(recruiter.post(path, {"plan_id": plan_id, "most_uses": 5}), 201)
    assert made["url"].startswith("http://testserver/apply/")
    assert (made["state"], made["uses"], made["most_uses"]) == ("open", 0, 5)
    assert timezone.now() + timedelta(days=29) < OpenLink.objects.get().expires_at
    read = told(recruiter.get(path), 200)
    assert "url" not in read
    assert token_of(made) not in str(read)
    assert token_of(made) not in str(OpenLink.objects.values().get())


def test_a_renewed_link_makes_the_former_useless(recruiter, told, path, plan_id):
    first = told(recruiter.post(path, {"plan_id": plan_id}), 201)
    second = told(recruiter.post(path, {"plan_id": plan_id}), 201)
    assert find_link(token_of(first)) is None
    assert find_link(token_of(second)) == OpenLink.objects.get()


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "plan_id"),
        ({"plan_id": 10**9}, "plan_id"),
        ({"most_uses": 0}, "most_uses"),
        ({"most_uses": 10_001}, "most_uses"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2999-01-01T00:00:00Z"}, "expires_at"),
    ],
)
def test_what_is_refused(recruiter, told, path, plan_id, wish, field):
    sent = wish if field == "plan_id" else {"plan_id": plan_id, **wish}
    assert field in told(recruiter.post(path, sent), 400)["fields"]
    assert not OpenLink.objects.exists()


def test_another_organisations_plan_is_none(recruiter, stranger, told, path):
    theirs = stranger.post("/api/plans/", {"role": "Nurse", "num_questions": 1}).json()["id"]
    assert "plan_id" in told(recruiter.post(path, {"plan_id": theirs}), 400)["fields"]


def test_who_reads_makes_none(make_user, as_user, recruiter, told, path, plan_id):
    recruiter.post(path, {"plan_id": plan_id})
    for role in (Role.OBSERVER, Role.REVIEWER):
        reader = as_user(make_user(role, role))
        assert told(reader.get(path), 200)["state"] == "open"
        told(reader.post(path, {"plan_id": plan_id}), 403)
        told(reader.delete(path), 403)


def test_whoever_comes_by_it_gets_an_interview_of_their_own(recruiter, told, path, plan_id, job):
    link = find_link(token_of(told(recruiter.post(path, {"plan_id": plan_id}), 201)))
    assert link is not None
    session, token = apply(link, name="Zoë Ł.", email="zoe@reached.example", now=timezone.now())
    assert token
    candidate = Candidate.objects.get()
    assert (candidate.name, candidate.email) == ("Zoë Ł.", "zoe@reached.example")
    interview = Interview.objects.get()
    assert (interview.job, interview.candidate, interview.status) == (job, candidate, "invited")
    assert Round.objects.get().interview == interview
    assert session.round == Round.objects.get()
    assert (session.num_questions, session.plan["plan_id"], session.purpose) == (2, plan_id, "hiring")
    assert list(session.plan["facts"]) == ["Shifts are planned."]
    apply(link, name="Zoë Ł.", email="zoe@reached.example", now=timezone.now())
    assert Session.objects.count() == 2
    assert told(recruiter.get(path), 200)["uses"] == 2


def test_who_comes_later_gets_the_version_of_then(recruiter, told, path, plan_id):
    link = find_link(token_of(told(recruiter.post(path, {"plan_id": plan_id}), 201)))
    assert link is not None
    recruiter.put(f"/api/plans/{plan_id}/", {"persona": "Mara"})
    session, _ = apply(link, name="Ada", email="", now=timezone.now())
    assert (session.plan["version"], session.plan["persona"]) == (2, "Mara")


def test_a_link_that_is_closed_lets_nobody_in(recruiter, told, path, plan_id):
    made = told(recruiter.post(path, {"plan_id": plan_id, "most_uses": 1}), 201)
    link, now = find_link(token_of(made)), timezone.now()
    assert link is not None
    with pytest.raises(ClosedError) as late:
        apply(link, name="Ada", email="", now=now + timedelta(days=31))
    assert late.value.state is LinkState.EXPIRED
    apply(link, name="Ada", email="", now=now)
    with pytest.raises(ClosedError) as full:
        apply(link, name="Bo", email="", now=now)
    assert full.value.state is LinkState.FULL
    assert recruiter.delete(path).status_code == 204
    assert told(recruiter.get(path), 200)["state"] == "revoked"
    with pytest.raises(ClosedError) as revoked:
        apply(link, name="Bo", email="", now=now)
    assert revoked.value.state is LinkState.REVOKED
    assert Session.objects.count() == 1
    assert state_of(OpenLink.objects.get(), now) is LinkState.REVOKED


def test_a_link_that_was_renewed_while_somebody_typed_lets_nobody_in(recruiter, told, path, plan_id):
    link = find_link(token_of(told(recruiter.post(path, {"plan_id": plan_id}), 201)))
    assert link is not None
    recruiter.post(path, {"plan_id": plan_id})
    with pytest.raises(ClosedError):
        apply(link, name="Bo", email="", now=timezone.now())
    assert not Candidate.objects.exists()
