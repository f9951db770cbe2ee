"""Whole conversations through real servers: one that stops, one that is killed, two that share one."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from e2e.observing import read_answer
from speech.line import encode_chunk

PATIENCE_S = 30.0


class Person:
    """Somebody at a socket, who remembers what was said."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.heard: list[dict[str, Any]] = []
        self.sound: list[bytes] = []

    async def say(self, kind: str, **fields: Any) -> None:
        await self.connection.send(json.dumps({"type": kind, **fields}))

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next message of this kind whose fields are so."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                data = await self.connection.recv()
                if isinstance(data, bytes):
                    self.sound.append(data)
                    continue
                message: dict[str, Any] = json.loads(data)
                self.heard.append(message)
                if message["type"] == kind and fields.items() <= message.items():
                    return message

    @property
    def last_seq(self) -> int:
        return max((one["seq"] for one in self.heard if "seq" in one), default=0)

    async def listen_to_reply(self) -> dict[str, Any]:
        """Hear one reply to its end; the floor is the candidate's then."""
        reply = await self.until("reply.finished")
        await self.say("playback.started", reply_id=reply["reply_id"])
        await self.say("playback.finished", reply_id=reply["reply_id"])
        await self.until("state.changed", state="listening")
        return reply


@pytest.fixture
def candidate(demo: dict[str, str]) -> Callable[..., Any]:
    @asynccontextmanager
    async def enter(process: Any, *, last_seq: int = 0) -> AsyncIterator[Person]:
        address = process.at(f"/ws/interviews/{demo['uuid']}/")
        async with connect(address, additional_headers={"X-Interview-Token": demo["token"]}) as connection:
            person = Person(connection)
            await person.say("hello", last_seq=last_seq)
            await person.until("session.snapshot")
            yield person

    return enter


@pytest.fixture
def observer(demo: dict[str, str], bearer: dict[str, str]) -> Callable[..., Any]:
    @asynccontextmanager
    async def watch(process: Any) -> AsyncIterator[Person]:
        address = process.at(f"/ws/monitor/{demo['uuid']}/")
        async with connect(address, additional_headers=bearer) as connection:
            person = Person(connection)
            await person.until("monitor.snapshot")
            yield person

    return watch


async def begin(person: Person) -> None:
    choices = {"ai_evaluation": True, "recording": False, "listening": False}
    await person.say("consent.set", notice_version="1", **choices)
    await person.say("candidate.ready")
    await person.until("question.started", number=1)
    await person.listen_to_reply()


async def test_without_a_decided_consent_it_does_not_begin(served: Any, candidate: Any) -> None:
    async with candidate(served) as person:
        await person.say("candidate.ready")
        assert (await person.until("error"))["code"] == "consent_required"


async def test_a_typed_answer_is_answered(served: Any, candidate: Any) -> None:
    async with candidate(served) as person:
        await begin(person)
        await person.say("answer.text", text="I would add an index and measure before and after.")
        ended = await person.until("turn.ended", reason="typed")
        assert ended["text"] == "I would add an index and measure before and after."
        assert (await person.until("reply.finished"))["text"]


async def test_a_newer_connection_takes_over(served: Any, candidate: Any, close_of: Any) -> None:
    async with candidate(served) as older, candidate(served) as newer:
        assert (await close_of(older.connection))[0] == 4409
        await begin(newer)


async def test_a_server_that_stops_hands_the_interview_to_the_next(
    served: Any, make_process: Any, candidate: Any, close_of: Any
) -> None:
    async with candidate(served) as person:
        await begin(person)
        served.signal(signal.SIGTERM)
        assert (await close_of(person.connection))[0] == 4012
        last_seq = person.last_seq
    assert await served.ended() == 0
    successor = make_process()
    successor.start()
    await successor.until_open()
    async with candidate(successor, last_seq=last_seq) as person:
        assert person.heard[0]["state"] == "listening"
        assert [turn["side"] for turn in person.heard[0]["turns"]] == ["interviewer"]
        await person.say("answer.text", text="I would add an index.")
        assert (await person.until("turn.ended"))["seq"] > last_seq
        await person.listen_to_reply()


async def test_a_server_that_is_killed_loses_nothing(served: Any, make_process: Any, candidate: Any) -> None:
    async with candidate(served) as person:
        await begin(person)
        await person.say("answer.text", text="I would add an index.")
        await person.until("turn.ended")
        served.kill()
        last_seq = person.last_seq
    successor = make_process()
    successor.start()
    await successor.until_open()
    async with candidate(successor, last_seq=last_seq) as person:
        texts = [turn["text"] for turn in person.heard[0]["turns"]]
        assert "I would add an index." in texts
        await person.listen_to_reply()
        seqs = [one["seq"] for one in person.heard[1:] if "seq" in one]
        assert seqs == sorted(set(seqs))
        assert min(seqs) > last_seq


async def watch_from_elsewhere(here: Any, there: Any, candidate: Any, observer: Any) -> None:
    async with candidate(here) as person, observer(there) as watcher:
        await person.until("participant.joined", name="Sam Rivera")
        await begin(person)
        await watcher.until("question.started", number=1)
        await watcher.say("note.add", command_id="n-1", text="calm and clear", at_ms=None)
        await watcher.until("note.added", text="calm and clear")
        await watcher.until("command.done", command_id="n-1")
        await watcher.say("session.pause", command_id="p-1")
        await person.until("state.changed", state="paused")
        await watcher.until("command.done", command_id="p-1")
    assert not any(one["type"] == "note.added" for one in person.heard)


