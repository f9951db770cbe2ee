"""The rows of the work that waits: wished for, claimed, done, put off, given up."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from msgspec import Struct

from interviews.models import Task

CLAIM = timedelta(minutes=3)  # renewed every minute: after a crash another process begins so much later
# Judged: a server that restarts is back for the second, a bill that must be paid for the last.
PUT_OFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1_800, 7_200))


class Claimed(Struct, frozen=True):
    """Work that this process does now."""

    pk: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int  # before this one
    wanted: int


class Figures(Struct, frozen=True):
    open: int
    failed: int


@transaction.atomic
def want(kind: str, key: str, payload: dict[str, Any], *, now: datetime) -> None:
    """Wish for work, in the caller's transaction if any; what waits or failed under this key begins anew."""
    task, is_new = Task.objects.select_for_update().get_or_create(
        kind=kind, key=key, defaults={"payload": payload, "due_at": now}
    )
    if not is_new:
        fresh = {"payload": payload, "due_at": now, "attempts": 0, "status": Task.Status.OPEN, "error": ""}
        Task.objects.filter(pk=task.pk).update(wanted=F("wanted") + 1, **fresh)


@transaction.atomic
def claim(owner: str, most: int, *, now: datetime, kinds: tuple[str, ...]) -> list[Claimed]:
    """Take up to `most` due tasks that are nobody's; no other process gets them before `CLAIM` is over."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    due = Task.objects.filter(free, status=Task.Status.OPEN, due_at__lte=now, kind__in=kinds)
    rows = list(due.select_for_update(skip_locked=True).order_by("due_at", "pk")[:most])
    Task.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_by=owner, claimed_until=now + CLAIM)
    return [Claimed(row.pk, row.kind, row.key, row.payload, row.attempts, row.wanted) for row in rows]


def keep(owner: str, pks: list[int], *, now: datetime) -> None:
    """Renew the claims on what is still being done."""
    Task.objects.filter(pk__in=pks, claimed_by=owner).update(claimed_until=now + CLAIM)


@transaction.atomic
def finish(owner: str, done: Claimed) -> None:
    """It is done; where it was wished for again meanwhile, it is free to be done again."""
    mine = Task.objects.select_for_update().filter(pk=done.pk, claimed_by=owner)
    mine.filter(wanted=done.wanted).delete()
    mine.update(claimed_by="", claimed_until=None)


def put_off(owner: str, tried: Claimed, error: str, *, now: datetime, is_final: bool = False) -> None:
    """It failed: it is tried again later, or given up for a person to look at."""
    is_over = is_final or tried.attempts >= len(PUT_OFF)
    wait = PUT_OFF[min(tried.attempts, len(PUT_OFF) - 1)]
    Task.objects.filter(pk=tried.pk, claimed_by=owner, wanted=tried.wanted).update(
        status=Task.Status.FAILED if is_over else Task.Status.OPEN,
        attempts=tried.attempts + 1,
        due_at=now + wait,
        error=error[:300],
    )
    give_back(owner, [tried.pk])


def give_back(owner: str, pks: list[int]) -> None:
    """Nobody does it any more; whoever looks next may."""
    Task.objects.filter(pk__in=pks, claimed_by=owner).update(claimed_by="", claimed_until=None)


def give_back_all(owner: str) -> None:
    """Whoever claimed as `owner` is leaving."""
    Task.objects.filter(claimed_by=owner).update(claimed_by="", claimed_until=None)


def run_again(pks: list[int], *, now: datetime) -> int:
    """Give up tasks another round; gives how many there were."""
    failed = Task.objects.filter(pk__in=pks, status=Task.Status.FAILED)
    return failed.update(status=Task.Status.OPEN, attempts=0, due_at=now, error="")


def next_due(*, now: datetime, kinds: tuple[str, ...]) -> datetime | None:
    """When the next task is due that nobody does, or None."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    rows = Task.objects.filter(free, status=Task.Status.OPEN, kind__in=kinds).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()


def figures() -> Figures:
    return Figures(
        open=Task.objects.filter(status=Task.Status.OPEN).count(),
        failed=Task.objects.filter(status=Task.Status.FAILED).count(),
    )
