"""Listening in, over real TCP: whom the log shows as listening hears, and nobody else."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from msgspec.structs import replace
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from interviews.live import events as ev
from interviews.live import log
from interviews.live.bus import get_bus
from interviews.live.listening_in import frame_of
from interviews.live.signals import Level
from interviews.models import Command, Session

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def append(session: Session) -> Callable[..., Any]:
    def write(*events: ev.Event, outcome: log.CommandOutcome | None = None) -> None:
        stamped = [replace(event, at=AT) for event in events]
        logged = log.append(session.pk, session.epoch, stamped, outcome=outcome, now=AT)
        get_bus().nudge(session.pk, logged[-1].seq)

    return sync_to_async(write)


@pytest.fixture
def watch(dial: Any, recruiter: User, session: Session) -> Callable[..., Any]:
    async def go(user: User | None = None) -> Any:
        bearer = await sync_to_async(AccessToken.for_user)(user or recruiter)
        headers = {"Authorization": f"Bearer {bearer}"}
        client = await dial(f"/ws/monitor/{session.uuid}/", additional_headers=headers)
        await client.next("monitor.snapshot")
        return client

    return go


async def asked(client: Any, kind: str, command_id: str) -> Command:
    await client.send(type=kind, command_id=command_id)
    async with asyncio.timeout(10):
        while True:
            row = await Command.objects.filter(command_id=command_id).afirst()
            if row is not None:
                return row
            await asyncio.sleep(0.01)


async def received(client: Any) -> Any:
    async with asyncio.timeout(10):
        data = await client.connection.recv()
    return data if isinstance(data, bytes) else json.loads(data)


def joined(ref: str, *, listening: bool) -> ev.Event:
    return ev.ParticipantJoined(role="recruiter", name="Rae Cruz", ref=ref, listening=listening)


async def test_who_listens_is_who_the_log_says(watch: Any, append: Any, session: Session) -> None:
    listener, reader = await watch(), await watch()
    row = await asked(listener, "listen.start", "c-1")
    ref = row.payload["ref"]
    get_bus().let_hear(session.pk, frame_of(0, 0, b"\x01\x00"))  # too soon: nobody has been told of it
    await append(joined(ref, listening=True), outcome=log.CommandOutcome(row.pk, "done"))
    assert (await listener.next())["listening"] is True
    await listener.next("command.done")
    frames = [frame_of(side, 1_600, b"\x02\x00" * 3) for side in (0, 1)]
    for frame in frames:
        get_bus().let_hear(session.pk, frame)
    assert [await received(listener), await received(listener)] == frames
    await append(joined(ref, listening=False))
    assert (await listener.next("participant.joined"))["listening"] is False
    get_bus().let_hear(session.pk, frames[0])
    get_bus().publish(session.pk, Level(dbfs=-20.0, offset=1))
    assert (await received(listener))["type"] == "level"
    told = [await received(reader) for _ in range(3)]
    assert [one["type"] for one in told] == ["participant.joined", "participant.joined", "level"]


async def test_whoever_took_over_does_not_hear_themselves(watch: Any, append: Any, session: Session) -> None:
    client = await watch()
    row = await asked(client, "listen.start", "c-1")
    ref = row.payload["ref"]
    await append(joined(ref, listening=True))
    await client.next("participant.joined")
    get_bus().let_hear(session.pk, b"my own voice", but_for=ref)
    get_bus().let_hear(session.pk, b"another's voice", but_for="somebody")
    assert await received(client) == b"another's voice"


async def test_a_reviewer_may_listen_without_commanding(watch: Any, append: Any, reviewer: User) -> None:
    client = await watch(reviewer)
    row = await asked(client, "listen.start", "c-1")
    assert (row.kind, row.payload["role"], row.by_name) == ("listen.start", "reviewer", reviewer.display_name)


async def test_going_back_in_the_log_ends_where_it_was(watch: Any, append: Any, session: Session) -> None:
    client = await watch()
    row = await asked(client, "listen.start", "c-1")
    ref = row.payload["ref"]
    await append(joined(ref, listening=True), joined(ref, listening=False), joined(ref, listening=True))
    for _ in range(3):
        await client.next("participant.joined")
    await client.send(type="hello", last_seq=0)
    for _ in range(3):
        await client.next("participant.joined")
    get_bus().let_hear(session.pk, b"sound")
    assert await received(client) == b"sound"
