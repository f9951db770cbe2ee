"""A person takes a live session over, by typing and by voice: real sockets, a real runner, scripted ears."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from interviews.bank.planning import demo_plan
from interviews.live.bus import get_bus
from interviews.live.registry import Registry
from interviews.live.tests.conftest import ScriptedEar, Stage
from interviews.models import Session, Turn
from speech.line import encode_chunk
from speech.listening import Heard, PartialHeard, SpeechStarted, TurnEndHeard, UtteranceHeard

WAIT_S = 15.0
TENTH = bytes(range(160)) * 20  # 100 ms of something


class Place:
    """Both ends of one session: what the candidate and the observer are sent, and what the ears hear."""

    def __init__(self, stage: Stage, server: Any) -> None:
        self.stage = stage
        self.server = server
        self.candidate: Any = None
        self.observer: Any = None
        self.told: list[dict[str, Any]] = []  # to the candidate
        self.sound: list[bytes] = []
        self.snapshot: dict[str, Any] = {}
        self._commands = 0

    async def told_of(self, type_name: str, **fields: Any) -> dict[str, Any]:
        """What the candidate is told next of that kind."""
        async with asyncio.timeout(WAIT_S):
            while True:
                data = await self.candidate.connection.recv()
                if isinstance(data, bytes):
                    self.sound.append(data)
                    continue
                message: dict[str, Any] = json.loads(data)
                self.told.append(message)
                if message["type"] == type_name and fields.items() <= message.items():
                    return message

    async def command(self, type_name: str, **fields: Any) -> dict[str, Any]:
        """The answer to a command of the observer."""
        self._commands += 1
        command_id = f"c-{self._commands}"
        await self.observer.send(type=type_name, command_id=command_id, **fields)
        while True:
            answer: dict[str, Any] = await self.observer.next("command.done", "command.rejected")
            if answer["command_id"] == command_id:
                return answer

    async def play(self) -> dict[str, Any]:
        """Let the candidate's page play the next reply."""
        reply = await self.told_of("reply.finished")
        await self.candidate.send(type="playback.started", reply_id=reply["reply_id"])
        await self.candidate.send(type="playback.finished", reply_id=reply["reply_id"])
        return reply

    def hear(self, ear: ScriptedEar, *reports: Heard) -> None:
        for report in reports:
            self.server.call(lambda report=report: ear.emit(report))

    async def ears(self, count: int) -> ScriptedEar:
        async with asyncio.timeout(WAIT_S):
            while len(self.stage.ears) < count:  # noqa: ASYNC110 (they are made in the server's thread)
                await asyncio.sleep(0.01)
        return self.stage.ears[count - 1]


@pytest.fixture
async def place(server: Any, session: Session) -> AsyncIterator[Place]:
    """The registry of a process, on the loop of the server's sockets."""

    def prepare() -> None:
        session.plan = msgspec.to_builtins(demo_plan())
        session.settings = {"takeover_grace_ms": 1_500}
        session.save()

    await sync_to_async(prepare)()
    stage = Stage()
    stage.registry = Registry(lambda: replace(stage.services(), bus=get_bus()))
    server.sessions = stage.registry
    yield Place(stage, server)
    closing = asyncio.run_coroutine_threadsafe(stage.registry.shutdown(), server.loop)
    await asyncio.wrap_future(closing)


@pytest.fixture
def watch(dial: Any, session: Session) -> Callable[..., Any]:
    async def go(place: Place, user: User) -> Any:
        bearer = await sync_to_async(AccessToken.for_user)(user)
        headers = {"Authorization": f"Bearer {bearer}"}
        place.observer = await dial(
            f"/ws/monitor/{session.uuid}/", additional_headers=headers, max_queue=None
        )
        place.snapshot = await place.observer.next("monitor.snapshot")
        return place.observer

    return go


@pytest.fixture
async def begun(place: Place, dial: Any, room: str, token: str, watch: Any, recruiter: User) -> Place:
    """The first question was asked, and somebody watches."""
    place.candidate = await dial(room, token=token, max_queue=None)
    await place.candidate.send(type="hello", last_seq=0)
    await place.told_of("session.snapshot")
    choices = {"ai_evaluation": True, "recording": True, "listening": True}
    await place.candidate.send(type="consent.set", notice_version="1", **choices)
    await place.candidate.send(type="candidate.ready")
    await place.play()
    await place.told_of("state.changed", state="listening")
    await watch(place, recruiter)
    return place


