"""A process says of its own observers that they are there, and makes good what others thought."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from consumers.attendance import Attendance
from interviews.models import Presence, Session

BEAT_S = 0.02


class Beats:
    def __init__(self) -> None:
        self.called: list[str] = []

    def of(self, ref: str) -> Callable[[], Awaitable[None]]:
        async def rejoin() -> None:
            self.called.append(ref)

        return rejoin


@pytest.fixture
def beats() -> Beats:
    return Beats()


async def seen(ref: str) -> object:
    return await Presence.objects.filter(ref=ref).values_list("seen_at", flat=True).afirst()


async def until_it_changes(ref: str, former: object) -> None:
    async with asyncio.timeout(10):
        while True:
            if await seen(ref) != former:
                return
            await asyncio.sleep(BEAT_S)


async def test_who_is_there_is_kept_fresh_until_they_leave(session: Session, beats: Beats) -> None:
    attendance = Attendance(beat_s=BEAT_S)
    await attendance.arrive(session.pk, "r-1", beats.of("r-1"))
    first = await seen("r-1")
    await until_it_changes("r-1", first)
    await attendance.leave("r-1", beats.of("farewell of r-1"))
    assert await seen("r-1") is None
    assert beats.called == ["farewell of r-1"]


async def test_who_was_taken_for_gone_joins_again(session: Session, beats: Beats) -> None:
    attendance = Attendance(beat_s=BEAT_S)
    await attendance.arrive(session.pk, "r-1", beats.of("r-1"))
    await attendance.arrive(session.pk, "r-2", beats.of("r-2"))
    await Presence.objects.filter(ref="r-2").adelete()
    async with asyncio.timeout(10):
        while not beats.called:  # noqa: ASYNC110 (at one of its beats)
            await asyncio.sleep(BEAT_S)
    assert set(beats.called) == {"r-2"}
    for ref in ("r-1", "r-2"):
        await attendance.leave(ref, beats.of("farewell"))
