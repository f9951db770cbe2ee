"""Makes interviews with their first rounds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from hiring.models import Interview
from hiring.progress import first_status
from hiring.round_order import add_round


@transaction.atomic
def make_interview(
    values: Mapping[str, Any], rounds: Iterable[Mapping[str, Any]], *, by: User, now: datetime
) -> Interview:
    """In the candidate's organisation, `rounds` in their order. Raises ProgressError."""
    wished = list(rounds)
    facts = {name: value for name, value in values.items() if name != "status"}
    made = Interview(organisation=values["candidate"].organisation, created_by=by, **facts)
    made.scheduled_at = made.scheduled_at or _first_time(wished)
    made.status = first_status(made)
    made.save()
    for one in wished:
        add_round(made.pk, {**one, "order": None}, now=now)
    return made


def _first_time(rounds: list[Mapping[str, Any]]) -> datetime | None:
    return min((one["scheduled_at"] for one in rounds if one.get("scheduled_at")), default=None)
