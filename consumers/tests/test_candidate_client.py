"""The client of `manage.py talk` and of benchmarks, where its line breaks."""

import asyncio

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from consumers.candidate_client import CandidateClient


async def _hang_up(socket: ServerConnection) -> None:
    await socket.close()


async def test_a_message_waits_for_the_next_line_and_lets_others_run() -> None:
    """A line that is gone stands there until its reader has noticed, and the reader must get its turn."""
    async with serve(_hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        client = CandidateClient(f"ws://127.0.0.1:{port}/", "token")
        async with connect(f"ws://127.0.0.1:{port}/") as line:
            await line.wait_closed()
            client._socket = line
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.send({"type": "ping", "at_ms": 1}), 0.2)
