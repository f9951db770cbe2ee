"""Registering: what is taken, what is refused and why, and that nobody gets in where it is closed."""

from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import Membership, SecurityEvent, User

pytestmark = pytest.mark.django_db
PASSWORD = "Correct-horse-7"
PERSON = {"email": "jane@viva.example", "username": "jane_s", "password": PASSWORD, "full_name": "Jane Smith"}
PATH = "/api/auth/register/"


@pytest.fixture(autouse=True)
def _open(settings: Any) -> None:
    settings.REGISTRATION = True


def test_a_new_account_is_signed_in_and_has_an_organisation(anyone: Any, told: Any) -> None:
    made = told(anyone.post(PATH, PERSON), 201)
    assert {"id", "email", "username", "full_name", "is_active", "created_at"} <= set(made)
    assert (made["full_name"], made["user"]["username"]) == ("Jane Smith", "jane_s")
    assert "password" not in str(made)
    mine = told(anyone.get("/api/auth/me/", HTTP_AUTHORIZATION=f"Bearer {made['access']}"), 200)
    assert [one["role"] for one in mine["organisations"]] == ["admin"]
    assert User.objects.get().check_password(PASSWORD)


def test_clients_that_send_the_password_twice(anyone: Any, told: Any) -> None:
    person = {"email": "c@viva.example", "username": "cora", "password1": PASSWORD, "password2": PASSWORD}
    assert told(anyone.post("/api/auth/registration", person), 201)["full_name"] == ""
    differ = {**person, "email": "d@viva.example", "username": "dora", "password2": "Correct-horse-8"}
    assert set(told(anyone.post(PATH, differ), 400)["fields"]) == {"password2"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "JANE@viva.example"}, "email"),
        ({"username": "ab"}, "username"),
        ({"username": "a" * 51}, "username"),
        ({"username": "jane smith"}, "username"),
        ({"username": "jane@home"}, "username"),
        ({"username": "JANE_S"}, "username"),
        ({"username": 12345}, "username"),
        ({"full_name": "J"}, "full_name"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": 7}, "full_name"),
        ({"password": "Short-7"}, "password"),
        ({"password": "no-upper-case-7"}, "password"),
        ({"password": "No-Digit-At-All"}, "password"),
        ({"password": "Password1"}, "password"),
        ({"password": "Karl-Ove-Bo1", "full_name": "Karl-Ove-Bo1"}, "password"),
        ({"password": ""}, "password"),
        ({"password": None}, "password"),
    ],
)
def test_each_rule(anyone: Any, told: Any, change: dict[str, Any], field: str) -> None:
    User.objects.create_user("jane_s", "jane@viva.example", PASSWORD)
    person = {**PERSON, "email": "k@viva.example", "username": "karl", **change}
    assert set(told(anyone.post(PATH, person), 400)["fields"]) == {field}
    assert User.objects.count() == 1


def test_a_username_is_told_its_characters(anyone: Any, told: Any) -> None:
    error = told(anyone.post(PATH, {**PERSON, "username": "jane smith"}), 400)
    assert error["message"] == "username: Use the letters A to Z, digits, hyphens and underscores only."


def test_it_can_be_closed(anyone: Any, told: Any, settings: Any) -> None:
    settings.REGISTRATION = False
    assert told(anyone.post(PATH, PERSON), 403)["code"] == "registration_closed"
    assert (User.objects.count(), Membership.objects.count()) == (0, 0)


def test_five_attempts_a_minute_for_an_address_whatever_it_calls_itself(anyone: Any, told: Any) -> None:
    cache.clear()
    for number in range(5):
        body = {"username": f"nobody{number}", "password": "x"}
        anyone.post("/api/auth/login/", body, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    for path in (PATH, "/api/auth/login/", "/api/auth/token/refresh/"):
        answer = anyone.post(path, {}, HTTP_X_FORWARDED_FOR="10.9.9.9")
        assert told(answer, 429)["code"] == "throttled"
        assert int(answer["Retry-After"]) > 0
    told(anyone.post(PATH, {}, REMOTE_ADDR="192.0.2.7"), 400)
    assert SecurityEvent.objects.filter(detail="too many attempts").count() == 1
