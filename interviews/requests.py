"""What candidates ask of people: by when it is due, and how it is answered."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from accounts.models import User
from interviews.models import Request, Session
from interviews.refusals import RefusedError

Kind = Request.Kind
DUE_AFTER = {
    Kind.PERSON: timedelta(days=2),  # it stands between somebody and their interview
    Kind.ACCOMMODATION: timedelta(days=2),  # so does this
    Kind.REVIEW: timedelta(days=14),  # a person has to read and hear it all, before anybody decides
    Kind.EXPORT: timedelta(days=30),  # GDPR, Article 12 (3): one month
    Kind.DELETION: timedelta(days=30),  # the same
}

MOST_OPEN = 20  # of one interview
MOST_CHARS = 2_000  # of a wish, or of its answer

# Sender: Request; request. In the transaction that writes it: receivers write rows and nothing else.
asked = Signal()
answered = Signal()


def may_ask(session: Session) -> bool:
    """Not while as many wishes as people can read are still open."""
    return session.requests.filter(status=Request.Status.OPEN).count() < MOST_OPEN


@transaction.atomic
def ask(session: Session, kind: str, text: str, *, now: datetime) -> Request:
    """Write down what the candidate asks for, and tell."""
    due_at = now + DUE_AFTER[Kind(kind)]
    made = Request.objects.create(session=session, kind=kind, text=text, due_at=due_at)
    asked.send(sender=Request, request=made)
    return made


@transaction.atomic
def answer(
    request: Request, text: str, *, by: User, now: datetime, grant: dict[str, Any] | None = None
) -> Request:
    """Answer in words, and give what `grant` names as accommodations. Raises RefusedError."""
    row = Request.objects.select_for_update().get(pk=request.pk)
    if row.status == Request.Status.ANSWERED:
        raise RefusedError("already_answered", "Somebody has answered this already.")
    if grant:
        _grant(row, grant)
    row.answer = text
    row.status = Request.Status.ANSWERED
    row.answered_at = now
    row.answered_by = by
    row.answered_by_name = by.display_name
    row.save()
    answered.send(sender=Request, request=row)
    return row


def _grant(request: Request, grant: dict[str, Any]) -> None:
    if request.kind != Kind.ACCOMMODATION:
        raise RefusedError("not_accommodation", "Only a request for an accommodation is granted one.")
    session = Session.objects.select_for_update().get(pk=request.session_id)
    if session.is_over:
        raise RefusedError("session_over", "The interview is over, so it can't be made easier any more.")
    session.accommodations = {**session.accommodations, **grant}
    session.save(update_fields=["accommodations", "updated_at"])
