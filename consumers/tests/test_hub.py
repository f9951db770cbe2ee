"""The hub on a real log, without sockets: read once, serialised once, in order, and never stuck."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from consumers.hub import Hub, Watch
from consumers.reading import read_heads, read_running
from interviews.live import events as ev
from interviews.live import log
from interviews.live.bus import Bus
from interviews.live.signals import Health, TranscriptPartial
from interviews.models import Event, Session

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PATIENCE_S = 10.0


class Reader:
    """What one observer was sent."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._changed = asyncio.Event()

    def __call__(self, text: str) -> None:
        self.texts.append(text)
        self._changed.set()

    @property
    def seqs(self) -> list[int]:
        return [said["seq"] for text in self.texts if "seq" in (said := json.loads(text))]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.texts) < count:
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
async def hub(bus: Bus, transactional_db: None) -> AsyncIterator[Hub]:
    hub = Hub(bus)
    yield hub
    for tail in list(hub._tails.values()):
        for watch in list(tail.watches):
            watch.close()
    hub.look_now()
    if hub._task is not None:
        await asyncio.wait_for(hub._task, PATIENCE_S)


@pytest.fixture
def append(session: Session) -> Callable[..., Any]:
    def write(*events: ev.Event) -> int:
        return log.append(session.pk, session.epoch, [replace(event, at=AT) for event in events], now=AT)[
            -1
        ].seq

    return sync_to_async(write)


def states(count: int) -> list[ev.Event]:
    return [ev.StateChanged(state="listening" if number % 2 else "thinking") for number in range(count)]


async def test_all_get_the_same_text_serialised_once(
    hub: Hub, bus: Bus, append: Any, session: Session
) -> None:
    readers = [Reader() for _ in range(3)]
    for reader in readers:
        hub.watch(session.pk, 0, reader)
    bus.nudge(session.pk, await append(*states(1)))
    for reader in readers:
        await reader.until(1)
    assert len({id(reader.texts[0]) for reader in readers}) == 1


async def test_only_what_is_new_is_sent(hub: Hub, bus: Bus, append: Any, session: Session) -> None:
    reader = Reader()
    hub.watch(session.pk, await append(*states(1)), reader)
    bus.nudge(session.pk, await append(*states(3)))
    await reader.until(3)
    assert reader.seqs == [2, 3, 4]


async def test_without_observers_it_rests(hub: Hub, session: Session) -> None:
    watch = hub.watch(session.pk, 0, Reader())
    watch.close()
    hub.look_now()
    assert hub._task is not None
    await asyncio.wait_for(hub._task, PATIENCE_S)
    assert hub._tails == {}


async def test_it_wakes_again_for_the_next_observer(
    hub: Hub, bus: Bus, append: Any, session: Session
) -> None:
    hub.watch(session.pk, 0, Reader()).close()
    hub.look_now()
    await asyncio.wait_for(hub._task or asyncio.sleep(0), PATIENCE_S)
    reader = Reader()
    hub.watch(session.pk, 0, reader)
    await append(*states(1))
    await reader.until(1)


async def test_who_comes_in_the_middle_gets_no_gap_and_nothing_twice(
    hub: Hub, bus: Bus, append: Any, session: Session
) -> None:
    readers = []
    for _ in range(10):
        seq = await append(*states(7))
        reader = Reader()
        hub.watch(session.pk, seq - 3, reader)
        readers.append((reader, seq - 3))
        bus.nudge(session.pk, seq)
    last = await append(*states(1))
    bus.nudge(session.pk, last)
    for reader, position in readers:
        await reader.until(last - position)
        assert reader.seqs == list(range(position + 1, last + 1))


async def test_going_back_goes_on_where_the_log_is(hub: Hub, bus: Bus, append: Any, session: Session) -> None:
    reader, other = Reader(), Reader()
    last = await append(*states(5))
    watch: Watch = hub.watch(session.pk, last, reader)
    hub.watch(session.pk, last, other)
    watch.rewind(2)
    await reader.until(3)
    bus.nudge(session.pk, await append(*states(1)))
    await reader.until(4)
    await other.until(1)
    assert (reader.seqs, other.seqs) == ([3, 4, 5, 6], [6])


async def test_what_was_erased_is_passed_over(hub: Hub, bus: Bus, append: Any, session: Session) -> None:
    last = await append(*states(6))
    await Event.objects.filter(session=session, seq__in=[2, 5, 6]).aupdate(payload=None)
    reader = Reader()
    hub.watch(session.pk, last, Reader())
    hub.watch(session.pk, 0, reader)
    await reader.until(3)
    bus.nudge(session.pk, await append(*states(1)))
    await reader.until(4)
    assert reader.seqs == [1, 3, 4, 7]


async def test_what_only_a_newer_version_understands_is_passed_over(
    hub: Hub, bus: Bus, append: Any, session: Session, make_session: Any
) -> None:
    newer = await sync_to_async(make_session)()
    await Event.objects.acreate(
        session=newer, seq=1, type="from.the.future", at=AT, payload={}, digest="", hash=""
    )
    await Session.objects.filter(pk=newer.pk).aupdate(seq=1)
    elsewhere, reader = Reader(), Reader()
    hub.watch(newer.pk, 0, elsewhere)
    hub.watch(session.pk, 0, reader)
    bus.nudge(session.pk, await append(*states(1)))
    await reader.until(1)
    assert (reader.seqs, elsewhere.texts) == ([1], [])


async def test_a_lossy_word_waits_for_nobody(hub: Hub, bus: Bus, append: Any, session: Session) -> None:
    reader = Reader()
    hub.watch(session.pk, 0, reader)
    await append(*states(1))
    await reader.until(1)
    bus.publish(session.pk, TranscriptPartial(turn_id=1, text="so", stable_chars=0))
    bus.publish(session.pk, Health(connected=True, backlog_ms=3, drops=0))
    bus.publish(session.pk + 1, TranscriptPartial(turn_id=1, text="another's", stable_chars=0))
    await reader.until(3)
    assert [json.loads(text)["type"] for text in reader.texts[1:]] == ["transcript.partial", "health"]


def test_the_queries_of_a_round_do_not_grow_with_the_observers(
    transactional_db: None, make_session: Any
) -> None:
    sessions = [make_session(status="in_progress") for _ in range(20)]
    with CaptureQueriesContext(connection) as asked:
        read_heads([session.pk for session in sessions])
        read_running(AT)
    assert len(asked) == 2
