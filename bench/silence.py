"""What a connected candidate who says nothing costs."""

import asyncio
from pathlib import Path
from typing import Any

from bench.machine import usage_of_tree
from bench.talking import begin, enter
from e2e.served import Served

SESSIONS = 10
SECONDS = 20


def measure(model: Path) -> dict[str, Any]:
    with Served(model, SPEECH_CAPACITY="40") as server:
        return asyncio.run(_measure(server))


async def _measure(server: Served) -> dict[str, Any]:
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


async def _cpu_share(server: Served) -> float:
    before = usage_of_tree(server.pid)
    await asyncio.sleep(SECONDS)
    return (usage_of_tree(server.pid).cpu_s - before.cpu_s) / SECONDS
