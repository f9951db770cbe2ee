"""Builds the e-mail of one message: text and page, with its link, and the appointment where there is one."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from messaging.calendar import calendar_file, method_of
from messaging.invitations.words import html_of
from messaging.links import OURS, PLACE
from messaging.models import Message


def letter(message: Message, link: str | None, now: datetime) -> EmailMultiAlternatives:
    """Tried again it has the same Message-ID, so that programs show it once."""
    owner = message.organisation
    mail = EmailMultiAlternatives(
        message.subject,
        message.body.replace(PLACE, link or ""),
        to=[message.to],
        reply_to=[owner.contact_email] if owner is not None and owner.contact_email else None,
        headers={"Message-ID": f"<{message.pk}.{message.created_at:%Y%m%d%H%M%S}@viva>"},
    )
    mail.attach_alternative(html_of(message.body, link), "text/html")
    session = message.session
    if session is not None and session.scheduled_at is not None and message.key.startswith(OURS):
        content = calendar_file(session, now).decode()
        mail.attach("interview.ics", content, f"text/calendar; method={method_of(session)}; charset=utf-8")
    return mail
