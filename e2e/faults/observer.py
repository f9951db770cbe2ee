"""Somebody who watches one interview at a monitor socket and commands it."""

import asyncio
import json
import uuid
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from e2e.faults.talk import eventually


class Observer:
    """Use it as an async context; it reads everything it is sent."""

    def __init__(self, url: str, bearer: str) -> None:
        self._url = url
        self._bearer = bearer
        self._socket: ClientConnection
        self._reading: asyncio.Task[None]
        self.messages: list[dict[str, Any]] = []

    async def __aenter__(self) -> "Observer":
        self._socket = await connect(
            self._url, additional_headers={"Authorization": f"Bearer {self._bearer}"}
        )
        self._reading = asyncio.create_task(self._read())
        await self.sees("monitor.snapshot")
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

    def of(self, type_name: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == type_name]

    @property
    def seqs(self) -> list[int]:
        return [one["seq"] for one in self.messages if "seq" in one and one["type"] != "monitor.snapshot"]

    async def sees(self, type_name: str, *, more_than: int = 0) -> dict[str, Any]:
        """The newest message of a type, once there are more than so many."""
        await eventually(lambda: len(self.of(type_name)) > more_than, f"{type_name} at an observer")
        return self.of(type_name)[-1]

    async def command(self, type_name: str, **fields: Any) -> dict[str, Any]:
        """Send a command and give its answer."""
        command_id = uuid.uuid4().hex
        await self._socket.send(json.dumps({"type": type_name, "command_id": command_id, **fields}))

        def answers() -> list[dict[str, Any]]:
            answered = [*self.of("command.done"), *self.of("command.rejected")]
            return [one for one in answered if one["command_id"] == command_id]

        found: list[dict[str, Any]] = await eventually(answers, f"an answer to {type_name}")
        return found[0]
