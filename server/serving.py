"""The one way this project is served: daphne with our limits, back-pressure, close reasons, a kind shutdown.

What is changed and why. daphne's own WebSocket protocol drops the reason of a close, answers a message that
is too large by cutting TCP, and writes to a client that never reads without any bound; its shutdown raises
KeyError and cuts every connection. `LiveProtocol` and `LiveServer` mend these four. Twisted reads forms
itself before it hands them on; `LiveRequest` keeps it from that.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from daphne.server import Server  # installs the asyncio reactor: before anything else of Twisted

# isort: split
from daphne import http_protocol
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet import defer, reactor

from server.logs import hide_tokens

logger = logging.getLogger(__name__)
access_logger = logging.getLogger("server.access")

MAX_MESSAGE_BYTES = 1024 * 1024  # our own limits lie far below; this one protects the decoder
CLOSE_TOO_LARGE = 4413
PING_EVERY_S = 15
PING_TIMEOUT_S = 25  # a half-open connection is noticed within 40 s
HANDSHAKE_S = 10
CLOSE_S = 5  # on a slow line the code of a close must still arrive, or two pages fight over a session
KEPT_FRAME_BYTES = 64 * 1024  # longer ones are snapshots, which are everybody's own
HAND_OVER_S = 8.0  # docker waits 10 s between SIGTERM and SIGKILL


class _Tap:
    """Told by Twisted when a connection's buffer (64 KiB) is full and when it has room again."""

    def __init__(self) -> None:
        self.has_room = asyncio.Event()
        self.has_room.set()

    def pauseProducing(self) -> None:  # noqa: N802 (Twisted's name)
        self.has_room.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        self.has_room.set()

    def stopProducing(self) -> None:  # noqa: N802
        self.has_room.set()


class SharedFrames:
    """The newest messages as WebSocket frames: the same object sent again is not framed again."""

    def __init__(self, kept: int = 16) -> None:
        self._kept = kept
        self._frames: dict[int, tuple[str | bytes, bytes]] = {}  # by identity; the message keeps it valid

    def of(self, message: str | bytes) -> bytes:
        """This will give one final frame, unmasked and uncompressed as a server sends it (RFC 6455, 5.2)."""
        known = self._frames.get(id(message))
        if known is not None:
            return known[1]
        frame = _frame(message)
        if len(frame) > KEPT_FRAME_BYTES:
            return frame
        self._frames[id(message)] = (message, frame)
        if len(self._frames) > self._kept:
            del self._frames[next(iter(self._frames))]
        return frame


def _frame(message: str | bytes) -> bytes:
    opcode, payload = (1, message.encode()) if isinstance(message, str) else (2, message)
    size = len(payload)
    if size < 126:
        length = bytes((size,))
    elif size < 2**16:
        length = b"\x7e" + size.to_bytes(2, "big")
    else:
        length = b"\x7f" + size.to_bytes(8, "big")
    return bytes((0x80 | opcode,)) + length + payload


FRAMES = SharedFrames()


