"""The loop that does the work: in order, a little at a time, through failures, crashes and the end."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from interviews.background import rows
from interviews.background.kinds import GiveUpError
from interviews.background.worker import MOST_APART, MOST_AT_ONCE, Worker
from interviews.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


class Bench:
    """A handler that writes down what it is given, and may be told to wait or to fail."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.at_once = self.most_at_once = 0
        self.failures: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, payload: dict[str, Any]) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
            if self.failures:
                raise self.failures.pop(0)
            self.done.append(payload["n"])
        finally:
            self.at_once -= 1


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
async def make_worker(bench: Bench):
    made: list[Worker] = []

    def make(owner: str = "a", **options: float) -> Worker:
        made.append(Worker({"add": bench}, owner=owner, clock=timezone.now, **options))
        made[-1].begin()
        return made[-1]

    yield make
    for worker in made:
        await worker.aclose()


async def wish(*numbers: int) -> None:
    for number in numbers:
        await database_sync_to_async(rows.want)("add", str(number), {"n": number}, now=timezone.now())


async def until(is_so: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not await database_sync_to_async(is_so)():  # noqa: ASYNC110 (rows tell nobody that they change)
            await asyncio.sleep(0.02)


async def test_work_from_before_the_start_is_done(make_worker, bench):
    await wish(1, 2, 3)
    make_worker()
    await until(lambda: not Task.objects.exists())
    assert sorted(bench.done) == [1, 2, 3]
    assert bench.most_at_once <= MOST_AT_ONCE


async def test_news_wake_it(make_worker, bench):
    worker = make_worker()
    await wish(1)
    worker.work_waits()
    await until(lambda: bench.done == [1])


async def test_no_more_at_once_than_agreed(make_worker, bench):
    bench.gate.clear()
    await wish(*range(5))
    make_worker()
    await until(lambda: bench.at_once == MOST_AT_ONCE)
    bench.gate.set()
    await until(lambda: not Task.objects.exists())
    assert sorted(bench.done) == list(range(5))
    assert bench.most_at_once == MOST_AT_ONCE


async def test_what_waits_for_others_holds_up_nothing_else(bench):
    away = Bench()
    away.gate.clear()
    worker = Worker({"add": bench, "send": away}, owner="a", clock=timezone.now, apart=frozenset({"send"}))
    for number in range(MOST_APART + 2):
        await database_sync_to_async(rows.want)("send", str(number), {"n": number}, now=timezone.now())
    worker.begin()
    try:
        await until(lambda: away.at_once == MOST_APART)
        await wish(1)
        await until(lambda: bench.done == [1])
        away.gate.set()
        await until(lambda: not Task.objects.exists())
    finally:
        await worker.aclose()
    assert away.most_at_once == MOST_APART


async def test_a_failure_is_kept_with_the_task_and_ends_nothing(make_worker, bench):
    bench.failures = [ValueError("the model is away")]
    await wish(1)
    worker = make_worker()
    await until(lambda: Task.objects.filter(attempts=1).exists())
    task = await database_sync_to_async(Task.objects.get)()
    assert (task.status, task.error) == ("open", "ValueError: the model is away")
    await wish(2)
    worker.work_waits()
    await until(lambda: bench.done == [2])


async def test_what_can_not_help_is_given_up(make_worker, bench):
    bench.failures = [GiveUpError("no such key")]
    await wish(1)
    make_worker()
    await until(lambda: Task.objects.filter(status="failed").exists())


async def test_two_processes_do_nothing_twice(make_worker, bench):
    await wish(*range(12))
    make_worker("a")
    make_worker("b")
    await until(lambda: not Task.objects.exists())
    assert sorted(bench.done) == list(range(12))


async def test_who_stops_gives_back_what_was_under_way(make_worker, bench):
    bench.gate.clear()
    await wish(1)
    worker = make_worker("a")
    await until(lambda: bench.at_once == 1)
    await worker.aclose()
    task = await database_sync_to_async(Task.objects.get)()
    assert (task.claimed_by, task.claimed_until, task.attempts) == ("", None, 0)
    bench.gate.set()
    make_worker("b")
    await until(lambda: bench.done == [1])


async def test_a_crash_leaves_the_work_for_another(make_worker, bench):
    await wish(1)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    await database_sync_to_async(Task.objects.update)(due_at=an_hour_ago)
    await database_sync_to_async(rows.claim)("dead", 1, now=an_hour_ago, kinds=("add",))
    make_worker("b")
    await until(lambda: bench.done == [1])


async def test_what_hangs_does_not_hold_up_the_rest(make_worker, bench):
    bench.gate.clear()
    await wish(*range(MOST_AT_ONCE))
    worker = make_worker(longest_s=0.05)
    await until(lambda: Task.objects.filter(attempts=1).count() == MOST_AT_ONCE)
    assert await database_sync_to_async(lambda: set(Task.objects.values_list("error", flat=True)))() == {
        "TimeoutError: it was not done within 0.05 s"
    }
    bench.gate.set()
    await wish(9)
    worker.work_waits()
    await until(lambda: bench.done == [9])


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 8])
async def test_who_stops_while_it_claims_keeps_nothing(make_worker, bench, steps):
    bench.gate.clear()
    await wish(1)
    worker = make_worker("a")
    for _ in range(steps):
        await asyncio.sleep(0)
    await worker.aclose()
    task = await database_sync_to_async(Task.objects.get)()
    assert (task.claimed_by, task.claimed_until) == ("", None)
