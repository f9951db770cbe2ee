"""Writes down the e-mail about a request, in the transaction that keeps the request; it leaves soon after.

Where this server sends no e-mail nothing is written: nobody reads a notice that is only printed.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.access import MAY_MAKE
from accounts.mail import is_mail_set
from accounts.models import Organisation, User
from interviews.models import Request, Session
from messaging.mail.sending import want_mail
from messaging.models import Message

ASKED, ANSWERED = "request", "answer"
MOST_TOLD = 20
WANTS = {
    Request.Kind.PERSON: "to talk with a person",
    Request.Kind.ACCOMMODATION: "for something that makes the interview easier",
    Request.Kind.REVIEW: "that a person looks at the result",
    Request.Kind.EXPORT: "for a copy of their data",
    Request.Kind.DELETION: "that their data are deleted",
}


def tell_people(*, request: Request, **_: Any) -> None:
    """Receives `interviews.requests.asked`. What was written stays out of the e-mail: it may be private."""
    session = request.session
    if session.organisation is None or not is_mail_set():
        return
    facts = {
        "who": " ".join(session.candidate_name.split()) or "A candidate",  # may be anybody's words
        "wants": WANTS[Request.Kind(request.kind)],
        "role": session.job_role,
        "due": request.due_at,
        "address": f"{settings.PUBLIC_URL}/requests/{request.pk}/",
    }
    body = render_to_string("messaging/request_email.txt", facts).strip() + "\n"
    subject = f"A request from {facts['who']}"  # of which kind is not for everybody who sees the subject
    for place, to in enumerate(people_to_tell(session.organisation)):
        _write(session, (ASKED, f"{request.pk}/{place}"), to, subject, body)


def tell_candidate(*, request: Request, **_: Any) -> None:
    """Receives `interviews.requests.answered`. The answer stands on the candidate's page as well."""
    session = request.session
    to = session.candidate.email if session.candidate is not None else ""
    if not to or not is_mail_set():
        return
    facts = {
        "who": session.candidate_name,
        "organisation": session.organisation.name if session.organisation else "our team",
        "wants": WANTS[Request.Kind(request.kind)].replace("their", "your"),
        "answer": request.answer,
        "by": request.answered_by_name,
    }
    body = render_to_string("messaging/answer_email.txt", facts).strip() + "\n"
    _write(session, (ANSWERED, str(request.pk)), to, f"An answer from {facts['organisation']}", body)


def people_to_tell(organisation: Organisation) -> list[str]:
    """The contact, else whoever may answer; nobody who wants no notices."""
    silent = User.objects.filter(email_notifications=False, email__iexact=organisation.contact_email)
    if organisation.contact_email:
        return [] if silent.exists() else [organisation.contact_email]
    makers = User.objects.filter(
        memberships__organisation=organisation,
        memberships__role__in=MAY_MAKE,
        is_active=True,
        email_notifications=True,
    )
    return list(makers.exclude(email="").order_by("pk").values_list("email", flat=True)[:MOST_TOLD])


def _write(session: Session, name: tuple[str, str], to: str, subject: str, body: str) -> None:
    kind, rest = name
    message, is_new = Message.objects.get_or_create(
        key=f"{kind}/{session.pk}/{rest}",
        defaults={
            "organisation": session.organisation,
            "session": session,
            "candidate": session.candidate if kind == ANSWERED else None,
            "channel": Message.Channel.EMAIL,
            "kind": kind,
            "to": to,
            "sender": settings.DEFAULT_FROM_EMAIL,
            "subject": " ".join(subject.split())[:200],
            "body": body,
        },
    )
    if is_new:
        want_mail(message, timezone.now())
