"""A live session without ears or sockets: everything else is real, the database included."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from channels.db import database_sync_to_async

from interviews.bank.planning import demo_plan
from interviews.interviewer.backends.scripted import ScriptedInterviewer
from interviews.live.bus import Bus
from interviews.live.events import type_of
from interviews.live.log import LoggedEvent
from interviews.live.outlet import Snapshot
from interviews.live.registry import Registry
from interviews.live.services import Services
from interviews.live.signals import Signal
from interviews.live.tests.interview import Interview
from interviews.mind.ports import Mind
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from speech.listening import Heard
from speech.patience import Patience
from speech.speaking import Voice


class ScriptedEar:
    """Hears what the test says it hears."""

    def __init__(self, emit: Callable[[Heard], None], offset: int) -> None:
        self.emit = emit
        self.offset = offset
        self.calls: list[str] = []
        self.patience = Patience()
        self.may_end = True
        self.is_closed = False
        self.last_words: list[Heard] = []  # what it still finds out when it is asked for the rest
        self._pushed = asyncio.Event()

    def push(self, pcm: bytes) -> None:
        self.offset += len(pcm) // 2
        self._pushed.set()

    async def hears(self, offset: int) -> None:
        """Wait until the line has come to `offset`."""
        async with asyncio.timeout(10):
            while self.offset < offset:
                self._pushed.clear()
                await self._pushed.wait()

    def skip_to(self, offset: int) -> None:
        self.offset = offset

    def open_turn(self, *, has_spoken: bool) -> None:
        self.calls.append("open_turn")

    def close_turn(self) -> None:
        self.calls.append("close_turn")

    def hold(self, ms: int) -> None:
        self.calls.append("hold")

    def finish(self) -> None:
        self.calls.append("finish")

    def pause(self) -> None:
        self.calls.append("pause")

    def set_enough(self, is_enough: bool) -> None:
        pass

    def set_patience(self, patience: Patience) -> None:
        self.patience = patience

    def allow_turn_end(self, is_allowed: bool) -> None:
        self.may_end = is_allowed

    async def hear_out(self, within_s: float) -> None:
        self.calls.append("hear_out")
        for value in self.last_words:
            self.emit(value)

    async def aclose(self) -> None:
        self.is_closed = True


class ScriptedOutlet:
    """A page that writes down what it is sent, and can be waited on."""

    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []
        self.messages: list[dict[str, Any]] = []
        self.seqs: list[int] = []
        self.audio: list[tuple[int, int, bytes]] = []  # reply, rate, PCM
        self.unsent_bytes = 0
        self.closed: tuple[int, str] | None = None
        self._arrived = asyncio.Event()

    def send_snapshot(self, snapshot: Snapshot) -> None:
        self.snapshots.append(snapshot)
        self._arrived.set()

    def send_event(self, logged: LoggedEvent) -> None:
        self.seqs.append(logged.seq)
        self.messages.append({"type": type_of(logged.event)} | msgspec.to_builtins(logged.event))
        self._arrived.set()

    def send_signal(self, signal: Signal) -> None:
        self.messages.append(msgspec.to_builtins(signal))
        self._arrived.set()

    def send_audio(self, reply_id: int, rate_hz: int, pcm: bytes) -> None:
        self.audio.append((reply_id, rate_hz, pcm))
        self._arrived.set()

    def close(self, code: int, reason: str = "") -> None:
        self.closed = (code, reason)
        self._arrived.set()

    def of(self, type_name: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == type_name]

    async def until(self, is_there: Callable[[], Any], *, timeout_s: float = 10) -> Any:
        """Wait until `is_there()` is truthy; it is asked after every message."""
        async with asyncio.timeout(timeout_s):
            while not (found := is_there()):
                self._arrived.clear()
                await self._arrived.wait()
        return found

    async def receives(self, type_name: str, count: int = 1) -> dict[str, Any]:
        found = await self.until(lambda: len(self.of(type_name)) >= count and self.of(type_name))
        return dict(found[count - 1])


class OpenDoor:
    def __init__(self) -> None:
        self.inside: list[str] = []

    def enter(self, session_key: str, *, is_return: bool) -> None:
        self.inside.append(session_key)

    def leave(self, session_key: str) -> None:
        self.inside.remove(session_key)


class Stage:
    """One process's registry with scripted ears."""

    def __init__(self, owner: str = "process-a") -> None:
        self.ears: list[ScriptedEar] = []
        self.work_waits = asyncio.Event()
        self.door = OpenDoor()
        self.voice: Voice | None = None
        self.mind: Mind = ScriptedMind()
        self.owner = owner
        self.registry = Registry(self.services)

    def services(self) -> Services:
        return Services(
            owner=self.owner,
            clock=lambda: datetime.now(UTC),
            bus=Bus(),
            door=self.door,
            mind=self.mind,
            fallback=ScriptedInterviewer(),
            spend_for=lambda session_pk: lambda spent: None,
            has_prepared_replies=True,
            make_ear=self._make_ear,
            facts=lambda: {"speech_engine": "scripted"},
            work_waits=self.work_waits.set,
            voice=self.voice,
        )

    def _make_ear(self, session: Session, offset: int, emit: Callable[[Heard], None]) -> ScriptedEar:
        self.ears.append(ScriptedEar(emit, offset))
        return self.ears[-1]

    @property
    def ear(self) -> ScriptedEar:
        return self.ears[-1]


@pytest.fixture
async def stage(transactional_db: None) -> AsyncIterator[Stage]:
    one = Stage()
    yield one
    await one.registry.shutdown()


@pytest.fixture
def make_stage() -> type[Stage]:
    return Stage


@pytest.fixture
def outlet() -> ScriptedOutlet:
    return ScriptedOutlet()


@pytest.fixture
def make_outlet() -> type[ScriptedOutlet]:
    return ScriptedOutlet


@pytest.fixture
async def session(transactional_db: None) -> Session:
    plan = msgspec.to_builtins(demo_plan())
    return await database_sync_to_async(Session.objects.create)(
        candidate_name="Ada Example", job_role="Backend engineer", plan=plan
    )


@pytest.fixture
def listening() -> Interview:
    """An interview whose first question was heard."""
    interview = Interview()
    interview.begin()
    interview.listen()
    return interview
