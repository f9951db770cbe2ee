"""Login and refresh."""

from typing import Any

import pytest

from accounts.models import SecurityEvent, User

pytestmark = pytest.mark.django_db
PASSWORD = "Correct-horse-7"


@pytest.mark.parametrize(
    "body",
    [
        {"username": "rita"},
        {"email": "rita@acme.example"},
        {"username": "RITA@acme.example"},
        {"username": "", "email": "rita@acme.example"},
        {"username": "rita", "email": ""},
    ],
)
def test_by_name_or_address(make_user: Any, anyone: Any, told: Any, body: dict[str, str]) -> None:
    make_user("rita")
    tokens = told(anyone.post("/api/auth/login/", {**body, "password": PASSWORD}), 200)
    assert tokens["access"] == tokens["access_token"]
    assert tokens["token_type"] == "bearer"
    assert tokens["user"]["username"] == "rita"
    told(anyone.get("/api/sessions/", HTTP_AUTHORIZATION=f"Bearer {tokens['access']}"), 200)


def test_the_same_error_whichever_part_is_wrong(make_user: Any, anyone: Any, told: Any) -> None:
    make_user("rita")
    wrong = told(anyone.post("/api/auth/login/", {"username": "rita", "password": "x"}), 401)
    unknown = told(anyone.post("/api/auth/login/", {"username": "nobody", "password": PASSWORD}), 401)
    assert wrong == unknown


def test_an_inactive_account_is_told_so(make_user: Any, anyone: Any, told: Any) -> None:
    make_user("rita")
    User.objects.update(is_active=False)
    error = told(anyone.post("/api/auth/login/", {"username": "rita", "password": PASSWORD}), 403)
    assert error["code"] == "inactive"


def test_five_attempts_a_minute(anyone: Any, told: Any) -> None:
    for _ in range(5):
        told(anyone.post("/api/auth/login/", {"username": "a", "password": "b"}), 401)
    forged = anyone.post(
        "/api/auth/login/", {"username": "a", "password": "b"}, HTTP_X_FORWARDED_FOR="1.2.3.4"
    )
    told(forged, 429)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "rita"},
        {"password": "x"},
        {"username": "\0", "password": "x"},
        {"username": "", "email": "", "password": "x"},
    ],
)
def test_what_is_missing_is_named(anyone: Any, told: Any, body: dict[str, str]) -> None:
    assert told(anyone.post("/api/auth/login/", body), 400)["fields"]


def test_a_refresh_token_is_used_up(make_user: Any, anyone: Any, told: Any) -> None:
    make_user("rita")
    tokens = told(anyone.post("/api/auth/login/", {"username": "rita", "password": PASSWORD}), 200)
    fresh = told(anyone.post("/api/auth/token/refresh/", {"refresh": tokens["refresh"]}), 200)
    assert fresh["refresh"] != tokens["refresh"]
    assert (
        told(anyone.post("/api/auth/token/refresh/", {"refresh": tokens["refresh"]}), 401)["code"]
        == "token_not_valid"
    )
    noted = SecurityEvent.objects.get(kind="refresh")
    assert (str(noted.user), noted.detail) == ("rita", "used before")
    told(anyone.post("/api/auth/token/refresh/", {"refresh": "junk"}), 401)


def test_without_its_cache_people_still_get_in(make_user: Any, anyone: Any, told: Any, settings: Any) -> None:
    make_user("rita")
    dead = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": dead}
    told(anyone.post("/api/auth/login/", {"username": "rita", "password": PASSWORD}), 200)
