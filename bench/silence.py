"""What a connected candidate who says nothing costs."""

import asyncio
from pathlib import Path
from typing import Any

from bench.server import Server
from bench.talking import begin, enter

SESSIONS = 10
SECONDS = 20


def measure(model: Path) -> dict[str, Any]:
    with Server(model=model, SPEECH_CAPACITY="40") as server:
        return asyncio.run(_measure(server))


async def _measure(server: Server) -> dict[str, Any]:
    clients = enter(server, SESSIONS, ["backend-background"])
    try:
        idle = await _cpu_share(server)
        await asyncio.gather(*(begin(client) for client in clients))
        busy = await _cpu_share(server)
    finally:
        await asyncio.gather(*(client.close() for client in clients))
    return {
        "sessions": SESSIONS,
        "server without sessions, % of a core": round(100 * idle, 1),
        "one silent session, % of a core": round(100 * (busy - idle) / SESSIONS, 2),
    }


async def _cpu_share(server: Server) -> float:
    before = server.usage()
    await asyncio.sleep(SECONDS)
    return (server.usage().cpu_s - before.cpu_s) / SECONDS
