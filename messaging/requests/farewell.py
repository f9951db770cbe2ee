"""Tells somebody that their data are deleted, and keeps no row that says whom it told."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.mail import is_mail_set
from interviews.background.kinds import GiveUpError
from interviews.background.rows import want
from interviews.models import Task
from messaging.mail.outgoing import MailError, hand_over

SEND = "requests.farewell"
SUBJECT = "Your interview was deleted"


def say_it_is_gone(to: str, organisation: str) -> None:
    """In the background; the work is forgotten when it is done, and when it can't be."""
    if to and is_mail_set():
        key = uuid4().hex
        want(SEND, key, {"to": to, "organisation": organisation, "key": key}, now=timezone.now())


def send_farewell(payload: dict[str, Any]) -> None:
    """Raises MailError to be tried again, GiveUpError where that would not help."""
    body = render_to_string("messaging/deleted_email.txt", payload).strip() + "\n"
    try:
        hand_over(EmailMultiAlternatives(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [payload["to"]]))
    except MailError as error:
        if error.is_permanent:
            raise GiveUpError(str(error)) from None
        raise


def forget_farewell(payload: dict[str, Any], error: str) -> None:
    """The address is nobody's business any more, whether or not the e-mail was taken."""
    Task.objects.filter(kind=SEND, key=payload.get("key", "")).delete()
