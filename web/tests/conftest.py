"""Interviews to open pages with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, Organisation, Role, User
from interviews.models import Session

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
