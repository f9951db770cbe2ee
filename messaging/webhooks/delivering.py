"""Delivers one event to one webhook, once: called again with growing pauses until it is there.

A receiver may get one delivery twice (its answer was lost, or a process died after sending), and knows it by
`Viva-Delivery`. 2xx is delivered; 410 says never again, and switches the webhook off.
"""

import time
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db.models import F
from msgspec import Struct

from interviews.background.kinds import GiveUpError
from interviews.live.patient_database import ask
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.addresses import AddressError
from messaging.webhooks.payloads import body_of
from messaging.webhooks.sending import Answer, Sender, SendingError
from messaging.webhooks.signing import HEADER, sign

USER_AGENT = "Viva-Webhooks/1"
Status = WebhookDelivery.Status


class DeliveryError(Exception):
    """It did not arrive; another try may help."""


class _Attempt(Struct, frozen=True):
    """What became of one try. `error` is empty where it arrived."""

    answer: Answer | None
    error: str
    took_ms: int


class Deliverer:
    """The handler of `webhook.deliver`."""

    def __init__(self, sender: Callable[[], Sender], clock: Callable[[], datetime]) -> None:
        """`sender` is asked at each delivery, so that settings need not be read before they are there."""
        self._sender = sender
        self._clock = clock

    async def deliver(self, payload: dict[str, Any]) -> None:
        """Raises DeliveryError, and GiveUpError where the receiver wants nothing any more."""
        delivery = await ask(_find, payload["delivery"])
        if delivery is None or delivery.status == Status.DELIVERED:
            return
        if not delivery.webhook.is_active:
            raise GiveUpError("The webhook is switched off.")
        attempt = await self._try(delivery)
        await ask(_keep, delivery, attempt, self._clock())
        if attempt.answer is not None and attempt.answer.status == HTTPStatus.GONE:
            raise GiveUpError(attempt.error)
        if attempt.error:
            raise DeliveryError(attempt.error)

    async def _try(self, delivery: WebhookDelivery) -> _Attempt:
        body = body_of(delivery.payload)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": USER_AGENT,
            "Viva-Event": delivery.event,
            "Viva-Delivery": str(delivery.uuid),
            HEADER: sign(delivery.webhook.secret, body, at_s=int(self._clock().timestamp())),
        }
        began = time.monotonic()
        answer, error = None, ""
        try:
            answer = await self._sender().send(delivery.webhook.url, headers, body)
        except (SendingError, AddressError) as failure:
            error = str(failure)
        if answer is not None and not answer.is_success:
            error = f"It answered {answer.status}: {answer.words}".rstrip(": ")
        return _Attempt(answer, error, round((time.monotonic() - began) * 1000))


def give_up(payload: dict[str, Any], error: str) -> None:
    """It will not be tried again by itself: say so where people look. Sync, in the work's transaction."""
    rows = WebhookDelivery.objects.filter(uuid=payload["delivery"]).exclude(status=Status.DELIVERED)
    rows.update(status=Status.FAILED)
    rows.filter(error="").update(error=error[:300])


def _find(uuid: str) -> WebhookDelivery | None:
    return WebhookDelivery.objects.select_related("webhook").filter(uuid=uuid).first()


def _keep(delivery: WebhookDelivery, attempt: _Attempt, now: datetime) -> None:
    status = attempt.answer.status if attempt.answer is not None else None
    is_there = not attempt.error
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        status=Status.DELIVERED if is_there else Status.OPEN,
        attempts=F("attempts") + 1,
        response_status=status if status is None or status < 1000 else None,
        took_ms=attempt.took_ms,
        error=attempt.error[:300],
        last_tried_at=now,
        delivered_at=now if is_there else delivery.delivered_at,
    )
    if status == HTTPStatus.GONE:
        Webhook.objects.filter(pk=delivery.webhook_id).update(is_active=False)
