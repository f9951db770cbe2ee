"""People of a team, signed in on pages; the throttles start empty."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Organisation, Role, User

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_throttles() -> None:
    cache.clear()


@pytest.fixture
def admin(make_user: Callable[..., User]) -> User:
    return make_user("ada", Role.ADMIN)


@pytest.fixture
def stranger_user(make_user: Callable[..., User]) -> User:
    return make_user("stan", Role.ADMIN, at=Organisation.objects.create(name="Elsewhere"))
