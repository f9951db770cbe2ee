"""Keeps the rounds of an interview numbered from one without a gap, wherever one comes in or goes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from hiring.models import Interview, Round
from hiring.progress import ProgressError, change_round, go_on, lock_sessions, locked, runs, settle

MOST_ROUNDS = 50
APART = 10_000  # while they change places, so that no two have the same


@transaction.atomic
def add_round(interview_pk: int, values: Mapping[str, Any], *, now: datetime) -> Round:
    """At the place `order`, or last. Raises ProgressError, and Interview.DoesNotExist."""
    interview = locked(interview_pk)
    last = interview.rounds.count()
    if last >= MOST_ROUNDS:
        raise ProgressError("too_many", f"An interview has {MOST_ROUNDS} rounds at most.")
    go_on(interview)
    facts = {name: value for name, value in values.items() if name not in {"order", "status"}}
    row = Round.objects.create(interview=interview, order=last + 1, **facts)
    place = values.get("order") or last + 1
    _put(interview, row.pk, place)
    change_round(row.pk, {"status": values.get("status", row.status)}, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def move_round(round_pk: int, values: Mapping[str, Any], *, now: datetime) -> None:
    """Write `values`, a new place among them. Raises ProgressError, and Round.DoesNotExist."""
    facts = {name: value for name, value in values.items() if name != "order"}
    change_round(round_pk, facts, now=now)
    if values.get("order"):
        row = Round.objects.select_related("interview").get(pk=round_pk)
        _put(row.interview, round_pk, values["order"])


@transaction.atomic
def remove_round(round_pk: int, *, now: datetime) -> None:
    """The others close up. Raises ProgressError while a session of it runs, and Round.DoesNotExist."""
    lock_sessions(round_pk)
    if runs(Round.objects.filter(pk=round_pk)):
        raise ProgressError("in_use", "A session of this round is running; end it first.")
    interview = locked(Round.objects.values_list("interview_id", flat=True).get(pk=round_pk))
    Round.objects.filter(pk=round_pk).delete()
    _number(interview, list(interview.rounds.order_by("order").values_list("pk", flat=True)))
    settle(interview, now)


def _put(interview: Interview, round_pk: int, place: int) -> None:
    others = interview.rounds.exclude(pk=round_pk).order_by("order")
    pks = list(others.values_list("pk", flat=True))
    pks.insert(min(place, len(pks) + 1) - 1, round_pk)
    _number(interview, pks)


def _number(interview: Interview, pks: list[int]) -> None:
    known = dict(interview.rounds.values_list("pk", "order"))
    moved = {pk: place for place, pk in enumerate(pks, 1) if known.get(pk) != place}
    rows = Round.objects.filter(pk__in=moved)
    rows.update(order=F("order") + APART)
    for pk, place in moved.items():
        Round.objects.filter(pk=pk).update(order=place)
