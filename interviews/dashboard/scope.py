"""Which interviews a figure is about: whose, made when, for which job."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from msgspec import Struct

from accounts.access import organisations_of
from accounts.models import User
from interviews.access import THERE

USUAL_DAYS = 90
BEGINNING = datetime.min.replace(tzinfo=UTC)


class Scope(Struct, frozen=True, kw_only=True):
    """Sessions and interviews that were made from `since` up to, not including, `until`."""

    organisations: tuple[int, ...] | None  # None: all, for superusers
    since: datetime
    until: datetime
    job_id: int | None = None
    purpose: str = "hiring"
    reader: User | None = None  # for whom the scores of what they have not rated are left out; None: nobody

    @property
    def of_sessions(self) -> Q:
        return self.of_interviews & Q(purpose=self.purpose) & THERE

    @property
    def of_interviews(self) -> Q:
        wanted = self.owned & Q(created_at__gte=self.since, created_at__lt=self.until)
        return wanted if self.job_id is None else wanted & Q(job_id=self.job_id)

    @property
    def owned(self) -> Q:
        return owned_by(self.organisations)


def owned_by(organisations: tuple[int, ...] | None, path: str = "") -> Q:
    """A filter on `organisation_id` at the end of `path`; nothing of nobody's is in it."""
    field = f"{path}organisation_id"
    wanted: dict[str, Any] = (
        {f"{field}__isnull": False} if organisations is None else {f"{field}__in": organisations}
    )
    return Q(**wanted)


def readable_organisations(user: User) -> tuple[int, ...] | None:
    """The ids of those whose figures `user` may read, whatever their role; None: all. One query."""
    if user.is_superuser:
        return None
    return tuple(organisations_of(user).order_by("pk").values_list("pk", flat=True))


def usual_since(until: datetime) -> datetime:
    """A quarter before `until`, or the beginning of the calendar."""
    usual = timedelta(days=USUAL_DAYS)
    return until - usual if until - BEGINNING > usual else BEGINNING