@pytest.mark.redis
async def test_candidate_and_observer_on_different_servers(
    make_process: Any, redis_url: str, candidate: Any, observer: Any
) -> None:
    here, there = (make_process(REDIS_URL=redis_url) for _ in range(2))
    for process in (here, there):
        process.start()
    await watch_from_elsewhere(await here.until_open(), await there.until_open(), candidate, observer)


async def test_with_redis_gone_the_interview_goes_on(
    make_process: Any, free_port: int, candidate: Any, observer: Any
) -> None:
    """Nothing answers at that port; candidate and observer still meet in the database."""
    here, there = (make_process(REDIS_URL=f"redis://127.0.0.1:{free_port}/0") for _ in range(2))
    for process in (here, there):
        process.start()
    await watch_from_elsewhere(await here.until_open(), await there.until_open(), candidate, observer)


async def test_an_observer_without_a_candidate_is_answered(served: Any, observer: Any) -> None:
    async with observer(served) as watcher:
        await watcher.say("note.add", command_id="n-1", text="not here yet", at_ms=None)
        await watcher.until("command.done", command_id="n-1")


async def test_the_end_closes_the_socket(served: Any, candidate: Any, observer: Any, close_of: Any) -> None:
    async with candidate(served) as person, observer(served) as watcher:
        await begin(person)
        await watcher.say("session.end", command_id="e-1")
        assert (await person.until("session.ended"))["reason"] == "ended_by_observer"
        assert (await close_of(person.connection))[0] == 4410
        await watcher.until("session.ended")


def silence(offset: int, samples: int = 1_600) -> bytes:
    return offset.to_bytes(8, "little") + bytes(2 * samples)


async def test_audio_is_acknowledged_asked_for_and_given_up(served: Any, candidate: Any) -> None:
    async with candidate(served) as person:
        await begin(person)
        for offset in range(0, 48_000, 1_600):
            await person.connection.send(silence(offset))
        assert (await person.until("audio.ack"))["offset"] <= 48_000

        await person.connection.send(silence(64_000))
        assert (await person.until("audio.resend"))["offset"] == 48_000
        await person.say("audio.missing", **{"from": 48_000, "to": 64_000})
        await person.connection.send(silence(0, 16_000))  # twice, and long known
        for offset in range(64_000, 96_000, 16_000):
            await person.connection.send(silence(offset, 16_000))
        while (await person.until("audio.ack"))["offset"] < 64_000:
            continue


async def test_a_reset_in_the_middle_loses_no_place(served: Any, candidate: Any) -> None:
    async with candidate(served) as person:
        await begin(person)
        for offset in range(0, 48_000, 16_000):
            await person.connection.send(silence(offset, 16_000))
        acknowledged = (await person.until("audio.ack"))["offset"]
        person.connection.transport.abort()
    async with candidate(served) as person:
        snapshot = person.heard[0]
        assert acknowledged <= snapshot["audio_offset"] <= 48_000
        assert snapshot["state"] == "listening"


async def test_whoever_has_taken_over_goes_on_after_a_kill(
    served: Any, make_process: Any, candidate: Any, observer: Any
) -> None:
    async with candidate(served) as person, observer(served) as watcher:
        await begin(person)
        await watcher.say("takeover.start", command_id="t-1")
        await watcher.until("command.done", command_id="t-1")
        await person.until("state.changed", state="taken_over")
        served.kill()
        last_seq = person.last_seq
    successor = make_process()
    successor.start()
    await successor.until_open()
    async with candidate(successor, last_seq=last_seq) as person, observer(successor) as watcher:
        assert person.heard[0]["state"] == "taken_over"
        assert person.heard[0]["settings"]["takeover"]["by"] == "Sam Rivera"
        assert watcher.heard[0]["takeover"]["is_mine"] is True
        await watcher.say("takeover.say", command_id="t-2", text="Sorry, I am back.")
        assert (await person.until("reply.finished"))["text"] == "Sorry, I am back."
        await watcher.say("takeover.end", command_id="t-3")
        await person.until("takeover.ended", reason="handed_back")
        await person.until("reply.started", by="ai")


@pytest.mark.redis
async def test_a_voice_finds_its_way_to_the_server_of_the_candidate(
    make_process: Any, redis_url: str, candidate: Any, observer: Any
) -> None:
    here, there = (make_process(REDIS_URL=redis_url) for _ in range(2))
    for process in (here, there):
        process.start()
    await asyncio.gather(here.until_open(), there.until_open())
    async with candidate(here) as person, observer(there) as watcher:
        await begin(person)
        await watcher.say("takeover.start", command_id="t-1")
        await watcher.until("command.done", command_id="t-1")
        speaking = asyncio.create_task(speak(watcher, read_answer("yes") + bytes(64_000)))
        reply = await person.until("reply.started", spoken=True)
        assert (reply["kind"], reply["by"]) == ("person", "Sam Rivera")
        assert (await person.until("reply.finished"))["text"]
        await speaking
        assert sum(len(frame) - 8 for frame in person.sound) > 16_000
        assert {int.from_bytes(frame[:4], "little") for frame in person.sound} == {reply["reply_id"]}


async def speak(person: Person, pcm: bytes) -> None:
    """At the speed of speech, in chunks of 100 ms."""
    began = asyncio.get_running_loop().time()
    for index, at in enumerate(range(0, len(pcm), 3_200)):
        await person.connection.send(encode_chunk(at // 2, pcm[at : at + 3_200]))
        await asyncio.sleep(began + (index + 1) / 10 - asyncio.get_running_loop().time())
