"""Runs one live session: one inbox, one task that feeds the machine and carries out what it decides.

Whatever concerns the session reaches this task through the inbox, in order. Events are in the database before
any of their effects is carried out or anybody is told of them. The runner ends when it is fenced, when its
session is over, or when nobody is connected and nothing is under way; who comes next rebuilds from the log.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from channels.db import database_sync_to_async
from django.db import IntegrityError
from msgspec.structs import replace

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import lease, log
from interviews.live.audio_intake import AudioIntake
from interviews.live.commands import CommandError, QueuedCommand, as_input_of, queued_commands
from interviews.live.draft import Rejection
from interviews.live.hearing import Hearing
from interviews.live.inbox import Inbox
from interviews.live.items import (
    AudioArrived,
    AudioWanted,
    CommandsWaiting,
    EarReported,
    SocketClosed,
    SocketOpened,
    StopAsked,
)
from interviews.live.latency import LatencyWatch
from interviews.live.listening_in import ListenIn
from interviews.live.opening import wished_ms
from interviews.live.outcomes import outcome_of, refused
from interviews.live.outlet import Hello, Outlet
from interviews.live.patient_database import ask
from interviews.live.performing import Performer
from interviews.live.plan_view import MAY_CHANGE_COVERAGE, coverage_of
from interviews.live.projections import ASKS_FOR_WORK
from interviews.live.services import Services
from interviews.live.session import SessionState, decide, evolve, resume
from interviews.live.signals import OBSERVER_SIGNALS, Coverage, Failure, Health, Signal
from interviews.live.snapshots import snapshot_of
from interviews.models import Session
from speech import listening as heard

logger = logging.getLogger(__name__)

RENEW_EVERY_S = 5.0  # a third of the lease
LINGERING = frozenset({"waiting", "practice", "paused", "ended"})  # without a page nothing happens in these
CLOSE_REPLACED, CLOSE_OVER, CLOSE_RESTARTING, CLOSE_GONE = 4409, 4410, 4012, 4404


class Runner:
    """One live session in this process. Create it with its lease taken and its log folded, then `start()`."""

    def __init__(
        self,
        session: Session,
        epoch: int,
        state: SessionState,
        seq: int,
        services: Services,
        *,
        is_driven: bool = False,
    ) -> None:
        """`is_driven`: there is no page and no voice; it ends as soon as nothing is left to do."""
        self.session = session
        self.session_id: int = session.pk
        self.state = state
        self.seq = seq
        self.epoch = epoch
        self.services = services
        self.inbox = Inbox()
        self.outlet: Outlet | None = None
        self.latency = LatencyWatch()
        self.may_speak = asyncio.Event()
        self.may_speak.set()
        self.is_stopped = False
        self.is_driven = is_driven
        self.listen_in = ListenIn(
            lambda frame, but_for: services.bus.let_hear(self.session_id, frame, but_for),
            is_wanted=lambda: self.state.is_listened_to,
            line_offset=lambda: 0 if self.performer.line is None else self.performer.line.expected,
        )
        self.performer = Performer(self)
        self._task: asyncio.Task[None] | None = None
        self._renewed_at = 0.0
        self._covered: Coverage | None = None
        self._intake = AudioIntake(self)
        self._handlers: dict[type[Any], Callable[[Any], Awaitable[None]]] = {
            **self._intake.handlers,
            inp.CandidateReadied: self._on_ready,
            SocketOpened: self._on_socket_opened,
            SocketClosed: self._on_socket_closed,
            CommandsWaiting: self._on_commands,
            StopAsked: self._on_stop,
        }

    # --- called from outside, on the event loop; none of them waits

    def start(self, on_end: Callable[["Runner"], None]) -> None:
        if self.state.has_line and self.state.state != "ended":
            self.performer.restore_line(self.session.audio_acked)
        for effect in resume(self.state, self.services.clock()):
            self.performer.perform(effect)
        self._task = asyncio.get_running_loop().create_task(self._run())
        self._task.add_done_callback(lambda _: on_end(self))

    def open_socket(self, outlet: Outlet, hello: Hello) -> None:
        self.inbox.put_ours(SocketOpened(outlet, hello))

    def close_socket(self, outlet: Outlet) -> None:
        self.inbox.put_ours(SocketClosed(outlet))

    def offer(self, happened: inp.Input) -> None:
        """Raises InboxFullError."""
        self.inbox.put_theirs(happened)

    def offer_audio(self, offset: int, pcm: bytes) -> None:
        """Raises InboxFullError."""
        self.inbox.put_theirs(AudioArrived(offset, pcm), samples=len(pcm) // 2)

    def want_audio(self, reply_id: int, from_index: int) -> None:
        """Raises InboxFullError."""
        self.inbox.put_theirs(AudioWanted(reply_id, from_index))

    def hear(self, value: heard.Heard, line: Hearing) -> None:
        self.inbox.put_ours(EarReported(value, line))

    def hear_person(self, ref: str, pcm: bytes) -> None:
        """What somebody says in their own voice; of nobody but who has taken over."""
        over = self.state.takeover
        if over is not None and over.is_of(ref) and self.state.state == "taken_over":
            self.performer.person.hear(ref, pcm)

    def look_for_commands(self) -> None:
        self.inbox.put_ours(CommandsWaiting())

    async def wait(self) -> None:
        """Returns when the runner has ended."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def stop(self, code: int, reason: str = "") -> None:
        """Hand the session over: what is under way is logged, the page is told to come back with `code`."""
        self.inbox.put_ours(StopAsked(code, reason))
        await self.wait()

    # --- the task

    async def _run(self) -> None:
        try:
            while not self.is_stopped:
                await self._take(await self._next())
                if self._has_nothing_to_do():
                    break
            self.is_stopped = True  # before anything is awaited: who comes now gets a runner of their own
            await database_sync_to_async(lease.release)(self.session_id, self.epoch)
        except log.SessionGoneError:
            self._close_socket(CLOSE_GONE, "this interview was deleted")
        except log.FencedError:
            self._close_socket(CLOSE_REPLACED, "continued elsewhere")
        except IntegrityError:
            await self._leave_deleted()
        except Exception:
            logger.exception("runner failed", extra={"session": self.session_id})
            self._close_socket(CLOSE_RESTARTING, "we lost the line for a moment")
        finally:
            self.is_stopped = True
            self._send_away()
            self._intake.close()
            await self.performer.aclose()
            await self.listen_in.aclose()

    async def _leave_deleted(self) -> None:
        """A row that points at nothing: the session was deleted between two statements."""
        lost = await ask(log.why_lost, self.session_id)
        is_gone = isinstance(lost, log.SessionGoneError)
        self._close_socket(CLOSE_GONE if is_gone else CLOSE_REPLACED, str(lost))

    def _send_away(self) -> None:
        """Whoever came while this runner was ending comes again, to the next one."""
        while not self.inbox.is_empty:
            item = self.inbox.get_nowait()
            if isinstance(item, SocketOpened):
                item.outlet.close(CLOSE_RESTARTING, "please come back")

    def _has_nothing_to_do(self) -> bool:
        if self.outlet is not None or not self.inbox.is_empty:
            return False
        return self.state.state in LINGERING or (self.is_driven and not self.performer.is_composing)

    async def _next(self) -> object:
        """The next item; meanwhile the lease is kept."""
        while True:
            await self._renew_when_due()
            try:
                async with asyncio.timeout(RENEW_EVERY_S):
                    return await self.inbox.get()
            except TimeoutError:
                continue

    async def _renew_when_due(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._renewed_at >= RENEW_EVERY_S:
            await self.renew(None)
            self.tell_observers(
                Health(
                    connected=self.outlet is not None,
                    backlog_ms=self.inbox.backlog_ms,
                    drops=self.state.drops,
                )
            )

    async def renew(self, audio_acked: int | None) -> None:
        at = self.services.clock()
        is_ours = await ask(lease.renew, self.session_id, self.epoch, at, audio_acked=audio_acked)
        if not is_ours:
            raise await ask(log.why_lost, self.session_id)
        self._renewed_at = asyncio.get_running_loop().time()

    async def _take(self, item: object) -> None:
        handler = self._handlers.get(type(item))
        if handler is not None:
            await handler(item)
        elif isinstance(item, inp.Input):
            await self.feed(item)

    async def feed(self, happened: inp.Input, command: QueuedCommand | None = None) -> None:
        """One step of the machine: decide, log, tell, do."""
        if isinstance(happened, inp.EndRequested):
            await self._intake.hear_out()
        happened = replace(happened, at=self.services.clock())
        self._measure(happened)
        decision = decide(self.state, happened)
        outcome = None if command is None else self._outcome(command, decision.rejection)
        if decision.events or outcome is not None:
            logged = await ask(
                log.append,
                self.session_id,
                self.epoch,
                decision.events,
                outcome=outcome,
                now=happened.at,
                expected_seq=self.seq,
            )
            self._tell(logged)
        for effect in decision.effects:
            self.performer.perform(effect)
        self.performer.fall_silent_unless(self.state.reply)
        if decision.rejection is not None and command is None:
            self.send(Failure(code=decision.rejection.code, message=decision.rejection.message))

    def _tell(self, logged: list[log.LoggedEvent]) -> None:
        for one in logged:
            self.state = evolve(self.state, one.event)
            self.seq = one.seq
            self.listen_in.note(one.event)
            self.performer.person.note(one.event)
            if self.outlet is not None and type(one.event) in ev.PUBLIC:
                self.outlet.send_event(one)
        if logged:
            self.services.bus.nudge(self.session_id, self.seq)
        if any(type(one.event) in MAY_CHANGE_COVERAGE for one in logged):
            self._tell_coverage()
        if any(type(one.event) in ASKS_FOR_WORK for one in logged):
            self.services.work_waits()

    def _tell_coverage(self) -> None:
        covered = coverage_of(self.state)
        if covered is not None and covered != self._covered:
            self._covered = covered
            self.tell_observers(covered)

    def send(self, signal: Signal) -> None:
        """To the page, and to observers where it is meant for them."""
        if self.outlet is not None:
            self.outlet.send_signal(signal)
        self.tell_observers(signal)

    def tell_observers(self, signal: Signal) -> None:
        if type(signal) in OBSERVER_SIGNALS and self.state.state != "practice":
            self.services.bus.publish(self.session_id, signal)

    def _measure(self, happened: inp.Input) -> None:
        now = asyncio.get_running_loop().time()
        if isinstance(happened, inp.ReplyDeltaComposed):
            self.latency.token(now)
        elif isinstance(happened, inp.ReplySentenceComposed):
            measured = self.latency.sentence(now)
            if measured is not None:
                self.send(measured)

    async def take_ours(self) -> None:
        """What the ear said while it was fed comes before the next chunk."""
        while not self.is_stopped and (item := self.inbox.get_ours_nowait()) is not None:
            await self._take(item)

    # --- the page

    async def _on_socket_opened(self, opened: SocketOpened) -> None:
        """Snapshot, then the missed part of the log, then live. A former socket gives way."""
        if self.state.state == "ended":  # it came while the last effects were carried out
            opened.outlet.close(CLOSE_OVER, "the interview is over")
            return
        try:
            await self._let_in(opened)
        except log.SessionGoneError:
            opened.outlet.close(CLOSE_GONE, "this interview was deleted")
            raise
        except Exception:  # fenced, most likely: the next runner will have the lease
            opened.outlet.close(CLOSE_RESTARTING, "please come back")
            raise

    async def _let_in(self, opened: SocketOpened) -> None:
        if self.outlet is not None:
            self._close_socket(CLOSE_REPLACED, "opened in another place")
        line = self.performer.line
        if line is not None:
            line.ask_again()
            if line.owe(opened.hello.audio_to):
                self.may_speak.clear()
            else:  # a former connection may have owed something that this page does not have
                self.may_speak.set()
        await self.feed(inp.CandidateArrived())
        await ask(self.session.refresh_from_db)
        self.performer.speaker.suit(self.session.accommodations)
        snapshot = await ask(self._snapshot)
        missed = await ask(log.read_events, self.session_id, opened.hello.last_seq)
        self.outlet = opened.outlet
        opened.outlet.send_snapshot(snapshot)
        for one in missed:
            if type(one.event) in ev.PUBLIC:
                opened.outlet.send_event(one)

    def _snapshot(self) -> Any:
        line = self.performer.line
        return snapshot_of(
            self.session,
            self.state,
            seq=self.seq,
            audio_offset=line.expected if line is not None else 0,
            now=self.services.clock(),
            facts=self.services.facts(),
        )

    async def _on_socket_closed(self, closed: SocketClosed) -> None:
        if self.outlet is not closed.outlet:
            return
        self.outlet = None
        self.may_speak.set()
        if self.performer.line is not None:
            self.performer.line.owe(None)
        await self.feed(inp.CandidateWentAway())

    def _close_socket(self, code: int, reason: str) -> None:
        outlet, self.outlet = self.outlet, None
        if outlet is not None:
            outlet.close(code, reason)

    async def _on_stop(self, stop: StopAsked) -> None:
        was_connected = self.outlet is not None
        self._close_socket(stop.code, stop.reason)
        if was_connected:  # until the page is back, the time of its absence is nobody's
            await self.feed(inp.CandidateWentAway())
        self.is_stopped = True

    def finish(self) -> None:
        """The session is over, and so is its socket."""
        self._close_socket(CLOSE_OVER, "the interview is over")

    async def _on_ready(self, ready: inp.CandidateReadied) -> None:
        """More time or patience may have been asked for after the log was opened."""
        await ask(self.session.refresh_from_db)
        await self.feed(replace(ready, duration_ms=wished_ms(self.session)))

    # --- commands

    async def _on_commands(self, _: CommandsWaiting) -> None:
        for command in await ask(queued_commands, [self.session_id]):
            try:
                happened = as_input_of(command, self.services.clock())
            except CommandError as error:
                outcome = refused(command, error)
                await ask(log.append, self.session_id, self.epoch, (), outcome=outcome)
                continue
            await self.feed(happened, command)

    def _outcome(self, command: QueuedCommand, rejection: Rejection | None) -> log.CommandOutcome:
        return outcome_of(command, rejection, has_fixed_words=self.services.mind.facts.name == "scripted")
