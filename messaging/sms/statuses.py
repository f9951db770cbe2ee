"""What the carrier says became of a text: kept on its row, which never goes back."""

from datetime import datetime, timedelta

from django.db import transaction

from interviews.background.rows import want
from messaging.models import Message
from messaging.sms.undeliverable import stop_interviews

STATUS = "sms.status"
LOOK_AGAIN_AFTER = timedelta(seconds=10)  # a report can overtake the answer that names the text
_QUEUED, _SENT = Message.Status.QUEUED, Message.Status.SENT
AFTER = {  # what the report makes of a row, and from which states
    "sent": (_SENT, (_QUEUED,)),
    "delivered": (Message.Status.DELIVERED, (_QUEUED, _SENT)),
    "read": (Message.Status.DELIVERED, (_QUEUED, _SENT)),
    "undelivered": (Message.Status.FAILED, (_QUEUED, _SENT)),
    "failed": (Message.Status.FAILED, (_QUEUED, _SENT)),
    "canceled": (Message.Status.FAILED, (_QUEUED, _SENT)),
}


@transaction.atomic
def keep_status(
    provider_id: str, status: str, code: str, *, now: datetime, is_last_try: bool = False
) -> None:
    """Keep a report; of a text that is not known yet it is kept a little later."""
    if status not in AFTER:
        return
    message = Message.objects.select_for_update().filter(
        provider_id=provider_id, direction=Message.Direction.OUT
    )
    row = message.first()
    if row is None:
        if not is_last_try:
            payload = {"provider_id": provider_id, "status": status, "code": code}
            want(STATUS, f"{provider_id}/{status}"[:100], payload, now=now + LOOK_AGAIN_AFTER)
        return
    becomes, earlier = AFTER[status]
    if row.status not in earlier:
        return
    row.status = becomes
    row.error_code = code[:40] if becomes == Message.Status.FAILED else ""
    row.save(update_fields=["status", "error_code"])
    if becomes == Message.Status.FAILED:
        stop_interviews(row.to, code or status, now=now)
