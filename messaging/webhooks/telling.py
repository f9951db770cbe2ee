"""Writes down who must be told of what, with the work of telling them, in one transaction."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from interviews.background.rows import want
from interviews.models import Session
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.payloads import PING, facts_of, message

DELIVER = "webhook.deliver"


class InactiveError(Exception):
    """Nothing is sent to a webhook that is switched off."""


def note_milestone(*, session: Session, milestone: str, at: datetime, **_: Any) -> None:
    """Receives `interviews.milestones.reached`. Twice does no harm: each is told of each once."""
    if session.organisation_id is None:
        return
    active = Webhook.objects.filter(organisation=session.organisation_id, is_active=True)
    for webhook in [one for one in active.order_by("pk") if milestone in one.events]:
        uuid = uuid4()
        payload = message(uuid, milestone, at, facts_of(session))
        delivery, is_new = WebhookDelivery.objects.get_or_create(
            webhook=webhook, event=milestone, session=session, defaults={"uuid": uuid, "payload": payload}
        )
        if is_new:
            _want(delivery, at)


@transaction.atomic
def ping(webhook: Webhook, *, now: datetime) -> WebhookDelivery:
    """Have a message without content sent, to see whether it arrives. Raises InactiveError."""
    _require_active(webhook)
    uuid = uuid4()
    delivery = WebhookDelivery.objects.create(
        uuid=uuid, webhook=webhook, event=PING, payload=message(uuid, PING, now, {"webhook_id": webhook.pk})
    )
    _want(delivery, now)
    return delivery


@transaction.atomic
def replay(delivery: WebhookDelivery, *, now: datetime) -> WebhookDelivery:
    """Have it sent again, with the same id and content. Raises InactiveError."""
    _require_active(delivery.webhook)
    delivery.status = WebhookDelivery.Status.OPEN
    delivery.error = ""
    delivery.save(update_fields=["status", "error"])
    _want(delivery, now)
    return delivery


def _require_active(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise InactiveError


def _want(delivery: WebhookDelivery, now: datetime) -> None:
    want(DELIVER, str(delivery.uuid), {"delivery": str(delivery.uuid)}, now=now)
