"""The candidate's socket: decodes, hands over to the live session, and returns; it decides nothing.

Theory of operation. The reader takes every message as it comes and never waits for anything: until the
session is attached it keeps a few early messages, afterwards it offers each at once. A second task lets the
candidate in (who are you, hello, attach) and looks again every few seconds whether they still may be there.
The runner sends through `Outgoing`, which only queues.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone

from consumers import codec, wire
from consumers.authentication import AccessError, Entrant, admit_candidate
from consumers.credentials import Handshake, read_handshake
from consumers.door import Door, too_fast
from consumers.limits import IncomingLimits
from consumers.socket import Receive, Scope, Send, Socket
from consumers.translation import to_input
from consumers.visiting import ask, recheck
from consumers.wire import CloseCode
from interviews.live.inbox import InboxFullError
from interviews.live.inputs import Input
from interviews.live.log import LoggedEvent
from interviews.live.outlet import Outlet, Snapshot
from interviews.live.registry import OverloadedError, RestartingError, SessionOverError
from interviews.live.signals import Signal
from interviews.models import Session

logger = logging.getLogger(__name__)

HELLO_S = 10.0  # design, section 4
RECHECK_S = 15.0  # a token that was revoked opens nothing longer than this
ATTACH_S = 20.0  # after that the page had better ask another server
DETACH_S = 8.0  # daphne kills a handler ten seconds after its socket has gone
MAX_EARLY = 100


class Attachment(Protocol):
    """A place in a live session, for one socket."""

    def offer(self, happened: Input, /) -> None: ...

    def offer_audio(self, offset: int, pcm: bytes, /) -> None: ...

    def want_audio(self, reply_id: int, from_index: int, /) -> None: ...

    def detach(self) -> None: ...


class LiveSessions(Protocol):
    """Whoever runs sessions in this process."""

    async def attach(
        self,
        session_id: int,
        outlet: Outlet,
        /,
        *,
        last_seq: int,
        audio_from: int | None,
        audio_to: int | None,
    ) -> Attachment: ...


class Outgoing:
    """What a runner sees of a socket."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self.is_told = asyncio.Event()  # the snapshot is out: from here on audio is welcome

    def send_snapshot(self, snapshot: Snapshot) -> None:
        self._socket.send(codec.encode(snapshot))
        self.is_told.set()

    def send_event(self, logged: LoggedEvent) -> None:
        self._socket.send(codec.encode_event(logged.event, logged.seq))

    def send_signal(self, signal: Signal) -> None:
        self._socket.send(codec.encode(signal))

    def send_audio(self, reply_id: int, rate_hz: int, pcm: bytes) -> None:
        self._socket.send(codec.encode_server_audio(reply_id, rate_hz, pcm))

    @property
    def unsent_bytes(self) -> int:
        return self._socket.queued_bytes

    def close(self, code: int, reason: str = "") -> None:
        self._socket.close(code, reason)


class CandidateSocket:
    """The ASGI application of `/ws/interviews/<session>/`."""

    def __init__(
        self,
        get_sessions: Callable[[], LiveSessions],
        *,
        clock: Callable[[], datetime] = timezone.now,
        hello_s: float = HELLO_S,
        recheck_s: float = RECHECK_S,
    ) -> None:
        self._get_sessions = get_sessions
        self._clock = clock
        self._hello_s = hello_s
        self._recheck_s = recheck_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handshake = read_handshake(scope)
        socket = Socket(receive, send)
        if not await socket.open(handshake.subprotocol):
            return
        reference: str = scope["url_route"]["kwargs"]["reference"]
        visit = _Visit(socket, handshake, reference, get_sessions=self._get_sessions, clock=self._clock)
        entering = asyncio.get_running_loop().create_task(visit.stay(self._hello_s, self._recheck_s))
        entering.add_done_callback(visit.report)
        try:
            async for data in socket.messages():
                visit.take(data)
        finally:
            await visit.leave(entering)
            await socket.finish()


