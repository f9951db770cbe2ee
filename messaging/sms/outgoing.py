"""Texts on their way out: written as rows with whatever caused them, handed over one after another.

One task a number sends what waits for it, in the order in which it was written. A row is marked before it is
handed over; where the outcome was lost in a crash, the carrier is asked before anything is sent again.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct

from interviews.background.rows import want
from messaging.links import PLACE, link_for
from messaging.models import Message, SmsInterview
from messaging.sms.consent import is_opted_out
from messaging.sms.numbers import masked, name_of
from messaging.sms.port import SmsError, SmsSender
from messaging.sms.quiet_hours import next_allowed, zone_of
from messaging.sms.splitting import split
from messaging.sms.undeliverable import stop_interviews

logger = logging.getLogger(__name__)
SEND = "sms.send"
INITIATED = frozenset(
    {"invitation", "consent_request", "reminder", "closing"}
)  # never at night; the rest are answers
ALWAYS = frozenset({"opt_out"})  # the one text that may follow STOP
HANDING_OVER = "handing_over"
DAY = timedelta(days=1)


class Text(Struct, frozen=True):
    """What is said, and what for; two with one key are the same."""

    body: str
    kind: str
    key: str


@transaction.atomic
def queue(number: str, text: Text, *, now: datetime, interview: SmsInterview | None = None) -> None:
    """Write `text` in parts and wish for it to be sent: at once, or in the morning where it is unasked."""
    zone = zone_of(interview.time_zone if interview else "UTC")
    due_at = next_allowed(now, zone, settings.SMS.quiet) if text.kind in INITIATED else now
    session = interview.session if interview else None
    for place, part in enumerate(split(text.body)):
        Message.objects.get_or_create(
            key=f"sms/{text.key}/{place}"[:120],
            defaults={
                "organisation": session.organisation if session else None,
                "session": session,
                "candidate": session.candidate if session else None,
                "channel": Message.Channel.SMS,
                "kind": text.kind,
                "to": number,
                "sender": settings.SMS.sender,
                "body": part,
                "due_at": due_at,
            },
        )
    want_sending(number, now)


def _waiting(number: str) -> QuerySet[Message]:
    """In the order they were written, each after whatever it follows."""
    rows = Message.objects.filter(
        channel=Message.Channel.SMS,
        direction=Message.Direction.OUT,
        status=Message.Status.QUEUED,
        to=number,
    )
    return rows.select_related("session").defer("session__plan").order_by("pk")


def want_sending(number: str, now: datetime) -> None:
    """For whoever wrote a text to that number as a row."""
    dues = list(_waiting(number).values_list("due_at", flat=True))
    if dues:
        want(SEND, name_of(number), {"number": number}, now=max(now, min(due or now for due in dues)))


def send_waiting(number: str, *, sender: SmsSender, now: datetime) -> None:
    """Hand over what is due for one number. Raises SmsError where trying again later may help."""
    for message in _waiting(number):
        if (message.due_at or now) > now:
            continue
        if (why := _why_not(message, now)) is not None:
            _fail(message, SmsError(why, is_permanent=True), now=now)
            continue
        try:
            provider_id = _hand_over(message, sender, now)
        except SmsError as error:
            _fail(message, error, now=now)
            if error.is_permanent:
                continue
            raise
        _sent(message, provider_id, now)
    want_sending(number, now)


def _hand_over(message: Message, sender: SmsSender, now: datetime) -> str:
    link = link_for(message)[0]
    body = message.body.replace(PLACE, link or "")
    is_unsure = message.error_code == HANDING_OVER  # whoever tried before never told what came of it
    if is_unsure and message.sent_at is not None:
        found = sender.find(message.to, body, since=message.sent_at - timedelta(minutes=5))
        if found is not None:
            return found
    Message.objects.filter(pk=message.pk).update(error_code=HANDING_OVER, sent_at=now)
    callback = settings.SMS.webhook_url
    return sender.send(message.to, body, sender=message.sender, status_callback=callback)


def _sent(message: Message, provider_id: str, now: datetime) -> None:
    Message.objects.filter(pk=message.pk).update(
        status=Message.Status.SENT, provider_id=provider_id, sent_at=now, error_code="", error=""
    )


def _why_not(message: Message, now: datetime) -> str | None:
    if message.kind not in ALWAYS and is_opted_out(message.to):
        return "opted_out"
    if not link_for(message)[1]:
        return "superseded"
    if message.kind in {"reminder", "consent_request"} and _is_superseded(message):
        return "superseded"
    today = Message.objects.filter(
        channel=Message.Channel.SMS, direction=Message.Direction.OUT, to=message.to, sent_at__gt=now - DAY
    )
    if today.exclude(pk=message.pk).count() >= settings.SMS.daily_limit:
        return "daily_limit"
    return None


def _is_superseded(message: Message) -> bool:
    """Written in the evening for the morning, and meanwhile answered or no longer asked."""
    ended = SmsInterview.objects.filter(session=message.session, status=SmsInterview.Status.ENDED)
    if message.session is not None and ended.exists():
        return True
    answers = Message.objects.filter(
        channel=Message.Channel.SMS,
        direction=Message.Direction.IN,
        sender=message.to,
        pk__gt=message.pk,
    )
    return message.kind == "reminder" and answers.exists()


@transaction.atomic
def _fail(message: Message, error: SmsError, *, now: datetime) -> None:
    """Keep what the carrier said; where it is final, the interview over this number stops."""
    # A refusal is an answer: it was not sent. Only where nobody answered is the outcome unknown.
    code = HANDING_OVER if error.code == "unreachable" else error.code
    told: dict[str, object] = {"error_code": code[:40], "error": error.message[:300]}
    if error.is_permanent:
        told |= {"status": Message.Status.FAILED}
    if code != HANDING_OVER:
        told |= {"sent_at": None}
    Message.objects.filter(pk=message.pk).update(**told)
    logger.warning("a text to %s was not taken: %s", masked(message.to), error.code)
    if error.is_permanent:
        stop_interviews(message.to, error.code, now=now)


@transaction.atomic
def give_up(number: str, *, now: datetime) -> None:
    """Trying again has not helped for hours: what waits for this number is not sent any more."""
    for message in _waiting(number):
        if (message.due_at or now) > now:
            continue
        code = message.error_code.replace(HANDING_OVER, "unreachable") or "unreachable"
        Message.objects.filter(pk=message.pk).update(status=Message.Status.FAILED, error_code=code)
        stop_interviews(number, code, now=now)
