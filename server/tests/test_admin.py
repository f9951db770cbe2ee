"""Django's admin: every page opens, links are issued there, and what was said can't be changed."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from accounts.models import SecurityEvent, User
from interviews.access import find_guest_session
from interviews.models import (
    Command,
    Evaluation,
    Event,
    Override,
    RecordingSegment,
    Report,
    ReportShare,
    Request,
    Session,
)
from server.demo import make_demo

OURS = {"accounts", "hiring", "interviews"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("root", "root@viva.example", "a password"))
    return client


@pytest.fixture
def session() -> Session:
    return make_demo(timezone.now(), retention_days=30).session


def pages() -> list[str]:
    return [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
        if model._meta.app_label in OURS
    ]


def test_the_admin_knows_our_tables() -> None:
    assert len(pages()) >= 13


def test_every_list_opens(client: Client, session: Session) -> None:
    for page in pages():
        assert client.get(reverse(page), {"q": "x"}).status_code in {200, 302}, page


def test_a_session_shows_its_questions_and_no_token(client: Client, session: Session) -> None:
    html = client.get(reverse("admin:interviews_session_change", args=[session.pk])).content.decode()
    assert escape(session.questions.get(order=1).text) in html
    assert session.token_hash not in html


def act(client: Client, session: Session, action: str) -> str:
    chosen = {"action": action, "_selected_action": [session.pk]}
    return client.post(reverse("admin:interviews_session_changelist"), chosen, follow=True).content.decode()


def test_a_new_link_replaces_the_former(client: Client, session: Session) -> None:
    former = session.token_hash
    told = re.search(r"http://localhost/i/([\w-]{43})/", act(client, session, "issue_links"))
    assert told
    assert find_guest_session(told[1], timezone.now()) == session
    session.refresh_from_db()
    assert session.token_hash != former


def test_a_link_can_be_revoked(client: Client, session: Session) -> None:
    assert "no longer open anything" in act(client, session, "revoke_links")
    session.refresh_from_db()
    assert session.token_hash == ""


def test_a_log_is_verified(client: Client, session: Session) -> None:
    assert "0 events, 0 erased, intact" in act(client, session, "verify_logs")
    Session.objects.filter(pk=session.pk).update(head_hash="f" * 64)  # as if the tail had been cut off
    assert "BROKEN" in act(client, session, "verify_logs")


def test_what_was_said_is_erased_after_asking(client: Client, session: Session) -> None:
    assert "Interviews that are not over" in act(client, session, "erase")
    Session.objects.filter(pk=session.pk).update(status=Session.Status.COMPLETED)
    assert "Erase for good" in act(client, session, "erase")
    session.refresh_from_db()
    assert session.candidate_name
    chosen = {"action": "erase", "_selected_action": [session.pk], "confirmed": "yes"}
    client.post(reverse("admin:interviews_session_changelist"), chosen)
    session.refresh_from_db()
    assert (session.candidate_name, session.token_hash) == ("", "")


@pytest.mark.parametrize(
    "model", [Event, Evaluation, Command, RecordingSegment, Report, Override, ReportShare]
)
def test_what_happened_is_read_only(client: Client, rf: Any, model: type) -> None:
    page = admin.site._registry[model]
    request = rf.get("/")
    request.user = User.objects.get(username="root")
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


def test_a_link_to_a_report_is_closed_and_noted(client: Client, session: Session) -> None:
    fields: dict[str, Any] = {"session": session, "edition": "panel", "expires_at": timezone.now()}
    share = ReportShare.objects.create(token_hash="a", **fields)
    closed = ReportShare.objects.create(token_hash="b", revoked_at=timezone.now(), **fields)
    sent = {"action": "revoke_links", "_selected_action": [share.pk, closed.pk]}
    shown = client.post(reverse("admin:interviews_reportshare_changelist"), sent, follow=True)
    assert "1 links no longer open anything" in shown.content.decode()
    share.refresh_from_db()
    assert share.revoked_at is not None
    assert SecurityEvent.objects.get(kind="report_link").detail == f"revoked {share.pk}"


def test_a_request_is_answered(client: Client, session: Session) -> None:
    asked = Request.objects.create(session=session, kind="review", text="Please look again")
    page = reverse("admin:interviews_request_change", args=[asked.pk])
    assert client.post(page, {"status": "answered", "answer": "We did."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.answer, asked.text) == ("We did.", "Please look again")
    assert asked.answered_at is not None
    assert (asked.answered_by, asked.answered_by_name) == (User.objects.get(username="root"), "root")
