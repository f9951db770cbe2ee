"""Observers that cost little: bare WebSockets that keep what came and when, and read it afterwards."""

import asyncio
import base64
import json
import os
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
LEAN_HEADERS = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"


@dataclass
class Watcher(asyncio.Protocol):
    """One observer at one session's monitor."""

    host: str
    path: str
    bearer: str
    came: list[tuple[float, bytes]] = field(default_factory=list)  # wall time, text
    sounds: int = 0
    close_code: int | None = None

    def __post_init__(self) -> None:
        self.is_open = False
        self.snapshot: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._unread = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: {self.host}\r\n{LEAN_HEADERS}Sec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Protocol: viva.v1\r\nAuthorization: Bearer {self.bearer}\r\n\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        if not self.snapshot.done():
            self.snapshot.set_exception(ConnectionError(f"not let in: {self.close_code}"))

    def data_received(self, data: bytes) -> None:
        now = time.time()
        self._unread += data
        if not self.is_open:
            head, found, rest = bytes(self._unread).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                raise ConnectionError(head.decode(errors="replace"))
            self.is_open, self._unread = True, bytearray(rest)
        while self._take_frame(now):
            pass

    def _take_frame(self, now: float) -> bool:
        unread = self._unread
        if len(unread) < 2:
            return False
        size, at = unread[1] & 0x7F, 2
        if size >= 126:
            at = 4 if size == 126 else 10
            if len(unread) < at:
                return False
            size = int.from_bytes(unread[2:at], "big")
        if len(unread) < at + size:
            return False
        self._take(unread[0] & 0x0F, bytes(unread[at : at + size]), now)
        del unread[: at + size]
        return True

    def _take(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == TEXT:
            self.came.append((now, payload))
            if not self.snapshot.done():
                self.snapshot.set_result(None)
        elif opcode == BINARY:
            self.sounds += 1
        elif opcode == PING:
            self._write(PONG, payload)
        elif opcode == CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big")

    def say(self, **message: Any) -> None:
        self._write(TEXT, json.dumps(message).encode())

    def _write(self, opcode: int, payload: bytes) -> None:
        """Masked with zeros, which leaves it as it is; short messages only."""
        assert self._transport is not None
        size = (
            bytes((0x80 | len(payload),)) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
        )
        self._transport.write(bytes((0x80 | opcode,)) + size + bytes(4) + payload)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def count(self, kind: bytes) -> int:
        return sum(text.startswith(b'{"type":"%s"' % kind) for _, text in self.came)

    def events(self) -> list[tuple[int, float]]:
        """Number and delay in ms of every logged event that came; the delay is from the decision on."""
        found = []
        for came_at, text in self.came:
            said = json.loads(text)
            if "at" in said and "seq" in said:
                found.append(
                    (said["seq"], (came_at - datetime.fromisoformat(said["at"]).timestamp()) * 1_000)
                )
        return found


async def watch(port: int, session: str, bearer: str) -> Watcher:
    """This will connect one observer and wait for the snapshot."""
    host = f"127.0.0.1:{port}"
    made = Watcher(host, f"/ws/monitor/{session}/", bearer)
    await asyncio.get_running_loop().create_connection(lambda: made, "127.0.0.1", port)
    async with asyncio.timeout(60):
        await made.snapshot
    return made
