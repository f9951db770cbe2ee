"""Interviews with a candidate, a job and a session, and people of every role."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.models import Organisation
from hiring.models import Candidate, Interview, Job, Round
from interviews.models import Session


@pytest.fixture(autouse=True)
def _empty_throttles() -> None:
    cache.clear()


@pytest.fixture
def job(organisation: Organisation) -> Job:
    return Job.objects.create(organisation=organisation, title="Ward nurse")


@pytest.fixture
def interview(organisation: Organisation, ada: Candidate, job: Job) -> Interview:
    return Interview.objects.create(organisation=organisation, candidate=ada, job=job, title="First talk")


@pytest.fixture
def session(interview: Interview, organisation: Organisation, make_interview: Callable) -> Session:
    held = Round.objects.create(interview=interview, order=1)
    made, _ = make_interview(
        round=held,
        candidate=interview.candidate,
        candidate_name="Ada Byron",
        scheduled_at=timezone.now() + timedelta(days=2),
    )
    return made
