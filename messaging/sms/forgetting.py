"""Forgets texts with the interview they belong to, and a stranger's when nothing more has come from there."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from interviews.background.rows import want
from interviews.models import Session, Task
from messaging.models import Message, PhoneConsent, SmsInterview
from messaging.sms.numbers import name_of
from messaging.sms.outgoing import SEND

FORGET = "sms.forget"


def session_erased(*, session: Session, **_: Any) -> None:
    """Receives the erasing of an interview, in its transaction: what was texted and mailed goes with it."""
    numbers = list(SmsInterview.objects.filter(session=session).values_list("number", flat=True))
    Message.objects.filter(session=session).delete()
    SmsInterview.objects.filter(session=session).delete()
    for number in numbers:
        _forget_number(number)


def want_forgetting(number: str, *, now: datetime) -> None:
    """Of a number that belongs to no interview; each further text puts it off."""
    due_at = now + timedelta(days=settings.RETENTION_DAYS)
    want(FORGET, name_of(number), {"number": number}, now=due_at)


def forget_stranger(number: str) -> None:
    theirs = Q(sender=number) | Q(to=number)
    Message.objects.filter(theirs, session=None, channel=Message.Channel.SMS).delete()
    _forget_number(number)


def _forget_number(number: str) -> None:
    """A STOP is kept: forgetting it would let us text there again."""
    Task.objects.filter(kind=SEND, key=name_of(number), status=Task.Status.FAILED).delete()
    if not SmsInterview.objects.filter(number=number).exists():
        PhoneConsent.objects.filter(number=number).exclude(status=PhoneConsent.Status.OPTED_OUT).delete()
