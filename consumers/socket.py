"""One WebSocket as the rest of this package sees it: bounded both ways, closed with a code, never waited for.

It speaks plain ASGI instead of subclassing a channels consumer: no channel layer that could die with Redis,
and no thread hop for each of the ten binary messages a second. Sending only queues, and a writer task carries
out; where the server applies back-pressure (`server.serving`) a client that never reads fills the queue and
is dropped.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from consumers import codec
from consumers.wire import CloseCode

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MAX_QUEUED_BYTES = 4 * 1024 * 1024  # a long interview's whole log is about 1 MiB
MAX_QUEUED_MESSAGES = 5_000  # several whole logs
STALLED_S = 30.0  # nothing was taken for so long: who still reads does so from the log, after a reconnect
RETRY_AFTER_S = 1
ENOUGH_BYTES = 256 * 1024  # unread ones from which on whoever catches up is given no more just now
ENOUGH_MESSAGES = 1_000
MOST_BEFORE_HINTS = 64 * 1024  # unread bytes from which on partials, levels and the like are left out
MOST_BEFORE_SOUND = 16 * 1024  # the same for audio: half a second of it
FLUSH_S = 2.0  # what waits may still go out before the close frame


class Socket:
    """Open it with `open()`, read it with `messages()`, and `finish()` it in the end. For one event loop."""

    def __init__(self, receive: Receive, send: Send, *, max_queued_bytes: int = MAX_QUEUED_BYTES) -> None:
        self._receive = receive
        self._send = send
        self._max_queued_bytes = max_queued_bytes
        self._queue: deque[str | bytes] = deque()
        self._queued_bytes = 0
        self._sending_since_s: float | None = None
        self._wake = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closer: asyncio.Task[None] | None = None
        self.is_closing = False
        self.closed = asyncio.Event()
        self.finished = asyncio.Event()

    async def open(self, subprotocol: str | None) -> bool:
        """This will complete the handshake; a browser sees no code of a refused one, so refusals follow."""
        first = await self._receive()
        if first["type"] != "websocket.connect":
            self.closed.set()
            return False
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol})
        self._writer = asyncio.get_running_loop().create_task(self._write())
        OPEN_SOCKETS.add(self)
        return True

    async def messages(self) -> AsyncIterator[str | bytes]:
        """This will give what arrives until the connection is over; what comes after a close is dropped."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self.closed.set()
                return
            if self.is_closing:
                continue
            text = message.get("text")
            yield text if text is not None else (message.get("bytes") or b"")

    def send(self, data: str | bytes) -> None:
        """This will queue a message; whoever reads too slowly is dropped and catches up from the log."""
        if self.is_closing or self.closed.is_set():
            return
        is_behind = bool(self._queue)  # one large message is nobody's fault
        self._queue.append(data)
        self._queued_bytes += len(data)
        if is_behind and self._is_too_slow():
            reason = codec.close_reason("overloaded", retry_after_s=RETRY_AFTER_S)
            self.close(CloseCode.OVERLOADED, reason, at_once=True)
        else:
            self._wake.set()

    def _is_too_slow(self) -> bool:
        if self._queued_bytes > self._max_queued_bytes or len(self._queue) > MAX_QUEUED_MESSAGES:
            return True
        since_s = self._sending_since_s
        return since_s is not None and asyncio.get_running_loop().time() - since_s > STALLED_S

    def hint(self, data: str | bytes) -> bool:
        """This will queue a message that may get lost: whoever has not read what came before goes without.

        Sound is of no use late, so that waits for less.
        """
        most = MOST_BEFORE_SOUND if isinstance(data, bytes) else MOST_BEFORE_HINTS
        if self._queued_bytes > most:
            return False
        self.send(data)
        return True

    def has_room(self) -> bool:
        """Whether the client is ready for much more at once."""
        return self._queued_bytes < ENOUGH_BYTES and len(self._queue) < ENOUGH_MESSAGES

    @property
    def queued_bytes(self) -> int:
        """What the client has not taken yet."""
        return self._queued_bytes

    def close(self, code: int, reason: str = "", *, at_once: bool = False) -> None:
        """This will close after what is queued, or `at_once` without it. Only the first call counts."""
        if self.is_closing:
            return
        self.is_closing = True
        if at_once:
            self._queue.clear()
        self._wake.set()
        self._closer = asyncio.get_running_loop().create_task(self._close(int(code), reason, at_once=at_once))

    async def finish(self) -> None:
        """This will end the tasks behind this socket; call it when everything else is cleared up."""
        self.is_closing = True
        OPEN_SOCKETS.discard(self)
        for task in (self._writer, self._closer):
            if task is not None:
                task.cancel()
                await asyncio.wait({task})
        self.finished.set()

    async def _write(self) -> None:
        while True:
            while self._queue:
                data = self._queue.popleft()
                self._queued_bytes -= len(data)
                kind = "text" if isinstance(data, str) else "bytes"
                self._sending_since_s = asyncio.get_running_loop().time()
                await self._send({"type": "websocket.send", kind: data})
                self._sending_since_s = None
            if self.is_closing:
                return
            self._wake.clear()
            await self._wake.wait()

    async def _close(self, code: int, reason: str, *, at_once: bool) -> None:
        if self._writer is not None:
            await asyncio.wait({self._writer}, timeout=0 if at_once else FLUSH_S)
            self._writer.cancel()
        with contextlib.suppress(Exception):  # it may be gone already
            await self._send({"type": "websocket.close", "code": code, "reason": reason[:120]})


class OpenSockets:
    """All sockets of this process, so that a shutdown can say goodbye to each."""

    def __init__(self) -> None:
        self._sockets: set[Socket] = set()

    def __len__(self) -> int:
        return len(self._sockets)

    def add(self, socket: Socket) -> None:
        self._sockets.add(socket)

    def discard(self, socket: Socket) -> None:
        self._sockets.discard(socket)

    async def close_all(self, code: int, reason: str, timeout_s: float) -> None:
        """This will close every socket and wait, `timeout_s` at most, until all is cleared up behind it."""
        waiting = []
        for socket in tuple(self._sockets):
            socket.close(code, reason)
            waiting.append(asyncio.ensure_future(socket.finished.wait()))
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=timeout_s)
            for task in late:
                task.cancel()


OPEN_SOCKETS = OpenSockets()
