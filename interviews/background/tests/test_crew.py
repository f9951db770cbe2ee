"""Work that is handed to a crew, and what happens when the crew is slow, deaf or gone."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async

from interviews.background import rows
from interviews.background.crew import TAKE_OVER, CrewError, HandOver, build_crew
from interviews.background.worker import Worker
from interviews.live.process import get_process
from interviews.models import Task

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KINDS = ("add",)


class ScriptedCrew:
    """Is there and hears, unless it is told otherwise; does nothing by itself."""

    def __init__(self) -> None:
        self.here = self.hears = True
        self.told: list[int] = []

    def is_there(self) -> bool:
        return self.here

    def call(self, pks: Sequence[int]) -> None:
        if not self.hears:
            raise CrewError("no broker")
        self.told.extend(pks)


@pytest.fixture
def crew() -> ScriptedCrew:
    return ScriptedCrew()


async def wish(number: int, at: datetime = NOW) -> int:
    await database_sync_to_async(rows.want)("add", str(number), {"n": number}, now=at)
    task = await database_sync_to_async(Task.objects.get)(key=str(number))
    return task.pk


async def until(is_so: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 (a list tells nobody that it grew)
            await asyncio.sleep(0.01)


async def test_a_crew_is_told_of_each_wish_once(crew: ScriptedCrew) -> None:
    hand_over = HandOver(crew, KINDS)
    one, _later = await wish(1), await wish(2, NOW + timedelta(minutes=5))
    assert await hand_over.left_by(NOW) == NOW - TAKE_OVER
    await hand_over.left_by(NOW)
    assert crew.told == [one]
    await wish(1, NOW + timedelta(seconds=1))  # the same work, wished for again
    await hand_over.left_by(NOW + timedelta(seconds=2))
    assert crew.told == [one, one]
    hand_over.close()


async def test_without_a_crew_that_hears_all_is_done_here(crew: ScriptedCrew) -> None:
    hand_over = HandOver(crew, KINDS)
    one = await wish(1)
    crew.hears = False
    assert await hand_over.left_by(NOW) is None
    crew.hears, crew.here = True, False
    assert await hand_over.left_by(NOW) is None
    assert crew.told == []
    crew.here = True
    await hand_over.left_by(NOW)
    assert crew.told == [one]
    hand_over.close()


async def test_the_process_does_what_a_crew_leaves_too_long(crew: ScriptedCrew) -> None:
    now, done = [NOW], []

    async def add(payload: dict[str, Any]) -> None:
        done.append(payload["n"])

    worker = Worker({"add": add}, owner="a", clock=lambda: now[0], crew=crew)
    worker.begin()
    try:
        first = await wish(1)  # nobody says that it waits: keeping the wish does
        await until(lambda: crew.told == [first])
        assert done == []
        now[0] = NOW + TAKE_OVER + timedelta(seconds=1)
        second = await wish(2, now[0])
        await until(lambda: done == [1])
        assert second in crew.told
        crew.here = False
        worker.work_waits()
        await until(lambda: done == [1, 2])
    finally:
        await worker.aclose()


def test_one_row_is_claimed_by_its_number() -> None:
    rows.want("add", "1", {}, now=NOW)
    pk = Task.objects.get().pk
    early = NOW - timedelta(seconds=1)
    assert rows.claim_one("a", pk, now=early, kinds=KINDS) is None
    assert rows.claim_one("a", pk, now=NOW, kinds=("other",)) is None
    assert rows.claim_one("a", pk + 1, now=NOW, kinds=KINDS) is None
    assert rows.claim_one("a", pk, now=NOW, kinds=KINDS) is not None
    assert rows.claim_one("b", pk, now=NOW, kinds=KINDS) is None
    assert rows.claim_one("a", pk, now=NOW, kinds=KINDS) is not None  # its message was delivered again
    lapsed = NOW + rows.CLAIM + timedelta(seconds=1)
    assert rows.claim_one("b", pk, now=lapsed, kinds=KINDS) is not None


def test_no_broker_no_crew() -> None:
    assert build_crew("") is None


def test_health_says_who_does_the_work(
    anyone: Any, crew: ScriptedCrew, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.want("add", "1", {}, now=NOW)
    monkeypatch.setattr(get_process(), "crew", crew)
    there = anyone.get("/api/health/").json()["background_work"]
    assert there == {"by": "celery", "open": 1, "failed": 0}
    crew.here = False
    assert anyone.get("/api/health/").json()["background_work"]["by"] == "rows"