class _Visit:
    """One candidate at one socket."""

    def __init__(
        self,
        socket: Socket,
        handshake: Handshake,
        reference: str,
        *,
        get_sessions: Callable[[], LiveSessions],
        clock: Callable[[], datetime],
    ) -> None:
        self._socket = socket
        self._door = Door(socket)
        self._handshake = handshake
        self._reference = reference
        self._get_sessions = get_sessions
        self._clock = clock
        self._limits = IncomingLimits()
        self._outgoing = Outgoing(socket)
        self._hello: asyncio.Future[wire.Hello] = asyncio.get_running_loop().create_future()
        self._attaching: asyncio.Task[Attachment] | None = None
        self._attachment: Attachment | None = None
        self._early: list[wire.ClientMessage | tuple[int, bytes]] = []

    # --- the reader's side: nothing here waits

    def take(self, data: str | bytes) -> None:
        try:
            if isinstance(data, str):
                self._take_text(data)
            else:
                self._take_audio(data)
        except codec.WireError as error:
            self._door.complain(error)
        except InboxFullError:
            self._door.refuse(
                CloseCode.OVERLOADED, "overloaded", "That is more than can be taken.", retry_after_s=1
            )

    def _take_text(self, text: str) -> None:
        if not self._limits.allows_text(time.monotonic()):
            raise too_fast()
        message = codec.decode_candidate_text(text)
        if isinstance(message, wire.Ping):
            self._socket.send(codec.encode(wire.Pong(at_ms=message.at_ms)))
        elif isinstance(message, wire.Hello):
            self._greet(message)
        elif not self._hello.done():
            raise codec.WireError("no_hello", "Say hello first.", CloseCode.BAD_MESSAGE)
        else:
            self._hand_over(message)

    def _take_audio(self, data: bytes) -> None:
        if not self._limits.allows_audio(len(data), time.monotonic()):
            raise too_fast()
        chunk = codec.decode_audio(data)
        if not self._outgoing.is_told.is_set():
            raise codec.WireError("no_audio_yet", "Audio is welcome after the snapshot; this was dropped.")
        self._hand_over(chunk)

    def _greet(self, hello: wire.Hello) -> None:
        if self._hello.done():
            raise codec.WireError("second_hello", "You have said hello already.")
        self._hello.set_result(hello)

    def _hand_over(self, item: wire.ClientMessage | tuple[int, bytes]) -> None:
        if self._attachment is None:
            if len(self._early) >= MAX_EARLY:
                raise too_fast()
            self._early.append(item)
        elif isinstance(item, tuple):
            self._attachment.offer_audio(*item)
        elif isinstance(item, wire.ReplyAudioWanted):
            self._attachment.want_audio(item.reply_id, item.from_index)
        else:
            self._attachment.offer(to_input(item, self._clock()))

    # --- the other side: lets the candidate in, and looks after them

    async def stay(self, hello_s: float, recheck_s: float) -> None:
        """This will return when the socket is being closed, by it or by anyone."""
        if self._handshake.speaks_another_protocol:
            self._door.refuse(CloseCode.BAD_MESSAGE, "bad_message", "This server speaks viva.v1.")
            return
        try:
            async with asyncio.timeout(hello_s):
                entrant, hello = await asyncio.gather(self._admit(), self._hello)
        except TimeoutError:
            self._door.refuse(CloseCode.NO_HELLO, "no_hello", "Nobody said hello.")
        except AccessError as error:
            self._door.refuse(error.close_code, error.code, error.message)
        else:
            if await self._attach(entrant, hello):
                await self._watch(recheck_s)

    async def _admit(self) -> Entrant:
        return await ask(admit_candidate, self._handshake, self._reference, self._clock())

    async def _attach(self, entrant: Entrant, hello: wire.Hello) -> bool:
        """This will tell whether the candidate is in."""
        self._attaching = asyncio.ensure_future(
            self._get_sessions().attach(
                entrant.session_id,
                self._outgoing,
                last_seq=hello.last_seq,
                audio_from=hello.audio_from,
                audio_to=hello.audio_to,
            )
        )
        try:
            async with asyncio.timeout(ATTACH_S):
                # Shielded: a half-made attachment would keep the runner talking to a socket that is gone.
                attachment = await asyncio.shield(self._attaching)
                self._flush_early(attachment)
                await self._outgoing.is_told.wait()
        except SessionOverError:
            self._door.refuse(CloseCode.SESSION_OVER, "session_over", "This interview is over.")
        except Session.DoesNotExist:
            self._door.refuse(CloseCode.NO_SUCH_SESSION, "no_such_session", "There is no such interview.")
        except OverloadedError as error:
            message = "Every place is taken just now. Please come back in a moment."
            self._door.refuse(CloseCode.OVERLOADED, "overloaded", message, retry_after_s=error.retry_after_s)
        except (RestartingError, TimeoutError):
            self._door.refuse(CloseCode.RESTARTING, "restarting", "Please come back in a moment.")
        else:
            return True
        return False

    def _flush_early(self, attachment: Attachment) -> None:
        self._attachment = attachment
        early, self._early = self._early, []
        for item in early:
            try:
                self._hand_over(item)
            except InboxFullError:
                self._door.refuse(
                    CloseCode.OVERLOADED, "overloaded", "That is more than can be taken.", retry_after_s=1
                )
                return

    async def _watch(self, recheck_s: float) -> None:
        """Scope and cookie were read once; whether they still open the door is asked again and again."""
        try:
            await recheck(self._admit, recheck_s)
        except AccessError as error:
            self._door.refuse(error.close_code, error.code, error.message)

    def report(self, entering: "asyncio.Task[None]") -> None:
        """A fault of ours: the page comes back and finds everything kept."""
        error = None if entering.cancelled() else entering.exception()
        if error is not None:
            logger.error("A candidate could not be let in.", exc_info=error)
            self._door.refuse(
                CloseCode.RESTARTING, "restarting", "Something went wrong here. Please come back."
            )

    async def leave(self, entering: "asyncio.Task[None]") -> None:
        entering.cancel()
        await asyncio.wait({entering})
        if self._attaching is None:
            return
        if not self._attaching.done():
            await asyncio.wait({self._attaching}, timeout=DETACH_S)
        if self._attaching.done():
            _detach(self._attaching)
        else:
            self._attaching.add_done_callback(_detach)


def _detach(attaching: "asyncio.Task[Any]") -> None:
    if not attaching.cancelled() and attaching.exception() is None:
        attaching.result().detach()
