"""Whoever reads too slowly holds up nobody, is sent away, and misses nothing that is logged."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from rest_framework_simplejwt.tokens import AccessToken
from websockets.exceptions import ConnectionClosed

from accounts.models import User
from consumers import socket as sockets
from consumers.socket import Socket
from interviews.live import events as ev
from interviews.live import log
from interviews.live.bus import get_bus
from interviews.live.signals import TranscriptPartial
from interviews.models import Session

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROUNDS, EACH, LENGTH = 12, 10, 100_000  # 12 MB: far beyond what any buffer between us holds


@pytest.fixture
def watch(dial: Any, recruiter: User, session: Session) -> Callable[..., Any]:
    async def go() -> Any:
        bearer = await sync_to_async(AccessToken.for_user)(recruiter)
        headers = {"Authorization": f"Bearer {bearer}"}
        client = await dial(f"/ws/monitor/{session.uuid}/", additional_headers=headers)
        return client, await client.next("monitor.snapshot")

    return go


@pytest.fixture
def append(session: Session) -> Callable[..., Any]:
    def write() -> int:
        events = [
            ev.PlaybackMeasured(at=AT, reply_id=1, text="n" * LENGTH, heard_chars=0) for _ in range(EACH)
        ]
        seq = log.append(session.pk, session.epoch, events, now=AT)[-1].seq
        get_bus().publish(session.pk, TranscriptPartial(turn_id=1, text="p" * LENGTH, stable_chars=0))
        get_bus().nudge(session.pk, seq)
        return seq

    return sync_to_async(write)


async def seqs_of(client: Any, last: int) -> list[int]:
    """The numbers of what is logged, up to `last`."""
    found: list[int] = []
    while not found or found[-1] < last:
        found.append((await client.next("playback.measured"))["seq"])
    return found


async def test_one_who_does_not_read_is_dropped_while_another_gets_everything(
    watch: Any, append: Any
) -> None:
    slow, _ = await watch()
    fast, _ = await watch()
    slow.connection.transport.pause_reading()
    last = 0
    for _ in range(ROUNDS):
        last = await append()
        await seqs_of(fast, last)  # it has this round before the next begins
    slow.connection.transport.resume_reading()
    had: list[int] = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            said = json.loads(await slow.connection.recv())
            had += [said["seq"]] if said["type"] == "playback.measured" else []
    assert slow.connection.close_code == 4429
    assert json.loads(slow.connection.close_reason) == {"code": "overloaded", "retry_after_s": 1}
    assert had == list(range(1, len(had) + 1))
    assert len(had) < last
    again, snapshot = await watch()
    assert snapshot["seq"] == last
    await again.send(type="hello", last_seq=len(had))
    assert await seqs_of(again, last) == list(range(len(had) + 1, last + 1))


class Line:
    """A client that takes what it is sent when the test lets it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.may_take = asyncio.Event()
        self._arrived = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            await self.may_take.wait()
        self.sent.append(message)
        self._arrived.set()

    async def until(self, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(10):
            while len(self.sent) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.sent


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def socket(line: Line) -> AsyncIterator[Socket]:
    one = Socket(line.receive, line.send, max_queued_bytes=200_000)
    await one.open("viva.v1")
    yield one
    await one.finish()


async def test_hints_give_way_to_what_is_logged_and_sound_gives_way_first(line: Line, socket: Socket) -> None:
    socket.send("first")
    await asyncio.sleep(0)  # the writer stands at it
    assert socket.hint("a hint")
    socket.send("e" * sockets.MOST_BEFORE_SOUND)
    assert not socket.hint(b"sound")
    assert socket.hint("a hint")
    socket.send("e" * sockets.MOST_BEFORE_HINTS)
    assert not socket.hint("a hint")
    socket.send("last")
    line.may_take.set()
    sent = await line.until(7)
    assert [one["text"][:6] for one in sent[1:]] == ["first", "a hint", "eeeeee", "a hint", "eeeeee", "last"]
    assert socket.hint(b"sound")


@pytest.mark.parametrize("size", [1, 1_000])
async def test_the_queue_has_bounds_in_messages_and_in_bytes(line: Line, socket: Socket, size: int) -> None:
    for _ in range(sockets.MAX_QUEUED_MESSAGES + 2):
        socket.send("e" * size)
    assert socket.is_closing
    closed = (await line.until(2))[-1]
    assert (closed["code"], json.loads(closed["reason"])["retry_after_s"]) == (4429, 1)