class LiveProtocol(WebSocketProtocol):  # type: ignore[misc]  # (daphne has no types)
    """A WebSocket connection with back-pressure, close reasons and a code for what is too large."""

    def onConnect(self, request: Any) -> Any:  # noqa: N802 (autobahn's name)
        self.tap = _Tap()
        self.failByDrop = False  # say why with a close frame before the line is cut
        self.closeHandshakeTimeout = CLOSE_S
        return super().onConnect(request)

    def onOpen(self) -> None:  # noqa: N802
        # The HTTP channel this connection was upgraded from would stop reading when writing stalls.
        self.transport.unregisterProducer()
        self.transport.registerProducer(self.tap, True)
        super().onOpen()

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:  # noqa: N802, N803
        self.tap.stopProducing()
        super().onClose(wasClean, code, reason)

    def sendCloseFrame(self, *args: Any, **options: Any) -> None:  # noqa: N802
        # Twisted closes a connection only when no producer is left that might still want to write.
        self.transport.unregisterProducer()
        self.tap.stopProducing()
        super().sendCloseFrame(*args, **options)

    def handle_reply(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close" and self.state == self.STATE_OPEN:
            self.sendClose(code=message.get("code") or 1000, reason=message.get("reason") or None)
        else:
            super().handle_reply(message)

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:  # noqa: N802
        """What goes to hundreds of observers is framed once; autobahn takes 15 µs to frame it again."""
        if self.state == self.STATE_OPEN and not self.send_queue:
            self.transport.write(FRAMES.of(content))
        else:
            super().serverSend(content, binary)

    def _max_message_size_exceeded(self, *_: Any) -> None:
        self._fail_connection(CLOSE_TOO_LARGE, "too_large")


class LiveRequest(http_protocol.WebRequest):  # type: ignore[misc]
    """A request whose form is the application's to read.

    Twisted would hold every upload in memory once more, and answer a form that it can't read without a word.
    """

    def requestReceived(self, *args: Any) -> None:  # noqa: N802 (Twisted's name)
        self._kind = self.requestHeaders.getRawHeaders(b"content-type")
        self.requestHeaders.removeHeader(b"content-type")
        super().requestReceived(*args)

    def process(self) -> None:
        if self._kind:
            self.requestHeaders.setRawHeaders(b"content-type", self._kind)
        super().process()


class LiveServer(Server):  # type: ignore[misc]
    """daphne whose `send` waits for the client, and whose end lets the application say goodbye first."""

    def __init__(
        self,
        application: Any,
        *,
        begin: Callable[[], Awaitable[None]],
        say_goodbye: Callable[[], Awaitable[None]],
        **options: Any,
    ) -> None:
        super().__init__(application, **options)
        self._begin = begin
        self._say_goodbye = say_goodbye
        # daphne's factories name their classes themselves; there is no other way in.
        WebSocketFactory.protocol = LiveProtocol
        http_protocol.WebRequest = LiveRequest

    def run(self) -> None:
        self.ports: list[Any] = []
        # Listening succeeds before the event loop runs.
        reactor.callLater(0.0, self._start)  # type: ignore[arg-type]  # (zope interfaces confuse it)
        super().run()

    def _start(self) -> None:
        if self.ports:
            self._beginning = asyncio.ensure_future(self._begin())
            self._beginning.add_done_callback(_report)

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send" and isinstance(protocol, LiveProtocol):
            await protocol.tap.has_room.wait()
        await super().handle_reply(protocol, message)

    def kill_all_applications(self) -> "defer.Deferred[None]":
        """Runs before the reactor stops (SIGTERM, SIGINT): whoever is connected learns where they stand."""
        return defer.Deferred.fromFuture(asyncio.ensure_future(self._end()))

    async def _end(self) -> None:
        for port in self.ports:
            port.stopListening()
        try:
            async with asyncio.timeout(HAND_OVER_S):
                await self._say_goodbye()
        except Exception:
            logger.exception("Not everyone could be told that this server stops.")
        running = [
            task
            for details in self.connections.values()
            if (task := details.get("application_instance")) is not None and not task.done()
        ]
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=1)


def _report(beginning: "asyncio.Future[None]") -> None:
    if not beginning.cancelled() and (error := beginning.exception()) is not None:
        logger.error("This server could not get ready.", exc_info=error)


def log_access(protocol: str, action: str, details: dict[str, Any]) -> None:
    """daphne's access log, without the tokens that addresses may carry."""
    if protocol == "http" and action == "complete":
        path = hide_tokens(str(details["path"]))
        access_logger.info(
            "%s %s %s in %.0f ms", details["method"], path, details["status"], details["time_taken"] * 1_000
        )
    elif protocol == "websocket" and action in {"connected", "disconnected"}:
        access_logger.info("socket %s %s", action, hide_tokens(str(details["path"])))


def endpoint(host: str, port: int, *, certificate: str = "", key: str = "") -> str:
    """This will give Twisted's description of where to listen; with a certificate, over TLS."""
    interface = host.strip("[]").replace(":", "\\:")
    if not certificate:
        return f"tcp:{port}:interface={interface}"
    return f"ssl:{port}:privateKey={_escape(key)}:certKey={_escape(certificate)}:interface={interface}"


def _escape(path: str) -> str:
    return path.replace("\\", "\\\\").replace(":", "\\:").replace("=", "\\=")


def serve(
    application: Any,
    where: str,
    *,
    begin: Callable[[], Awaitable[None]],
    say_goodbye: Callable[[], Awaitable[None]],
) -> bool:
    """This will serve until SIGTERM or SIGINT; False when it could not listen.

    `begin` is called once when it listens (models are loaded then, so that the first candidate need not
    wait), `say_goodbye` before it stops.
    """
    server = LiveServer(
        application,
        begin=begin,
        say_goodbye=say_goodbye,
        endpoints=[where],
        action_logger=log_access,
        ping_interval=PING_EVERY_S,
        ping_timeout=PING_TIMEOUT_S,
        websocket_handshake_timeout=HANDSHAKE_S,
        websocket_max_message_size=MAX_MESSAGE_BYTES,
        websocket_max_frame_size=MAX_MESSAGE_BYTES,
        websocket_timeout=-1,
        server_name="viva",
    )
    server.run()
    return bool(server.listening_addresses) and reactor is not None
