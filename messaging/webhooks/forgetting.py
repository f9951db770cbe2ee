"""Forgets what webhooks were told once nobody looks into it any more."""

from datetime import datetime, timedelta
from typing import Any

from messaging.models import WebhookDelivery

KEPT = timedelta(days=30)  # judged: a receiver that was away for a holiday can still be told again
AT_ONCE = 500


def forget_deliveries(*, now: datetime, **_: Any) -> None:
    """Receives `interviews.retention.sweeping`. What is still to be delivered stays.

    The oldest are looked at in the order of their numbers, which needs no index of its own.
    """
    rows = WebhookDelivery.objects.exclude(status=WebhookDelivery.Status.OPEN).order_by("pk")
    oldest = rows.values_list("pk", "created_at")[:AT_ONCE]
    old = [pk for pk, created_at in oldest if created_at < now - KEPT]
    WebhookDelivery.objects.filter(pk__in=old).delete()
