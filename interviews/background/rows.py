"""The rows of the work that waits: wished for, claimed, done, put off, given up."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from msgspec import Struct

from interviews.background import news
from interviews.models import Task

CLAIM = timedelta(minutes=3)  # after a crash another process begins so much later
RENEW_EVERY_S = 60.0  # by whoever does the work
# Judged: a server that restarts is back for the second, a bill that must be paid for the last.
PUT_OFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1_800, 7_200))

MOST_DUE = 500  # looked at in one go


class Claimed(Struct, frozen=True):
    """Work that this process does now."""

    pk: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int  # before this one
    wanted: int


class Due(Struct, frozen=True):
    """One wish that may be begun; a later one of the same work is another."""

    pk: int
    wanted: int
    due_at: datetime


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
    transaction.on_commit(partial(news.tell, task.pk))


@transaction.atomic
def claim(
    owner: str, most: int, *, now: datetime, kinds: tuple[str, ...], due_by: datetime | None = None
) -> list[Claimed]:
    """Take up to `most` tasks, due by now or earlier, that are nobody's; no other process gets them before
    `CLAIM` is over."""
    ready = _open(_free(now), kinds).filter(due_at__lte=due_by or now)
    return _claimed(owner, ready.order_by("due_at", "pk"), most, now)


@transaction.atomic
def claim_one(owner: str, pk: int, *, now: datetime, kinds: tuple[str, ...]) -> Claimed | None:
    """Take that task where it is due and nobody's, or was claimed by `owner` before."""
    ready = _open(_free(now) | Q(claimed_by=owner), kinds).filter(pk=pk, due_at__lte=now)
    return next(iter(_claimed(owner, ready, 1, now)), None)


def due(*, now: datetime, kinds: tuple[str, ...]) -> list[Due]:
    """What may be begun now, the oldest first."""
    found = _open(_free(now), kinds).filter(due_at__lte=now).order_by("due_at", "pk")
    return [Due(*values) for values in found.values_list("pk", "wanted", "due_at")[:MOST_DUE]]


def keep(owner: str, pks: list[int], *, now: datetime) -> None:
    """Renew the claims on what is still being done."""
    Task.objects.filter(pk__in=pks, claimed_by=owner).update(claimed_until=now + CLAIM)


@transaction.atomic
def finish(owner: str, done: Claimed) -> None:
    """It is done; where it was wished for again meanwhile, it is free to be done again."""
    mine = Task.objects.select_for_update().filter(pk=done.pk, claimed_by=owner)
    mine.filter(wanted=done.wanted).delete()
    mine.update(claimed_by="", claimed_until=None)


def put_off(owner: str, tried: Claimed, error: str, *, now: datetime, is_final: bool = False) -> bool:
    """It failed: it is tried again later, or given up for a person to look at; gives whether it was."""
    is_over = is_final or tried.attempts >= len(PUT_OFF)
    wait = PUT_OFF[min(tried.attempts, len(PUT_OFF) - 1)]
    kept = Task.objects.filter(pk=tried.pk, claimed_by=owner, wanted=tried.wanted).update(
        status=Task.Status.FAILED if is_over else Task.Status.OPEN,
        attempts=tried.attempts + 1,
        due_at=now + wait,
        error=error[:300],
    )
    give_back(owner, [tried.pk])
    return is_over and kept > 0


def give_back(owner: str, pks: list[int]) -> None:
    """Nobody does it any more; whoever looks next may."""
    Task.objects.filter(pk__in=pks, claimed_by=owner).update(claimed_by="", claimed_until=None)


def give_back_all(owner: str) -> None:
    """Whoever claimed as `owner` is leaving."""
    Task.objects.filter(claimed_by=owner).update(claimed_by="", claimed_until=None)


def run_again(pks: list[int], *, now: datetime) -> int:
    """Give up tasks another round; gives how many there were."""
    failed = Task.objects.filter(pk__in=pks, status=Task.Status.FAILED)
    count = failed.update(status=Task.Status.OPEN, attempts=0, due_at=now, error="")
    for pk in pks:
        transaction.on_commit(partial(news.tell, pk))
    return count


def next_due(*, now: datetime, kinds: tuple[str, ...], after: datetime | None = None) -> datetime | None:
    """When the next task is due that nobody does, or None; with `after`, the next one after that."""
    found = _open(_free(now), kinds).order_by("due_at")
    later = found.filter(due_at__gt=after) if after is not None else found
    return later.values_list("due_at", flat=True).first()


def figures() -> Figures:
    return Figures(
        open=Task.objects.filter(status=Task.Status.OPEN).count(),
        failed=Task.objects.filter(status=Task.Status.FAILED).count(),
    )


def _free(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def _open(whose: Q, kinds: tuple[str, ...]) -> QuerySet[Task]:
    return Task.objects.filter(whose, status=Task.Status.OPEN, kind__in=kinds)


def _claimed(owner: str, ready: QuerySet[Task], most: int, now: datetime) -> list[Claimed]:
    rows = list(ready.select_for_update(skip_locked=True)[:most])
    Task.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_by=owner, claimed_until=now + CLAIM)
    return [Claimed(row.pk, row.kind, row.key, row.payload, row.attempts, row.wanted) for row in rows]
