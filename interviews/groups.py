"""What candidates say of their groups, where an organisation asks: kept, taken back, and only ever counted.

The row's key is an HMAC of the session's UUID. It is made anew when the candidate changes the answer and when
rates are counted, and stands nowhere else: without the server's key nobody can tell whose row one is.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from interviews.models import GroupAnswer, Session


def key_of(uuid: UUID) -> str:
    """The hex key of that session's row."""
    secret = f"viva.interviews.groups/{settings.SECRET_KEY}".encode()
    return hmac.new(secret, uuid.bytes, hashlib.sha256).hexdigest()


def is_asked(session: Session) -> bool:
    """Whether this candidate is asked: freely, once it is over, where a job is at stake."""
    if session.organisation is None or not session.is_over or session.deleted_at is not None:
        return False
    return session.organisation.collects_groups and session.purpose == Session.Purpose.HIRING


def has_answered(session: Session) -> bool:
    return GroupAnswer.objects.filter(key=key_of(session.uuid)).exists()


def keep_groups(session: Session, *, sex: str, ethnicity: str) -> None:
    """In place of a former answer; an empty one takes it back. The caller has asked `is_asked`."""
    organisation = session.organisation
    if organisation is None or not (sex or ethnicity):
        take_back_groups(session)
        return
    GroupAnswer.objects.update_or_create(
        key=key_of(session.uuid),
        defaults={"organisation": organisation, "sex": sex, "ethnicity": ethnicity},
    )


def take_back_groups(session: Session) -> None:
    GroupAnswer.objects.filter(key=key_of(session.uuid)).delete()
