"""Interviews that are over and wait for a person: to be read and rated, or to be decided."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from hiring.models import Interview
from interviews.access import watchable_sessions
from interviews.models import Rating, Session

SETTLED = (Interview.Status.DECIDED, Interview.Status.CANCELLED)


def waiting_sessions(user: User) -> QuerySet[Session]:
    """Those of hiring that nobody has rated, or whose interview nobody has decided; `is_rated` says which.

    The one that has waited longest comes first.
    """
    rated = Exists(Rating.objects.filter(session=OuterRef("pk")))
    open_interview = Q(round__isnull=False) & ~Q(round__interview__status__in=SETTLED)
    over = watchable_sessions(user).filter(
        status=Session.Status.COMPLETED, purpose=Session.Purpose.HIRING, ended_at__isnull=False
    )
    waiting = over.annotate(is_rated=rated).filter(open_interview | Q(round__isnull=True, is_rated=False))
    return waiting.order_by("ended_at", "pk")