@pytest.fixture
async def taken(begun: Place) -> Place:
    assert (await begun.command("takeover.start"))["type"] == "command.done"
    await begun.told_of("state.changed", state="taken_over")
    return begun


async def test_what_is_typed_is_said_and_the_candidate_is_heard(taken: Place, session: Session) -> None:
    started = next(one for one in taken.told if one["type"] == "takeover.started")
    assert started["by"] == "Rae Cruz"
    await taken.command("takeover.say", text="Hello, I am Rae. How big was it?")
    reply = await taken.told_of("reply.started")
    assert (reply["kind"], reply["by"], reply["spoken"]) == ("person", "Rae Cruz", False)
    assert (await taken.play())["text"] == "Hello, I am Rae. How big was it?"
    ear = await taken.ears(1)
    taken.hear(
        ear,
        SpeechStarted(at_ms=8_000),
        UtteranceHeard(1, 8_000, 9_000, "About a billion rows.", 0.9),
        TurnEndHeard(at_ms=9_000, silence_ms=700, reason="endpoint", endpoint_ms=700),
    )
    assert (await taken.told_of("turn.ended"))["text"] == "About a billion rows."
    assert (await taken.command("takeover.end"))["type"] == "command.done"
    assert (await taken.told_of("takeover.ended"))["reason"] == "handed_back"
    assert (await taken.told_of("reply.started"))["by"] == "ai"
    said = await sync_to_async(lambda: list(Turn.objects.order_by("seq").values_list("text", "by")))()
    assert ("Hello, I am Rae. How big was it?", "Rae Cruz") in said


async def test_a_voice_is_heard_at_once_and_stands_in_the_transcript(taken: Place) -> None:
    for number in range(3):
        await taken.observer.send_raw(encode_chunk(number * 1_600, TENTH))
    ear = await taken.ears(2)
    taken.hear(ear, SpeechStarted(at_ms=100))
    reply = await taken.told_of("reply.started")
    assert (reply["kind"], reply["by"], reply["spoken"]) == ("person", "Rae Cruz", True)
    await taken.told_of("reply.audio", state="begins")
    await taken.observer.send_raw(encode_chunk(4_800, TENTH))
    taken.hear(ear, PartialHeard(1, "Hello, can", 6))
    shown = {"reply_id": reply["reply_id"], "text": "Hello, can", "stable_chars": 6}
    assert await taken.told_of("reply.partial") == {"type": "reply.partial", **shown}
    assert await taken.observer.next("reply.partial") == {"type": "reply.partial", **shown}
    taken.hear(
        ear,
        UtteranceHeard(1, 0, 400, "Hello, can you hear me?", 0.9),
        TurnEndHeard(at_ms=400, silence_ms=700, reason="endpoint", endpoint_ms=700),
    )
    assert (await taken.told_of("reply.sentence"))["text"] == "Hello, can you hear me?"
    assert (await taken.told_of("reply.finished"))["text"] == "Hello, can you hear me?"
    await taken.told_of("reply.audio", state="ends")
    head = reply["reply_id"].to_bytes(4, "little") + (16_000).to_bytes(4, "little")
    assert all(frame[:8] == head for frame in taken.sound)
    assert b"".join(frame[8:] for frame in taken.sound) == TENTH * 4
    said = await sync_to_async(Turn.objects.get)(number=reply["reply_id"], speaker="interviewer")
    assert (said.text, said.by) == ("Hello, can you hear me?", "Rae Cruz")


async def test_an_echo_that_is_understood_before_the_voice_is_dropped(taken: Place) -> None:
    await taken.observer.send_raw(encode_chunk(0, TENTH))
    theirs, candidates = await taken.ears(2), await taken.ears(1)
    taken.hear(theirs, SpeechStarted(at_ms=0))
    await taken.told_of("reply.started")
    taken.hear(candidates, UtteranceHeard(1, 0, 400, "how many rows did it have", 0.9))
    taken.hear(candidates, UtteranceHeard(2, 900, 1_400, "I am still here, by the way.", 0.9))
    taken.hear(theirs, UtteranceHeard(1, 0, 400, "How many rows did it have?", 0.9))
    final = await taken.told_of("transcript.final")
    assert final["text"] == "I am still here, by the way."


