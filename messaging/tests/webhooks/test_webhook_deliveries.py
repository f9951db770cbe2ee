"""From what happens in an interview to what arrives: who is told, how often, and what becomes of failures."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.background import rows
from interviews.background.doing import do
from interviews.milestones import reach
from interviews.models import Session, Task
from interviews.retention import erase_expired
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.delivering import Deliverer
from messaging.webhooks.telling import DELIVER, ping

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def webhook(organisation: Any, receiver: Any) -> Webhook:
    return Webhook.objects.create(
        organisation=organisation,
        url=f"http://hooks.example:{receiver.port}/in",
        secret="whsec_scripted",
        events=["session.started", "session.completed"],
    )


@pytest.fixture
def work(sender: Any) -> Callable[[datetime], None]:
    """Does what is due, as a worker does."""
    deliverer = Deliverer(lambda: sender, lambda: NOW)

    def once(now: datetime = NOW) -> None:
        for claimed in rows.claim("a", 5, now=now, kinds=(DELIVER,)):
            async_to_sync(do)(claimed, deliverer.deliver, owner="a", clock=lambda: now)

    return once


def test_what_was_told_long_ago_is_forgotten_with_what_is_swept(webhook: Webhook) -> None:
    def told(status: str, days_ago: int) -> int:
        row = WebhookDelivery.objects.create(webhook=webhook, event="ping", payload={}, status=status)
        WebhookDelivery.objects.filter(pk=row.pk).update(created_at=NOW - timedelta(days=days_ago))
        return row.pk

    for status in ("delivered", "failed"):
        told(status, 31)
    stays = {told("open", 31), told("delivered", 29), told("failed", 0)}
    erase_expired(NOW)
    assert set(WebhookDelivery.objects.values_list("pk", flat=True)) == stays


def test_each_milestone_is_told_once(
    hiring: Any, webhook: Webhook, work: Any, receiver: Any, organisation: Any, told: Any
) -> None:
    other = Webhook.objects.create(
        organisation=organisation, url="https://b.example", events=["report.ready"]
    )
    off = Webhook.objects.create(
        organisation=organisation, url="https://c.example", events=["session.started"], is_active=False
    )
    told(hiring.candidate.post(f"{hiring.path}start/", {}, format="json"), 200)
    told(hiring.candidate.post(f"{hiring.path}end/", {}, format="json"), 200)
    session = Session.objects.get()
    reach(session, "session.completed", at=NOW)  # told again, by whatever repeats
    assert [one.event for one in WebhookDelivery.objects.order_by("pk")] == [
        "session.started",
        "session.completed",
    ]
    assert not other.deliveries.exists()
    assert not off.deliveries.exists()
    work(datetime.now(UTC) + timedelta(seconds=1))
    sent = [json.loads(body) for _path, _headers, body in receiver.got]
    by_event = {one["event"]: one for one in sent}
    assert set(by_event) == {"session.started", "session.completed"}
    assert by_event["session.started"]["data"]["status"] == "in_progress"
    ended = by_event["session.completed"]
    assert set(ended) == {"id", "event", "created_at", "data"}
    assert ended["data"]["session_id"] == str(session.uuid)
    assert ended["data"]["status"] == "completed"
    assert ended["data"]["started_at"].endswith("Z")
    assert not {"title", "candidate_name", "score", "overall_score"} & set(ended["data"])
    assert "Ada" not in str(receiver.got)
    _path, headers, _body = receiver.got[0]
    assert headers["Viva-Event"] in by_event
    assert headers["Viva-Delivery"] in {one["id"] for one in sent}
    assert headers["User-Agent"].startswith("Viva")
    assert set(WebhookDelivery.objects.values_list("status", "attempts")) == {("delivered", 1)}
    assert not Task.objects.filter(kind=DELIVER).exists()
    work(datetime.now(UTC) + timedelta(hours=1))
    assert len(receiver.got) == 2


def test_nobody_to_tell_costs_one_question(organisation: Any) -> None:
    session = Session(organisation=organisation)
    with CaptureQueriesContext(connection) as asked:
        reach(session, "session.started", at=NOW)
        reach(Session(), "session.started", at=NOW)
    assert len(asked) == 1


def test_failures_are_put_off_and_seen_and_at_last_given_up(
    webhook: Webhook, work: Any, receiver: Any
) -> None:
    receiver.answers(503, b"busy")
    delivery = ping(webhook, now=NOW)
    now, tries = NOW, 0
    while Task.objects.get().status == Task.Status.OPEN:
        now = Task.objects.get().due_at
        work(now)
        tries += 1
        delivery.refresh_from_db()
        assert (delivery.attempts, delivery.response_status) == (tries, 503)
        assert delivery.error == "It answered 503: busy"
    assert tries == len(rows.PUT_OFF) + 1
    assert delivery.status == "failed"
    bodies = {body for _path, _headers, body in receiver.got}
    assert len(bodies) == 1  # the same bytes each time
    receiver.answers(204)
    rows.run_again([Task.objects.get().pk], now=now)  # as the admin does
    work(now)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.error, delivery.attempts) == ("delivered", "", tries + 1)
    assert delivery.delivered_at == NOW


def test_gone_switches_it_off(webhook: Webhook, work: Any, receiver: Any) -> None:
    receiver.answers(410)
    first, second = ping(webhook, now=NOW), ping(webhook, now=NOW + timedelta(hours=1))
    work(NOW)
    work(NOW + timedelta(hours=1))
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert len(receiver.got) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.response_status) == ("failed", 410)
    assert (second.status, second.error) == ("failed", "The webhook is switched off.")


def test_an_address_that_turned_bad_is_not_asked(webhook: Webhook, work: Any, receiver: Any) -> None:
    Webhook.objects.update(url=f"https://169.254.169.254:{receiver.port}/")
    delivery = ping(webhook, now=NOW)
    work(NOW)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.response_status) == ("open", None)
    assert "private or reserved" in delivery.error


def test_what_was_deleted_meanwhile_is_nobodys_work(webhook: Webhook, work: Any, receiver: Any) -> None:
    ping(webhook, now=NOW)
    webhook.delete()
    work(NOW)
    assert not Task.objects.exists()
    assert receiver.got == []
