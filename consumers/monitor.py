"""The observers' sockets: the live list, and one session with its commands.

Reading never waits: commands go into a short queue that one task per socket works off in order, because each
becomes a row in the database. What is sent comes from the hub.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from consumers import codec, wire
from consumers.attendance import get_attendance
from consumers.authentication import Observer, Watched, admit_observer, admit_to_watch
from consumers.commanding import announce, ensure_carried_out, holds_the_word, new_presence, submit_for
from consumers.credentials import Handshake
from consumers.door import Door
from consumers.holding import Holding
from consumers.hub import Watch, get_hub
from consumers.limits import TokenBucket
from consumers.own_voice import OwnVoice
from consumers.pending import answer_to
from consumers.reading import read_snapshot
from consumers.socket import Receive, Scope, Send
from consumers.standing import STANDINGS
from consumers.visiting import ask_apart, receive_visit, recheck
from interviews.live.commands import CommandError
from interviews.models import Command

logger = logging.getLogger(__name__)

RECHECK_S = 15.0  # a sign-in that has ended shows nothing longer than this
MAX_WAITING_COMMANDS = 50
# Each is a row, and most are an event that everybody reads; people press buttons more slowly.
COMMANDS_A_SECOND, COMMANDS_AT_ONCE = 2.0, 60.0
# Each may have the log read and sent again; a page says one on each connection, and this counts on one.
HELLOS_A_SECOND, HELLOS_AT_ONCE = 1.0, 5.0


class MonitorListSocket:
    """The ASGI application of `/ws/monitor/`."""

    def __init__(self, *, recheck_s: float = RECHECK_S) -> None:
        self._recheck_s = recheck_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        def visit(door: Door, handshake: Handshake) -> _ListVisit:
            return _ListVisit(door, handshake, self._recheck_s)

        await receive_visit(scope, receive, send, decode=codec.decode_list_text, make_visit=visit)


class _ListVisit:
    def __init__(self, door: Door, handshake: Handshake, recheck_s: float) -> None:
        self._door = door
        self._handshake = handshake
        self._recheck_s = recheck_s
        self._close: Callable[[], None] | None = None

    async def stay(self) -> None:
        observer = await self._admit()
        self._close = get_hub().watch_list(observer.user_id, self._door.socket.send).close
        await recheck(self._admit, self._recheck_s)

    async def _admit(self) -> Observer:
        return await ask_apart(admit_observer, self._handshake)

    def take(self, message: wire.ClientMessage) -> None:
        """There is nothing to ask of a list."""

    def take_audio(self, offset: int, pcm: bytes) -> None:
        """Nobody speaks to a list."""

    async def leave(self) -> None:
        if self._close is not None:
            self._close()


class MonitorSocket:
    """The ASGI application of `/ws/monitor/<session>/`."""

    def __init__(
        self,
        *,
        carry_out: Callable[[int], None],
        clock: Callable[[], datetime] = timezone.now,
        recheck_s: float = RECHECK_S,
    ) -> None:
        self._carry_out = carry_out
        self._clock = clock
        self._recheck_s = recheck_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reference: str = scope["url_route"]["kwargs"]["reference"]

        def visit(door: Door, handshake: Handshake) -> _SessionVisit:
            return _SessionVisit(
                door,
                handshake,
                reference,
                carry_out=self._carry_out,
                clock=self._clock,
                recheck_s=self._recheck_s,
            )

        await receive_visit(
            scope, receive, send, decode=codec.decode_observer_text, make_visit=visit, takes_audio=True
        )


class _SessionVisit:
    """One observer at one session."""

    def __init__(
        self,
        door: Door,
        handshake: Handshake,
        reference: str,
        *,
        carry_out: Callable[[int], None],
        clock: Callable[[], datetime],
        recheck_s: float,
    ) -> None:
        self._door = door
        self._handshake = handshake
        self._reference = reference
        self._carry_out = carry_out
        self._clock = clock
        self._recheck_s = recheck_s
        self._ref = ""
        self._again = ""  # which joining of this presence it is
        self._commands: asyncio.Queue[wire.ObserverCommand] = asyncio.Queue(MAX_WAITING_COMMANDS)
        self._pace = TokenBucket(COMMANDS_A_SECOND, COMMANDS_AT_ONCE)
        self._hello_pace = TokenBucket(HELLOS_A_SECOND, HELLOS_AT_ONCE)
        self._place: tuple[Observer, Watched] | None = None
        self._watch: Watch | None = None
        self._last_seq: int | None = None
        self._working: asyncio.Task[None] | None = None
        self._holding: Holding | None = None
        self._voice: OwnVoice | None = None

    async def stay(self) -> None:
        observer, watched = self._place = await self._admit()
        STANDINGS.hold(watched.session_id)
        self._ref = new_presence(observer, watched.session_id)
        holds = partial(holds_the_word, observer.user_id, watched.session_id, self._ref)
        self._holding = Holding(watched.session_id, self._ref, holds)
        self._voice = OwnVoice(watched.session_id, self._ref, self._complain, holds=holds)
        await self._join()
        snapshot = await ask_apart(
            read_snapshot,
            watched.session_id,
            self._clock(),
            may_command=watched.may_command,
            ref=self._ref,
        )
        if snapshot.takeover is not None and snapshot.takeover["is_mine"]:
            self._holding.begin()
        self._door.socket.send(codec.encode(snapshot))
        position = snapshot.seq if self._last_seq is None else min(self._last_seq, snapshot.seq)
        socket = self._door.socket
        self._watch = get_hub().watch(
            watched.session_id,
            position,
            socket.send,
            hint=socket.hint,
            has_room=socket.has_room,
            ref=self._ref,
        )
        self._working = asyncio.get_running_loop().create_task(self._work_off(observer, watched))
        await recheck(self._still_admit, self._recheck_s)

    async def _still_admit(self) -> None:
        """Whoever may no longer change the interview's course is silent, and has soon handed back."""
        _, watched = await self._admit()
        if not watched.may_command and self._voice is not None and self._holding is not None:
            self._voice.close()
            self._holding.close()

    async def _admit(self) -> tuple[Observer, Watched]:
        return await ask_apart(admit_to_watch, self._handshake, self._reference)

    async def _announce(self, *, is_joining: bool) -> None:
        if self._place is None or self._place[1].is_over:
            return
        observer, watched = self._place
        await ask_apart(
            announce, observer, watched.session_id, self._ref, is_joining=is_joining, again=self._again
        )
        _in_background(ensure_carried_out(watched.session_id, self._carry_out, self._clock))

    async def _join(self) -> None:
        if self._place is not None and not self._place[1].is_over:
            await get_attendance().arrive(self._place[1].session_id, self._ref, self._rejoin)
        await self._announce(is_joining=True)

    async def _rejoin(self) -> None:
        """Somebody took this process for dead: the candidate is told once more that they are not alone."""
        self._again = secrets.token_hex(4)
        await self._join()

    # --- what the observer says

    def take(self, message: wire.ClientMessage) -> None:
        if isinstance(message, wire.ObserverHello):
            self._greet(message)
        elif isinstance(message, wire.ObserverCommand):
            self._take_command(message)

    def _greet(self, hello: wire.ObserverHello) -> None:
        if not self._hello_pace.take(1, time.monotonic()):
            self._door.complain(codec.WireError("too_fast", "You have said hello a moment ago."))
            return
        self._last_seq = hello.last_seq
        if self._watch is not None:
            self._watch.rewind(hello.last_seq)

    def _take_command(self, command: wire.ObserverCommand) -> None:
        if self._commands.full() or not self._pace.take(1, time.monotonic()):
            self._reject(command, "too_fast", "Too many commands are waiting. Please try again.")
        else:
            self._commands.put_nowait(command)

    def take_audio(self, offset: int, pcm: bytes) -> None:
        if self._voice is not None:
            self._voice.take(offset, pcm)

    async def _work_off(self, observer: Observer, watched: Watched) -> None:
        while True:
            command = await self._commands.get()
            try:
                answer = await ask_apart(submit_for, observer, watched.session_id, command, self._ref)
            except CommandError as error:
                self._reject(command, error.code, error.message)
                continue
            except Exception:
                logger.exception("A command could not be written.", extra={"session": watched.session_id})
                self._reject(command, "not_written", "That could not be saved. Please try again.")
                continue
            if answer.status != Command.Status.QUEUED:  # it was sent before, and answered
                self._door.socket.send(answer_to(command.command_id, answer))
                continue
            get_hub().await_answer(
                answer.row_id, watched.session_id, command.command_id, self._door.socket.send
            )
            if isinstance(command, wire.TakeoverStart) and self._holding is not None:
                self._holding.begin()
            _in_background(ensure_carried_out(watched.session_id, self._carry_out, self._clock))

    def _complain(self, code: str, message: str) -> None:
        self._door.socket.send(codec.encode(wire.Problem(code=code, message=message)))

    def _reject(self, command: wire.ObserverCommand, code: str, message: str) -> None:
        rejected = wire.CommandRejected(command_id=command.command_id, code=code, message=message)
        self._door.socket.send(codec.encode(rejected))

    async def leave(self) -> None:
        if self._working is not None:
            self._working.cancel()
        if self._holding is not None:
            self._holding.close()
        if self._voice is not None:
            self._voice.close()
        if self._watch is not None:
            self._watch.close()
        if self._place is not None:
            STANDINGS.release(self._place[1].session_id)
        get_hub().pending.drop(self._door.socket.send)
        try:
            await get_attendance().leave(self._ref, lambda: self._announce(is_joining=False))
        except Exception:
            logger.exception("Could not tell that an observer has left.")


_running: set["asyncio.Task[None]"] = set()  # the loop itself keeps only weak references


def _in_background(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    _running.add(task)
    task.add_done_callback(_running.discard)
