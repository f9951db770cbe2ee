"""An interview that is over, and everybody who may ask for its pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, Role, User
from hiring.models import Job
from interviews.models import Session
from web.tests.review.held import hold


@pytest.fixture(autouse=True)
def _recordings_of_one_test(settings: Any, tmp_path: Path) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "recordings": backend}


@pytest.fixture
def job(organisation: Organisation) -> Job:
    competencies = [{"name": "Databases", "weight": 3}]
    return Job.objects.create(organisation=organisation, title="Backend engineer", competencies=competencies)


@pytest.fixture
def session(organisation: Organisation, job: Job) -> Session:
    return hold(organisation, job)


@pytest.fixture
def signed_in(organisation: Organisation) -> Callable[..., Client]:
    """A browser of a new person with that role."""

    def sign_in(role: str = Role.RECRUITER, *, at: Organisation = organisation) -> Client:
        name = f"{role}-{User.objects.count()}"
        user = User.objects.create_user(name, f"{name}@acme.example", "a long secret", full_name=name.title())
        Membership.objects.create(organisation=at, user=user, role=role)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def stranger(signed_in: Callable[..., Client]) -> Client:
    return signed_in(Role.ADMIN, at=Organisation.objects.create(name="Elsewhere"))
