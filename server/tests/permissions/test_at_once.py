"""Two who do the same thing in the same moment: it happens once, or each is kept whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Organisation
from hiring.models import Candidate, Decision, Interview
from interviews.models import Event, Session, Task
from messaging.models import Webhook, WebhookDelivery

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def at_once(ask: Callable[[], Any]) -> list[int]:
    """The statuses, in order of size. Each thread gives its connection back."""
    together = Barrier(AT_ONCE)

    def one(_: int) -> int:
        together.wait()
        try:
            return int(ask().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(threads.map(one, range(AT_ONCE)))


def test_an_interview_begins_once(hiring: Any) -> None:
    statuses = at_once(lambda: hiring.candidate.post(f"{hiring.path}start/"))
    assert statuses[0] == 200
    assert set(statuses) <= {200, 409}  # 409: it has begun already
    session = Session.objects.get(pk=hiring.made["id"])
    assert session.status == "in_progress"
    said = session.turns.filter(speaker="interviewer").exclude(text="")
    assert said.count() == 1
    assert Event.objects.filter(session=session, type="session.opened").count() == 1


def test_all_decisions_are_kept_and_one_counts(recruiter: Any, organisation: Organisation, told: Any) -> None:
    candidate = Candidate.objects.create(organisation=organisation, name="Ada")
    interview = Interview.objects.create(organisation=organisation, candidate=candidate)
    path = f"/api/interviews/{interview.pk}/"
    body = {"verdict": "hold", "reason": "Later."}
    assert at_once(lambda: recruiter.post(f"{path}decision/", body)) == [201] * AT_ONCE
    newest = Decision.objects.filter(interview=interview).order_by("-decided_at", "-pk")
    assert newest.count() == AT_ONCE
    read = told(recruiter.get(path), 200)
    assert (read["status"], read["decision"]["id"]) == ("decided", newest[0].pk)


def test_a_delivery_is_wanted_again_once(recruiter: Any, organisation: Organisation) -> None:
    webhook = Webhook.objects.create(organisation=organisation, url="https://hooks.example/", secret="s")
    delivery = WebhookDelivery.objects.create(webhook=webhook, event="ping", payload={}, status="failed")
    path = f"/api/webhooks/{webhook.pk}/deliveries/{delivery.pk}/replay/"
    assert at_once(lambda: recruiter.post(path)) == [202] * AT_ONCE
    assert Task.objects.filter(payload__delivery=str(delivery.uuid)).count() == 1
