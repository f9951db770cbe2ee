"""Which requests a person may see, and in which order they wait for an answer."""

from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, Value, When

from accounts.access import MAY_MAKE, organisations_of
from accounts.models import Membership, User
from interviews.models import Request

OPEN_FIRST = Case(When(status=Request.Status.OPEN, then=Value(0)), default=Value(1))


def seen_by(user: User) -> QuerySet[Request]:
    """Of one's own organisations: open ones by when they are due, then the others, newest first.

    What somebody needs in order to be interviewed at all is known to those who can give it, and to nobody
    who rates the answers.
    """
    rows = Request.objects.filter(session__deleted_at=None, session__organisation__in=organisations_of(user))
    if not user.is_superuser:
        making = Membership.objects.filter(user=user, role__in=MAY_MAKE).values("organisation")
        rows = rows.filter(~Q(kind=Request.Kind.ACCOMMODATION) | Q(session__organisation__in=making))
    shown = rows.select_related("session__round", "session__organisation", "session__candidate")
    return shown.defer("session__plan").order_by(
        OPEN_FIRST, Case(When(status=Request.Status.OPEN, then=F("due_at"))), "-answered_at", "pk"
    )


def overdue(rows: QuerySet[Request], now: datetime) -> QuerySet[Request]:
    return rows.filter(status=Request.Status.OPEN, due_at__lt=now)
