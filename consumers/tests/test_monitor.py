"""The observers' sockets, over real TCP, on a real log."""

import asyncio
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
from interviews.live.signals import AudioAck, Level, TranscriptPartial
from interviews.models import Command, Session
from interviews.plan import Plan

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def bearer(user: User) -> dict[str, Any]:
    return {"additional_headers": {"Authorization": f"Bearer {AccessToken.for_user(user)}"}}


@pytest.fixture
def append(session: Session) -> Callable[..., Any]:
    """Writes events as a runner does, nudge included."""

    def write(*events: ev.Event, outcome: log.CommandOutcome | None = None, is_nudged: bool = True) -> None:
        stamped = [ev_at(event) for event in events]
        logged = log.append(session.pk, session.epoch, stamped, outcome=outcome, now=AT)
        if is_nudged and logged:
            get_bus().nudge(session.pk, logged[-1].seq)

    return sync_to_async(write)


def ev_at(event: ev.Event) -> ev.Event:
    return replace(event, at=AT)


@pytest.fixture
def watch(dial: Any, recruiter: User, session: Session) -> Callable[..., Any]:
    """Opens the monitor of the session as its recruiter."""

    async def go(user: User | None = None) -> Any:
        headers = await sync_to_async(bearer)(user or recruiter)
        client = await dial(f"/ws/monitor/{session.uuid}/", **headers)
        return client, await client.next("monitor.snapshot")

    return go


async def test_the_snapshot_tells_where_the_session_stands(watch: Any, append: Any, session: Session) -> None:
    await append(
        ev.StateChanged(state="listening"),
        ev.NoteAdded(text="good start", at_ms=1_000, by="Rae"),
    )
    _, snapshot = await watch()
    assert snapshot["session"]["uuid"] == str(session.uuid)
    assert snapshot["session"]["candidate_name"] == "Grace Hopper"
    assert snapshot["state"] == "listening"
    assert snapshot["seq"] == 2
    assert snapshot["notes"][0]["text"] == "good start"
    assert snapshot["may_command"] is True


async def test_new_events_follow_with_number_time_and_defaults(watch: Any, append: Any) -> None:
    client, _ = await watch()
    await append(ev.ParticipantJoined(role="recruiter", name="Rae", ref="r-1"))
    assert await client.next() == {
        "type": "participant.joined",
        "seq": 1,
        "at": "2026-01-02T03:04:05Z",
        "role": "recruiter",
        "name": "Rae",
        "listening": False,
        "ref": "r-1",
    }


async def test_without_a_nudge_it_takes_a_second(watch: Any, append: Any) -> None:
    client, _ = await watch()
    await append(ev.StateChanged(state="listening"), is_nudged=False)
    assert (await client.next("state.changed"))["state"] == "listening"


async def test_observers_see_what_is_not_for_the_candidate_but_never_the_plan(
    watch: Any, append: Any
) -> None:
    client, _ = await watch()
    await append(
        ev.SessionOpened(plan=Plan(role="backend"), duration_ms=1),
        ev.BargeInStarted(reply_id=1, at_ms=5),
    )
    assert (await client.next())["type"] == "barge_in.started"


async def test_hello_brings_the_log_again_in_order(watch: Any, append: Any) -> None:
    await append(*(ev.MicChanged(muted=bool(number % 2)) for number in range(20)))
    client, snapshot = await watch()
    assert snapshot["seq"] == 20
    await client.send(type="hello", last_seq=5)
    assert [(await client.next("mic.state"))["seq"] for _ in range(15)] == list(range(6, 21))
    await append(ev.MicChanged(muted=True))
    assert (await client.next("mic.state"))["seq"] == 21


async def test_hello_again_and_again_is_refused_and_the_line_goes_on(watch: Any, append: Any) -> None:
    await append(ev.MicChanged(muted=True))
    client, _ = await watch()
    for _ in range(10):
        await client.send(type="hello", last_seq=1)  # nothing comes after it
    refused = await client.next()
    assert (refused["type"], refused["code"], refused["fatal"]) == ("error", "too_fast", False)
    await client.send(type="ping", at_ms=1)
    await client.next("pong")
    answer = refused
    while answer["type"] == "error":  # a second later it is let through again
        await asyncio.sleep(0.4)
        await client.send(type="hello", last_seq=0)
        answer = await client.next("mic.state", "error")
    assert answer["seq"] == 1


async def test_a_page_that_comes_back_again_and_again_is_never_refused(watch: Any, append: Any) -> None:
    await append(ev.MicChanged(muted=True))
    for _ in range(12):
        client, _ = await watch()
        await client.send(type="hello", last_seq=0)
        assert (await client.next("mic.state", "error"))["type"] == "mic.state"
        await client.connection.close()


async def test_a_log_longer_than_one_round_is_caught_up_with(watch: Any, append: Any) -> None:
    await append(*(ev.MicChanged(muted=True) for _ in range(1_100)))
    client, _ = await watch()
    await client.send(type="hello", last_seq=0)
    assert [(await client.next("mic.state"))["seq"] for _ in range(1_100)] == list(range(1, 1_101))


async def test_two_observers_see_the_same(watch: Any, append: Any, reviewer: User) -> None:
    first, _ = await watch()
    second, _ = await watch(reviewer)
    await append(ev.StateChanged(state="listening"), ev.StateChanged(state="thinking"))
    for client in (first, second):
        assert [(await client.next("state.changed"))["state"] for _ in range(2)] == ["listening", "thinking"]


