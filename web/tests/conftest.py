"""Interviews to open pages with, and people who open them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate
from interviews.models import Session

SignedIn = Callable[[User], Client]
MakeInterview = Callable[..., tuple[Session, str]]


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Acme", contact_name="Dana", contact_email="dana@acme.example", retention_days=30
    )


@pytest.fixture
def recruiter(organisation: Organisation) -> User:
    user = User.objects.create_user("dana", "dana@acme.example", "long-enough-secret", first_name="Dana")
    Membership.objects.create(organisation=organisation, user=user, role=Role.RECRUITER)
    return user


@pytest.fixture
def make_interview(organisation: Organisation) -> MakeInterview:
    """Gives an interview and the token that opens it."""

    def make(**fields: Any) -> tuple[Session, str]:
        token = new_token()
        defaults: dict[str, Any] = {
            "organisation": organisation,
            "title": "First interview",
            "job_role": "Backend engineer",
            "candidate_name": "Zoë Ł.",
            "token_hash": hash_token(token),
            "token_expires_at": timezone.now() + timedelta(days=1),
        }
        return Session.objects.create(**{**defaults, **fields}), token

    return make


@pytest.fixture
def signed_in() -> SignedIn:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def as_role(client: Client, recruiter: User) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        recruiter.memberships.update(role=role)
        client.force_login(recruiter)
        return client

    return sign_in


@pytest.fixture
def stranger(db: None) -> Client:
    user = User.objects.create_user("stan", "stan@elsewhere.example", "long-enough-secret")
    elsewhere = Organisation.objects.create(name="Elsewhere")
    Membership.objects.create(organisation=elsewhere, user=user, role="admin")
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ada(organisation: Organisation) -> Candidate:
    return Candidate.objects.create(
        organisation=organisation, name="Ada Byron", email="ada@example.com", phone="+442079460123"
    )
