"""An invitation link opens one room, or says why it does not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interviews.guest_cookie import cookie_name


def test_the_token_moves_into_a_cookie_and_out_of_the_address(client: Client, make_interview) -> None:
    session, token = make_interview()
    answer = client.get(f"/i/{token}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/room/{session.uuid}/"
    cookie = answer.cookies[cookie_name(session.uuid)]
    assert cookie.value == token
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 0 < cookie["max-age"] <= 86_400
    assert not cookie["secure"]
    assert "no-store" in answer["Cache-Control"]


def test_the_cookie_is_secure_over_https(client: Client, make_interview) -> None:
    session, token = make_interview()
    answer = client.get(f"/i/{token}/", secure=True)
    assert answer.cookies[cookie_name(session.uuid)]["secure"]


def test_an_unknown_link_says_so(client: Client, db: None) -> None:
    answer = client.get("/i/nonsense/")
    assert answer.status_code == 404
    assert b"This link opens nothing here" in answer.content
    assert not answer.cookies


def test_an_expired_link_says_so(client: Client, make_interview) -> None:
    _, token = make_interview(token_expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.get(f"/i/{token}/")
    assert answer.status_code == 410
    assert b"This link has expired" in answer.content


@pytest.mark.parametrize("path", ["/i/{token}/", "/room/{uuid}/"])
def test_a_cancelled_interview_says_so(client: Client, make_interview, path: str) -> None:
    session, token = make_interview(status="cancelled")
    client.cookies[cookie_name(session.uuid)] = token
    answer = client.get(path.format(token=token, uuid=session.uuid))
    assert answer.status_code == 410
    assert b"was cancelled" in answer.content


def test_a_revoked_link_opens_nothing(client: Client, make_interview) -> None:
    session, token = make_interview()
    client.get(f"/i/{token}/")
    session.token_hash = ""
    session.save()
    assert client.get(f"/room/{session.uuid}/").status_code == 404
