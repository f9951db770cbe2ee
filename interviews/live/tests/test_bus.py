"""Notices reach every listener, coalesced, from any thread, and over Redis from any process."""

import asyncio
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from channels_redis.core import RedisChannelLayer

from interviews.live.bus import (
    FRAMES_IN_MAILBOX,
    SESSIONS_IN_MAILBOX,
    SIGNALS_IN_MAILBOX,
    Bus,
    CommandNudge,
    Lossy,
    Mailbox,
    Notice,
    Nudge,
    Overheard,
    PersonSpoke,
    get_bus,
)
from interviews.live.bus_link import LayerLink, decode_batch, encode_batch
from interviews.live.signals import AudioAck, Level, TranscriptPartial

PATIENCE_S = 20.0


class Listener:
    """Collects what a bus says."""

    def __init__(self, bus: Bus) -> None:
        self.heard: list[Notice] = []
        self._changed = asyncio.Event()
        self.unsubscribe = bus.subscribe(self._hear)

    def _hear(self, notice: Notice) -> None:
        self.heard.append(notice)
        self._changed.set()

    async def until(self, is_enough: Callable[[list[Notice]], Any]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not is_enough(self.heard):
                self._changed.clear()
                await self._changed.wait()


async def test_a_nudge_reaches_every_listener() -> None:
    bus = Bus()
    first, second = Listener(bus), Listener(bus)
    bus.nudge(7, 3)
    for listener in (first, second):
        await listener.until(lambda heard: heard == [Nudge(7, 3)])


async def test_nudges_of_one_session_become_one() -> None:
    bus = Bus()
    listener = Listener(bus)
    for seq in (1, 3, 2):
        bus.nudge(7, seq)
    bus.nudge_commands(7)
    bus.nudge_commands(7)
    bus.nudge(8, 1)
    await listener.until(lambda heard: len(heard) >= 3)
    assert listener.heard == [Nudge(7, 3), Nudge(8, 1), CommandNudge(7)]


async def test_listeners_are_called_after_the_publisher_went_on() -> None:
    bus = Bus()
    listener = Listener(bus)
    bus.nudge(7, 1)
    assert listener.heard == []
    await listener.until(lambda heard: heard)


async def test_another_thread_may_publish_and_the_listener_stays_on_its_loop() -> None:
    bus = Bus()
    threads: list[int] = []
    done = asyncio.Event()

    def hear(_: Notice) -> None:
        threads.append(threading.get_ident())
        done.set()

    bus.subscribe(hear)
    await asyncio.to_thread(bus.publish, 7, AudioAck(offset=16_000))
    await asyncio.wait_for(done.wait(), PATIENCE_S)
    assert threads == [threading.get_ident()]


def test_without_an_event_loop_listeners_are_called_at_once() -> None:
    bus = Bus()
    heard: list[Notice] = []
    bus.subscribe(heard.append)
    bus.nudge(7, 1)
    assert heard == [Nudge(7, 1)]


def test_a_listener_whose_loop_has_closed_is_forgotten() -> None:
    bus = Bus()

    async def subscribe() -> None:
        bus.subscribe(lambda _: None)

    asyncio.run(subscribe())
    bus.nudge(7, 1)
    assert bus._subscriptions == ()


async def test_a_listener_that_fails_stops_neither_the_publisher_nor_the_others() -> None:
    bus = Bus()

    def fail(_: Notice) -> None:
        raise ValueError("broken listener")

    bus.subscribe(fail)
    listener = Listener(bus)
    bus.nudge(7, 1)
    await listener.until(lambda heard: heard == [Nudge(7, 1)])


async def test_whoever_unsubscribed_hears_nothing() -> None:
    bus = Bus()
    gone, there = Listener(bus), Listener(bus)
    gone.unsubscribe()
    bus.nudge(7, 1)
    await there.until(lambda heard: heard)
    assert gone.heard == []


def test_a_mailbox_has_bounds() -> None:
    mailbox = Mailbox()
    for number in range(SESSIONS_IN_MAILBOX + 5):
        mailbox.put(Nudge(number, 1))
    for number in range(SIGNALS_IN_MAILBOX + 5):
        mailbox.put(Lossy(1, AudioAck(offset=number)))
    for number in range(FRAMES_IN_MAILBOX + 5):
        mailbox.put(Overheard(1, bytes((number % 256,))))
    taken = mailbox.take()
    assert len(taken) == SESSIONS_IN_MAILBOX + SIGNALS_IN_MAILBOX + FRAMES_IN_MAILBOX
    assert taken[0] == Nudge(5, 1)
    assert taken[-1] == Overheard(1, bytes(((FRAMES_IN_MAILBOX + 4) % 256,)))
    assert taken[-FRAMES_IN_MAILBOX - 1] == Lossy(1, AudioAck(offset=SIGNALS_IN_MAILBOX + 4))


def test_a_batch_survives_the_wire() -> None:
    notices: list[Notice] = [
        Nudge(7, 3),
        CommandNudge(7),
        Lossy(7, TranscriptPartial(turn_id=1, text="Grüße", stable_chars=2)),
        Lossy(8, Level(dbfs=-20.5, offset=16_000)),
        Overheard(8, b"\x00\xff", "r-1"),
        PersonSpoke(8, "r-2", b"\x01\x00"),
    ]
    assert decode_batch(encode_batch("me", notices)) == ("me", notices)


async def test_the_process_has_one_bus_and_no_link_where_nobody_else_could_hear() -> None:
    assert get_bus() is get_bus()


class RedisServer:
    """A real Redis of this test's own, to be killed."""

    def __init__(self, port: int, folder: Path) -> None:
        self.url = f"redis://127.0.0.1:{port}/0"
        self._port, self._folder = port, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        binary = shutil.which("redis-server")
        if binary is None:
            pytest.skip("no redis-server is installed")
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                client.ping()
            except redis.ConnectionError:
                threading.Event().wait(0.02)
            else:
                break
        client.close()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def redis_server(free_port: int, tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(free_port, tmp_path)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def linked_bus(redis_server: RedisServer) -> Iterator[Callable[[], Bus]]:
    buses: list[Bus] = []

    def make() -> Bus:
        def layer() -> RedisChannelLayer:
            return RedisChannelLayer(hosts=[{"address": redis_server.url, "socket_timeout": None}])

        buses.append(Bus(lambda deliver: LayerLink(layer, deliver)))
        return buses[-1]

    yield make
    for bus in buses:
        bus.close()


async def nudge_until_heard(publisher: Bus, listener: Listener, seq: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while Nudge(7, seq) not in listener.heard:
            publisher.nudge(7, seq)
            await asyncio.sleep(0.05)


@pytest.mark.redis
async def test_another_process_hears_over_redis(linked_bus: Callable[[], Bus]) -> None:
    here, there = linked_bus(), linked_bus()
    listener = Listener(there)
    await nudge_until_heard(here, listener, 1)
    here.publish(7, TranscriptPartial(turn_id=1, text="so", stable_chars=0))
    await listener.until(
        lambda heard: Lossy(7, TranscriptPartial(turn_id=1, text="so", stable_chars=0)) in heard
    )


@pytest.mark.redis
async def test_what_one_says_oneself_is_heard_once(linked_bus: Callable[[], Bus]) -> None:
    here, there = linked_bus(), linked_bus()
    own, other = Listener(here), Listener(there)
    await nudge_until_heard(here, other, 1)
    here.nudge(8, 1)
    there.nudge(9, 1)
    await other.until(lambda heard: Nudge(8, 1) in heard)
    await own.until(lambda heard: Nudge(9, 1) in heard)
    assert own.heard.count(Nudge(8, 1)) == 1


@pytest.mark.redis
async def test_redis_may_die_and_come_back(linked_bus: Callable[[], Bus], redis_server: RedisServer) -> None:
    here, there = linked_bus(), linked_bus()
    own, other = Listener(here), Listener(there)
    await nudge_until_heard(here, other, 1)

    redis_server.kill()
    began_at = time.monotonic()
    for seq in range(2, 500):
        here.nudge(7, seq)
        here.publish(7, AudioAck(offset=seq))
    assert time.monotonic() - began_at < 0.5, "publishing waited for a dead Redis"
    await own.until(lambda heard: Nudge(7, 499) in heard)

    redis_server.start()
    await nudge_until_heard(here, other, 500)