async def test_whoever_has_not_taken_over_is_not_heard(begun: Place) -> None:
    await begun.observer.send_raw(encode_chunk(0, TENTH))
    assert (await begun.observer.next("error"))["code"] == "not_yours"
    assert (await begun.command("takeover.say", text="Hello?"))["code"] == "not_yours"
    assert len(begun.stage.ears) == 1


@pytest.mark.parametrize("nonsense", [b"12345678", b"123456789"])
async def test_binary_that_is_no_chunk_closes_the_socket(taken: Place, nonsense: bytes) -> None:
    await taken.observer.send_raw(nonsense)
    assert (await taken.observer.closed())[0] == 4400


async def test_gaps_are_silence_and_what_comes_twice_changes_nothing(taken: Place) -> None:
    for offset in (0, 1_600, 1_600, 6_400, 10**9):
        await taken.observer.send_raw(encode_chunk(offset, TENTH))
    assert (await taken.observer.next("error"))["code"] == "bad_offset"
    ear = await taken.ears(2)
    await asyncio.wait_for(asyncio.wrap_future(_hears(taken, ear, 8_000)), WAIT_S)
    assert ear.offset == 8_000


def _hears(place: Place, ear: ScriptedEar, offset: int) -> Any:
    return asyncio.run_coroutine_threadsafe(ear.hears(offset), place.server.loop)


async def test_one_at_a_time_and_whoever_comes_back_goes_on(
    taken: Place, watch: Any, recruiter: User, organisation: Any
) -> None:
    first = taken.observer
    await watch(taken, await sync_to_async(_another)(organisation))
    assert (taken.snapshot["takeover"]["by"], taken.snapshot["takeover"]["is_mine"]) == ("Rae Cruz", False)
    assert (await taken.command("takeover.start"))["code"] == "already_taken"
    await first.connection.close()
    await watch(taken, recruiter)
    assert taken.snapshot["takeover"]["is_mine"] is True
    assert (await taken.command("takeover.say", text="Here I am again."))["type"] == "command.done"
    assert (await taken.told_of("reply.finished"))["text"] == "Here I am again."


def _another(organisation: Any) -> User:
    user = User.objects.create_user("sam2", "sam2@example.org", "long-enough-1")
    organisation.memberships.create(user=user, role="admin")
    return user


async def test_who_lost_the_role_meanwhile_is_not_heard_any_more(
    taken: Place, watch: Any, recruiter: User
) -> None:
    await sync_to_async(recruiter.memberships.update)(role="reviewer")
    await watch(taken, recruiter)
    assert taken.snapshot["takeover"]["is_mine"] is True
    await taken.observer.send_raw(encode_chunk(0, TENTH))
    assert (await taken.observer.next("error"))["code"] == "not_yours"
    assert (await taken.command("takeover.say", text="Hello?"))["code"] == "not_allowed"
    assert len(taken.stage.ears) == 1


async def test_whoever_stays_away_has_handed_back(taken: Place) -> None:
    await taken.observer.connection.close()
    assert (await taken.told_of("takeover.ended"))["reason"] == "left"
    assert (await taken.told_of("reply.started"))["by"] == "ai"


async def test_both_sides_count_a_question_that_is_put_in_at_once(begun: Place) -> None:
    total = begun.snapshot["question"]["total"]
    await begun.command("question.queue", text="Which database was it?")
    told = await begun.told_of("settings.changed")
    assert (told["total_questions"], told["time_left_ms"]) == (total + 1, None)
    assert "question.queued" not in {one["type"] for one in begun.told}


async def test_a_whisper_never_reaches_the_candidate(begun: Place, dial: Any, room: str, token: str) -> None:
    done = await begun.command("whisper", text="Ask about bananas.")
    assert "scripted interviewer" in done["message"]
    await begun.command("say", text="Which database was it?")
    await begun.told_of("reply.finished", text="Which database was it?")
    begun.candidate = await dial(room, token=token, max_queue=None)
    await begun.candidate.send(type="hello", last_seq=0)
    await begun.told_of("reply.finished", text="Which database was it?")
    assert "bananas" not in json.dumps(begun.told)
