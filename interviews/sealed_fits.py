"""Which interviews' Job Fit Scores rest on a session that is sealed for somebody."""

from django.db.models import Exists, OuterRef

from accounts.models import User
from interviews.models import Session
from interviews.sealing import sealed_for

UNTOUCHED = (Session.Status.SCHEDULED, Session.Status.CANCELLED)  # nothing was said there yet


def has_sealed_session(user: User) -> Exists:
    """A condition on interviews."""
    sessions = Session.objects.filter(sealed_for(user), round__interview=OuterRef("pk"), deleted_at=None)
    return Exists(sessions.exclude(status__in=UNTOUCHED))
