"""People, guests and sessions for tests of the REST interface, in every package (see the root conftest)."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.db import connections
from django.test import AsyncClient
from rest_framework.test import APIClient

from accounts.models import Membership, Organisation, Role, User
from interviews.models import Session

PASSWORD = "Correct-horse-7"


@pytest.fixture
def empty_throttles() -> None:
    cache.clear()


@pytest.fixture
def guests_let_in(settings: Any) -> None:
    settings.GUESTS = True


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    """A client under ASGI: views run in a thread, whose connection is given back at the end."""
    yield AsyncClient()
    await sync_to_async(connections.close_all)()


@pytest.fixture
def anyone() -> APIClient:
    return APIClient()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Acme", contact_name="Sam", contact_email="sam@acme.example")


@pytest.fixture
def make_user(organisation: Organisation) -> Callable[..., User]:
    def make(name: str, role: str = Role.RECRUITER, *, at: Organisation | None = organisation) -> User:
        user = User.objects.create_user(name, f"{name}@acme.example", PASSWORD, first_name=name.title())
        if at is not None:
            Membership.objects.create(organisation=at, user=user, role=role)
        return user

    return make


@pytest.fixture
def as_user() -> Callable[[User], APIClient]:
    def signed_in(user: User) -> APIClient:
        client = APIClient()
        client.force_authenticate(user)
        return client

    return signed_in


@pytest.fixture
def recruiter(make_user: Callable[..., User], as_user: Callable[[User], APIClient]) -> APIClient:
    return as_user(make_user("rita"))


@pytest.fixture
def stranger(make_user: Callable[..., User], as_user: Callable[[User], APIClient]) -> APIClient:
    other = Organisation.objects.create(name="Elsewhere")
    return as_user(make_user("stan", at=other))


class GuestClient(APIClient):
    """A guest with the session they made."""

    made: dict[str, Any]

    @property
    def path(self) -> str:
        return f"/api/sessions/{self.made['session_id']}/"

    @property
    def session(self) -> Session:
        return Session.objects.get(uuid=self.made["session_id"])


@pytest.fixture
def make_guest(db: None) -> Callable[..., GuestClient]:
    def make(**wish: Any) -> GuestClient:
        body = {"job_role": "Backend engineer", "num_questions": 3, "candidate_name": "Zoë", **wish}
        client = GuestClient()
        answer = client.post("/api/sessions/", body, format="json")
        assert answer.status_code == 201, answer.content
        client.made = answer.json()
        client.credentials(HTTP_X_INTERVIEW_TOKEN=client.made["public_token"])
        return client

    return make


@pytest.fixture
def guest(make_guest: Callable[..., GuestClient]) -> GuestClient:
    return make_guest()


class Hiring:
    """A session of the recruiter's, and its candidate's link."""

    def __init__(self, recruiter: APIClient, made: dict[str, Any]) -> None:
        self.recruiter = recruiter
        self.made = made
        self.path = f"/api/sessions/{made['id']}/"
        self.candidate = APIClient()
        self.candidate.credentials(HTTP_X_INTERVIEW_TOKEN=made["public_token"])


@pytest.fixture
def hiring(recruiter: APIClient) -> Hiring:
    body = {
        "title": "First talk",
        "job_role": "Backend engineer",
        "num_questions": 2,
        "candidate_name": "Ada",
    }
    answer = recruiter.post("/api/sessions/", body, format="json")
    assert answer.status_code == 201, answer.content
    return Hiring(recruiter, answer.json())


@pytest.fixture
def told() -> Callable[[Any, int], dict[str, Any]]:
    """Checks the status and, for an error, the one shape; gives the body."""

    def read(answer: Any, status: int) -> dict[str, Any]:
        assert answer.status_code == status, answer.content
        body: dict[str, Any] = answer.json()
        if status >= 400:
            assert set(body) == {"error"}
            assert set(body["error"]) == {"code", "message", "fields"}
            return dict(body["error"])
        return body

    return read