async def test_the_lossy_lane_carries_what_is_meant_for_observers(
    watch: Any, session: Session, server: Any
) -> None:
    client, _ = await watch()
    get_bus().publish(session.pk, AudioAck(offset=1))
    get_bus().publish(session.pk, TranscriptPartial(turn_id=1, text="so we", stable_chars=2))
    get_bus().publish(session.pk, Level(dbfs=-20.0, offset=16_000))
    assert await client.next() == {
        "type": "transcript.partial",
        "turn_id": 1,
        "text": "so we",
        "stable_chars": 2,
    }
    assert (await client.next())["type"] == "level"


async def test_nobody_joins_in_secret(watch: Any, session: Session, until: Any, server: Any) -> None:
    client, _ = await watch()
    rows = sync_to_async(lambda: list(Command.objects.order_by("id").values_list("kind", "by_name")))
    assert await rows() == [("observer.joined", "Rae Cruz")]
    await client.connection.close()
    await until(lambda: server.sessions is not None and len(server.driven) >= 2)
    assert await rows() == [("observer.joined", "Rae Cruz"), ("observer.left", "Rae Cruz")]


async def test_a_command_becomes_a_row_and_is_answered(watch: Any, append: Any, session: Session) -> None:
    client, _ = await watch()
    await client.send(type="question.queue", command_id="c-1", text="Why SQL?", verbatim=True)
    row = await command(client, "c-1")
    assert (row.kind, row.payload) == ("question.queue", {"text": "Why SQL?", "verbatim": True})
    await append(outcome=log.CommandOutcome(row.pk, "done"))
    assert await client.next("command.done") == {"type": "command.done", "command_id": "c-1"}


async def test_a_rejected_command_says_why(watch: Any, append: Any) -> None:
    client, _ = await watch()
    await client.send(type="question.skip", command_id="c-1")
    row = await command(client, "c-1")
    await append(outcome=log.CommandOutcome(row.pk, "rejected", "too_late", "It is over."))
    assert await client.next("command.rejected") == {
        "type": "command.rejected",
        "command_id": "c-1",
        "code": "too_late",
        "message": "It is over.",
    }


async def test_the_same_command_twice_is_one_row_and_answered_again(watch: Any, append: Any) -> None:
    client, _ = await watch()
    await client.send(type="time.extend", command_id="c-1", minutes=5)
    row = await command(client, "c-1")
    await append(outcome=log.CommandOutcome(row.pk, "done"))
    await client.next("command.done")
    await client.send(type="time.extend", command_id="c-1", minutes=5)
    await client.next("command.done")
    assert await sync_to_async(Command.objects.filter(kind="time.extend").count)() == 1


async def test_whoever_may_only_watch_commands_nothing(watch: Any, reviewer: User) -> None:
    client, snapshot = await watch(reviewer)
    assert snapshot["may_command"] is False
    await client.send(type="session.end", command_id="c-1")
    assert (await client.next("command.rejected"))["code"] == "not_allowed"


async def test_nobody_takes_the_rows_that_tell_who_is_there(
    watch: Any, recruiter: User, reviewer: User, session: Session
) -> None:
    _, _ = await watch(recruiter)
    client, _ = await watch(reviewer)
    joined = await Command.objects.filter(kind="observer.joined", by=recruiter).aget()
    for name in ("left", "stayed", "joined"):
        await client.send(type="listen.start", command_id=f"{name}.{joined.payload['ref']}")
        assert (await client.next("command.rejected"))["code"] == "bad_command", name
    assert await Command.objects.filter(kind="listen.start").acount() == 0


async def test_whoever_presses_faster_than_people_do_is_refused(watch: Any, reviewer: User) -> None:
    client, _ = await watch(reviewer)
    codes = []
    for _ in range(3):
        for number in range(40):  # fewer than may wait
            await client.send(type="session.end", command_id=f"c-{number}")
        codes += [(await client.next("command.rejected"))["code"] for _ in range(40)]
    assert codes[0] == "not_allowed"
    assert "too_fast" in codes  # the others are answered after them


async def test_a_reviewer_writes_notes(watch: Any, append: Any, reviewer: User) -> None:
    client, _ = await watch(reviewer)
    await client.send(type="note.add", command_id="c-1", text="Names the way back.")
    row = await command(client, "c-1")
    await append(outcome=log.CommandOutcome(row.pk, "done"))
    await client.next("command.done")
    await sync_to_async(reviewer.memberships.update)(role="observer")
    await client.send(type="note.add", command_id="c-2", text="No more.")
    assert (await client.next("command.rejected"))["code"] == "not_allowed"


async def test_a_command_nobody_carries_out_is_still_queued(watch: Any) -> None:
    client, _ = await watch()
    await client.send(type="session.pause", command_id="c-1")
    assert await client.next("command.queued") == {"type": "command.queued", "command_id": "c-1"}


async def command(client: Any, command_id: str) -> Command:
    """The row of a command; it is there soon after it was sent."""
    async with asyncio.timeout(10):
        while True:
            row = await Command.objects.filter(command_id=command_id).afirst()
            if row is not None:
                return row
            await asyncio.sleep(0.01)


async def test_a_slow_observer_is_dropped_and_misses_nothing(watch: Any, append: Any, dial: Any) -> None:
    client, _ = await watch()
    client.connection.transport.pause_reading()
    for _ in range(12):
        await append(*(ev.PlaybackMeasured(reply_id=1, text="n" * 100_000, heard_chars=0) for _ in range(10)))
    last = 120
    other, snapshot = await watch()
    assert snapshot["seq"] >= last
    client.connection.transport.resume_reading()
    assert (await client.closed())[0] == 4429
    await other.send(type="hello", last_seq=last - 3)
    assert [(await other.next("playback.measured"))["seq"] for _ in range(3)] == [last - 2, last - 1, last]
