"""A forgotten password over the interface: who asks learns nothing, and a link is worth one password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from accounts.api.signing_in import new_tokens
from accounts.mail import CONSOLE
from accounts.models import SecurityEvent, User
from accounts.reset_links import reset_link
from interviews.models import Task
from messaging.mail.accounts import send_reset

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
NEW = "Battery-staple-8"
ASK, CONFIRM = "/api/auth/password/reset/", "/api/auth/password/reset/confirm/"


def parts(link: str) -> dict[str, str]:
    found = re.search(r"/password/reset/([^/]+)/([^/]+)/", link)
    assert found is not None
    return {"uid": found[1], "token": found[2]}


def test_the_answer_is_the_same_for_everybody(make_user: MakeUser, anyone: Any, told: Any) -> None:
    make_user("rita")
    inactive = make_user("ines")
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    answers = [
        told(anyone.post(ASK, {"email": f"{name}@acme.example"}), 200) for name in ("RITA", "ines", "nobody")
    ]
    assert answers[0] == answers[1] == answers[2]
    for task in Task.objects.all():
        send_reset(task.payload)
    assert [one.to for one in mail.outbox] == [["rita@acme.example"]]
    assert list(SecurityEvent.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "ok", "refused", "refused",
    ]  # fmt: skip


def test_a_link_is_worth_one_password_and_ends_every_token(
    make_user: MakeUser, anyone: Any, told: Any
) -> None:
    user = make_user("rita")
    tokens = new_tokens(user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    link = parts(reset_link(user))
    assert "new_password" in told(anyone.post(CONFIRM, {**link, "new_password": "no-digit-A"}), 400)["fields"]
    told(anyone.post(CONFIRM, {**link, "new_password": NEW}), 200)
    told(client.get("/api/auth/me/"), 401)
    told(anyone.post("/api/auth/refresh/", {"refresh": tokens["refresh"]}), 401)
    again = told(anyone.post(CONFIRM, {**link, "new_password": "Another-one-9"}), 400)
    assert again["code"] == "reset_link_over"
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_link_ends_by_signing_in_and_by_time(
    make_user: MakeUser, anyone: Any, told: Any, settings: Any, client: Any
) -> None:
    user = make_user("rita")
    link = parts(reset_link(user))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert told(anyone.post(CONFIRM, {**link, "new_password": NEW}), 400)["code"] == "reset_link_over"
    settings.PASSWORD_RESET_TIMEOUT = 60
    client.force_login(user)
    assert told(anyone.post(CONFIRM, {**link, "new_password": NEW}), 400)["code"] == "reset_link_over"


@pytest.mark.parametrize("uid", ["", "é", "AAAA", "OTk5", "MTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw"])
def test_what_is_no_link(db: None, anyone: Any, told: Any, uid: str) -> None:
    told(anyone.post(CONFIRM, {"uid": uid, "token": "x", "new_password": NEW}), 400)


def test_throttled_as_signing_in(db: None, anyone: Any, told: Any) -> None:
    for _ in range(5):
        anyone.post(ASK, {"email": "nobody@acme.example"})
    told(anyone.post(ASK, {"email": "nobody@acme.example"}), 429)


def test_without_a_mail_server(db: None, anyone: Any, told: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    assert told(anyone.post(ASK, {"email": "nobody@acme.example"}), 409)["code"] == "mail_not_set"
