"""Jobs and plans, and everybody who may come by their pages."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Membership, Organisation, Role, User
from hiring.models import Job
from hiring.models import Plan as KeptPlan
from interviews.api.plan_making import make_plan
from interviews.live.process import get_process
from interviews.mind.scripted import ScriptedMind

Person = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_process(), "mind", ScriptedMind())


@pytest.fixture
def job(organisation: Organisation) -> Job:
    return Job.objects.create(
        organisation=organisation,
        title="Ward nurse",
        facts=["Shifts are planned."],
        competencies=[{"name": "Communication", "weight": 4, "anchors": {"1": "Talks past people."}}],
    )


@pytest.fixture
def plan(recruiter: User, job: Job) -> KeptPlan:
    return make_plan(recruiter, {"role": "Nurse", "num_questions": 3, "name": "Ward", "job_id": job.pk})


@pytest.fixture
def as_person(organisation: Organisation, make_interview: Any) -> Person:
    """A browser of `nobody`, a `stranger`, a `candidate` with the cookie of their room, or a role."""

    def enter(who: str) -> Client:
        client = Client()
        if who == "nobody":
            return client
        if who == "candidate":
            _, token = make_interview(plan={"role": "Nurse"})
            client.get(f"/i/{token}/")
            return client
        at = Organisation.objects.create(name="Elsewhere") if who == "stranger" else organisation
        user = User.objects.create_user(who, f"{who}@acme.example", "long-enough-secret")
        role = Role.ADMIN if who == "stranger" else who
        Membership.objects.create(organisation=at, user=user, role=role)
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def maker(recruiter: User) -> Client:
    client = Client()
    client.force_login(recruiter)
    return client


@pytest.fixture
def spent() -> Iterator[Callable[[str, str, int], None]]:
    """Puts so many requests of somebody into a throttle's memory, as if they had just been sent."""
    cache.clear()

    def put(scope: str, who: str, times: int) -> None:
        cache.set(f"throttle_{scope}_{who}", [time.time()] * times, 3600)

    yield put
    cache.clear()
