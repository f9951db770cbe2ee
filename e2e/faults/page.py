"""A bare socket at an interview: it sends what a test wants, sensible or not, and keeps what it is told."""

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from e2e.faults.talk import Talk, eventually

CONSENT = {"notice_version": "1", "ai_evaluation": True, "recording": False, "listening": False}


class BarePage:
    """Use it as an async context: inside, it has said hello and was sent a snapshot."""

    def __init__(self, talk: Talk) -> None:
        self._url = talk.client.socket_url
        self._token = talk.token
        self._socket: ClientConnection
        self._reading: asyncio.Task[None]
        self.messages: list[dict[str, Any]] = []

    async def __aenter__(self) -> "BarePage":
        headers = {"X-Interview-Token": self._token}
        self._socket = await connect(
            self._url, additional_headers=headers, subprotocols=[Subprotocol("viva.v1")]
        )
        self._reading = asyncio.create_task(self._read())
        await self.send("hello", last_seq=0)
        await self.hears("session.snapshot")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        try:
            async for raw in self._socket:
                self.messages.append(json.loads(raw))
        except ConnectionClosed:
            return

    @property
    def code(self) -> int | None:
        return self._socket.close_code

    async def send(self, type_name: str, **fields: Any) -> None:
        await self._socket.send(json.dumps({"type": type_name, **fields}))

    async def send_audio(self, offset: int, pcm: bytes) -> None:
        await self._socket.send(offset.to_bytes(8, "little") + pcm)

    async def begin(self) -> None:
        await self.send("consent.set", **CONSENT)
        await self.send("candidate.ready")
        await self.hears("reply.finished")

    def of(self, type_name: str, **fields: Any) -> list[dict[str, Any]]:
        wanted = {"type": type_name, **fields}
        return [one for one in self.messages if wanted.items() <= one.items()]

    async def hears(self, type_name: str, **fields: Any) -> dict[str, Any]:
        found = await eventually(lambda: self.of(type_name, **fields), (type_name, fields))
        return dict(found[-1])

    async def is_closed_with(self) -> int:
        await eventually(lambda: self.code is not None, "the end of the connection")
        return int(self.code or 0)
