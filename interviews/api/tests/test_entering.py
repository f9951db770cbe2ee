"""Who is let in: nobody, strangers, guests of another session, cookies, tokens, browsers."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.models import User
from interviews.guest_cookie import cookie_name
from interviews.models import Session

pytestmark = pytest.mark.django_db
BELOW = ("", "questions/", "turns/", "results/", "events/", "transcript/", "recording/")


@pytest.mark.parametrize("below", [*BELOW, "score/", "notes/"])
def test_strangers_and_other_guests_find_nothing(
    hiring: Any, guest: Any, stranger: Any, anyone: Any, told: Any, below: str
) -> None:
    address = f"{hiring.path}{below}"
    assert told(stranger.get(address), 404)["message"] == "There is no such session."
    assert told(guest.get(address), 404)["code"] == "not_found"
    assert told(anyone.get(address), 401)["code"] == "not_authenticated"


@pytest.mark.parametrize("kind", ["", "pdf/", "json/"])
def test_reports_of_others_do_not_exist(
    hiring: Any, guest: Any, stranger: Any, anyone: Any, told: Any, kind: str
) -> None:
    address = f"/api/reports/{hiring.made['session_id']}/{kind}"
    told(stranger.get(address), 404)
    told(guest.get(address), 404)
    told(anyone.get(address), 401)
    told(hiring.recruiter.get(address), 409)


@pytest.mark.parametrize(
    "address", ["/api/sessions/", "/api/questions/", "/api/reports/", "/api/me/session/"]
)
def test_lists_need_somebody(anyone: Any, told: Any, db: None, address: str) -> None:
    refused = anyone.get(address)
    told(refused, 401)
    assert refused["WWW-Authenticate"].startswith("Bearer")


def test_a_token_opens_by_header_address_and_cookie(guest: Any, anyone: Any, told: Any) -> None:
    token = guest.made["public_token"]
    told(anyone.get(f"{guest.path}?t={token}"), 200)
    anyone.cookies[cookie_name(guest.session.uuid)] = token
    told(anyone.get(guest.path), 200)
    told(anyone.get("/api/me/session/"), 200)


def test_a_cookie_needs_the_pages_csrf_token_to_change_anything(guest: Any, told: Any) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.cookies[cookie_name(guest.session.uuid)] = guest.made["public_token"]
    body = {"accommodations": {"typed": True}}
    address = f"/api/me/session/?session={guest.made['session_id']}"
    assert told(browser.patch(address, body), 403)["code"] == "csrf_failed"
    browser.cookies["csrftoken"] = "a" * 32
    told(browser.patch(address, body, HTTP_X_CSRFTOKEN="a" * 32), 200)


@pytest.mark.parametrize("token", ["wrong", "", "x" * 5000, "nul%00"])
def test_tokens_that_open_nothing(guest: Any, anyone: Any, told: Any, token: str) -> None:
    told(anyone.get(f"{guest.path}?t={token}"), 401)


def test_an_expired_token_opens_nothing(guest: Any, told: Any) -> None:
    Session.objects.update(token_expires_at=timezone.now() - timedelta(seconds=1))
    assert told(guest.get(guest.path), 401)["code"] == "token_not_valid"


def test_a_bearer_token_is_an_access_token(make_user: Any, anyone: Any, told: Any) -> None:
    user = make_user("rita")
    told(anyone.get("/api/sessions/", HTTP_AUTHORIZATION=f"Bearer {AccessToken.for_user(user)}"), 200)
    for wrong in (str(RefreshToken.for_user(user)), "nonsense", "eyJhbGciOiJub25lIn0.eyJ1c2VyX2lkIjoiMSJ9."):
        error = told(anyone.get("/api/sessions/", HTTP_AUTHORIZATION=f"Bearer {wrong}"), 401)
        assert error["code"] == "token_not_valid"


@pytest.mark.parametrize("address", ["/api/sessions/", "/api/auth/me/", "/api/profile/", "/api/interview/"])
def test_a_disabled_account_is_told_so(make_user: Any, anyone: Any, told: Any, address: str) -> None:
    user = make_user("rita")
    token = AccessToken.for_user(user)
    User.objects.update(is_active=False)
    refused = anyone.get(address, HTTP_AUTHORIZATION=f"Bearer {token}")
    assert told(refused, 403)["code"] == "inactive"


def test_a_browser_session_enters_and_a_guests_cookie_beside_it_takes_nothing_away(
    make_user: Any, hiring: Any, told: Any
) -> None:
    browser = APIClient()
    browser.force_login(User.objects.get(username="rita"))
    browser.cookies[cookie_name(Session.objects.get(pk=hiring.made["id"]).uuid)] = hiring.made["public_token"]
    told(browser.get(f"{hiring.path}notes/"), 200)
    own = told(browser.get(f"/api/me/session/?session={hiring.made['session_id']}"), 200)
    assert own["session_id"] == hiring.made["session_id"]


def test_guests_open_no_bank_and_make_no_sessions(guest: Any, told: Any) -> None:
    told(guest.get("/api/question-bank/"), 403)
    told(guest.post("/api/sessions/", {}), 403)
