"""Webhooks over REST: who may, what is refused, that secrets are shown once, and what deliveries tell."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from interviews.milestones import reach
from interviews.models import Session, Task
from messaging.api.views.webhooks import MOST_WEBHOOKS
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.telling import ping

pytestmark = pytest.mark.django_db
PATH = "/api/webhooks/"
WISH = {"url": "https://93.184.216.34/in", "events": ["report.ready", "session.started", "report.ready"]}
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_made_read_changed_deleted(
    recruiter: Any, make_user: Any, as_user: Any, stranger: Any, told: Any
) -> None:
    made = told(recruiter.post(PATH, WISH), 201)
    secret, one = made.pop("secret"), f"{PATH}{made['id']}/"
    assert secret.startswith("whsec_")
    assert made["events"] == ["report.ready", "session.started"]
    assert told(recruiter.get(one), 200) == made  # without the secret
    assert told(recruiter.get(PATH), 200)["results"] == [made]
    changed = told(recruiter.patch(one, {"description": "ATS", "is_active": False}), 200)
    assert (changed["description"], changed["is_active"]) == ("ATS", False)
    assert told(recruiter.get(PATH, {"is_active": "true"}), 200)["count"] == 0
    again = told(recruiter.post(f"{one}secret/"), 200)["secret"]
    assert again != secret
    assert Webhook.objects.get().secret == again
    observer = as_user(make_user("olga", Role.OBSERVER))
    assert "secret" not in told(observer.get(one), 200)
    for refused in (
        observer.post(PATH, WISH),
        observer.patch(one, {"is_active": True}),
        observer.post(f"{one}secret/"),
        observer.post(f"{one}test/"),
        observer.delete(one),
    ):
        told(refused, 403)
    for hidden in (stranger.get(one), stranger.post(f"{one}secret/"), stranger.get(f"{one}deliveries/")):
        told(hidden, 404)
    assert told(stranger.get(PATH), 200)["count"] == 0
    assert recruiter.delete(one).status_code == 204


def test_who_is_nobody_or_a_candidate(anyone: Any, hiring: Any, told: Any) -> None:
    told(anyone.get(PATH), 401)
    told(anyone.post(PATH, WISH), 401)
    told(hiring.candidate.get(PATH), 403)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://93.184.216.34/"),
        ("url", "https://127.0.0.1/"),
        ("url", "https://[::ffff:169.254.169.254]/"),
        ("url", "https://u:p@93.184.216.34/"),
        ("url", "https://93.184.216.34:25/"),
        ("url", "https://93.184.216.34/\x00"),
        ("url", "https://93.184.216.34/\ud800"),
        ("url", "x" * 501),
        ("url", ["https://93.184.216.34/"]),
        ("events", []),
        ("events", ["session.exploded"]),
        ("events", ["\ud800"]),
        ("events", [["report.ready"]]),
        ("events", "report.ready"),
        ("events", ["report.ready"] * 11),
        ("description", "x" * 201),
        ("is_active", "maybe"),
    ],
)
def test_what_is_wrong_is_named(recruiter: Any, told: Any, field: str, value: Any) -> None:
    wish = json.dumps({**WISH, field: value})
    error = told(recruiter.post(PATH, wish, content_type="application/json"), 400)
    assert field in " ".join(error["fields"])


def test_what_it_can_be_told_of_is_named(recruiter: Any, told: Any) -> None:
    error = told(recruiter.post(PATH, {**WISH, "events": ["session.over"]}, format="json"), 400)
    assert "session.started, session.completed, report.ready" in error["message"]


def test_deliveries_are_seen_and_sent_again(recruiter: Any, hiring: Any, told: Any) -> None:
    made = told(recruiter.post(PATH, {**WISH, "events": ["session.started"]}), 201)
    one = f"{PATH}{made['id']}/"
    reach(Session.objects.get(), "session.started", at=NOW)
    pinged = told(recruiter.post(f"{one}test/"), 202)
    assert (pinged["event"], pinged["session_id"], pinged["status"]) == ("ping", None, "open")
    with CaptureQueriesContext(connection) as asked:
        listed = told(recruiter.get(f"{one}deliveries/"), 200)
    few = len(asked)
    assert [row["event"] for row in listed["results"]] == ["ping", "session.started"]
    assert listed["results"][1]["session_id"] == hiring.made["session_id"]
    for _ in range(5):
        ping(Webhook.objects.get(), now=NOW)
    with CaptureQueriesContext(connection) as asked:
        told(recruiter.get(f"{one}deliveries/"), 200)
    assert len(asked) == few
    session = {"session_id": hiring.made["session_id"]}
    assert told(recruiter.get(f"{one}deliveries/", session), 200)["count"] == 1
    assert told(recruiter.get(f"{one}deliveries/", {"status": "delivered"}), 200)["count"] == 0
    assert told(recruiter.get(f"{one}deliveries/", {"event": "ping"}), 200)["count"] == 6
    told(recruiter.get(f"{one}deliveries/", {"event": "pong"}), 400)
    Task.objects.all().delete()
    WebhookDelivery.objects.update(status="delivered", attempts=3)
    for reference in (pinged["id"], pinged["uuid"]):
        again = told(recruiter.post(f"{one}deliveries/{reference}/replay/"), 202)
        assert (again["uuid"], again["status"], again["attempts"]) == (pinged["uuid"], "open", 3)
    assert Task.objects.get().payload == {"delivery": pinged["uuid"]}
    for nothing in ("0", "9" * 19, "9" * 40, "x", "²"):
        told(recruiter.post(f"{one}deliveries/{nothing}/replay/"), 404)
    told(recruiter.get(f"{PATH}{'9' * 25}/"), 404)
    told(recruiter.patch(one, {"is_active": False}), 200)
    assert told(recruiter.post(f"{one}test/"), 409)["code"] == "inactive"
    assert told(recruiter.post(f"{one}deliveries/{pinged['id']}/replay/"), 409)["code"] == "inactive"


def test_no_more_than_agreed(recruiter: Any, told: Any, organisation: Any) -> None:
    Webhook.objects.bulk_create([Webhook(organisation=organisation, url="https://a.example")] * MOST_WEBHOOKS)
    assert told(recruiter.post(PATH, WISH), 409)["code"] == "too_many"
