"""Many observers on one session: from an event to the observer, in one process and over Redis.

A candidate speaks for real (the miniature recogniser makes partials, levels and finals), and the microphone
is switched now and then for more events. A delay is counted from the moment in which the session decided an
event, before it was committed, to the moment in which an observer's socket had it; both read one clock. The
observers are one process of bare sockets beside the server, on the same cores. In the second run everybody
listens in as well. Over Redis the candidate and the observers are at different processes of the server.
"""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Any

from bench.answers import answer_named, load_answers
from bench.figures import spread
from bench.machine import usage_of_tree
from bench.talking import begin
from bench.watching import Watcher, watch
from consumers.candidate_client import CandidateClient
from e2e.served import Served
from e2e.server_process import ServerProcess

COUNT = 200
AT_ONCE = 20  # let in at once
SECONDS = 20.0
SWITCH_EVERY_S = 0.5
ANSWERS = ("migration", "queue", "generator", "background")
REDIS = ("127.0.0.1", 6379)
REDIS_URL = "redis://127.0.0.1:6379/9"
AIM_MS = 100


def measure(model: Path, count: int = COUNT, seconds: float = SECONDS) -> dict[str, Any]:
    with Served(model, SPEECH_CAPACITY="4") as server:
        here = asyncio.run(_measure(server, server, count, seconds))
    return {"observers": count} | _named("one process", here) | _over_redis(model, count, seconds)


def _over_redis(model: Path, count: int, seconds: float) -> dict[str, Any]:
    if not _is_redis_there():
        return {"over Redis": f"skipped: no Redis at {REDIS[0]}:{REDIS[1]}"}
    with Served(model, SPEECH_CAPACITY="4", REDIS_URL=REDIS_URL) as server, _second(server) as other:
        there = asyncio.run(_measure(server, other, count, seconds))
    return _named("over Redis", there)


def _is_redis_there() -> bool:
    with suppress(OSError), socket.create_connection(REDIS, timeout=1):
        return True
    return False


@contextmanager
def _second(server: Served) -> Iterator[ServerProcess]:
    """Another process on the same database."""
    other = ServerProcess(server.environment, server.folder / "other.log")
    other.start()
    try:
        yield other
    finally:
        other.stop()


def _named(name: str, figures: dict[str, Any]) -> dict[str, Any]:
    return {f"{name}: {key}": value for key, value in figures.items()}


async def _measure(server: Served, at: ServerProcess, count: int, seconds: float) -> dict[str, Any]:
    made = json.loads(server.run("-m", "bench.make_watched", *(f"backend-{name}" for name in ANSWERS)))
    address = f"ws://127.0.0.1:{server.port}/ws/interviews/{made['uuid']}/"
    candidate = CandidateClient(address, made["token"], voice_speed=8.0)
    watchers: list[Watcher] = []
    busy: list[asyncio.Task[None]] = []
    load_answers()  # decoding them would hold up the observers, who live in this process
    try:
        await begin(candidate)
        busy = [asyncio.create_task(_talk(candidate)), asyncio.create_task(_switch(candidate))]
        began = time()
        watchers = await _let_in(at.port, made, count)
        let_in_s = time() - began
        quiet = await _run(watchers, at, seconds)
        await _listen(candidate, watchers)
        heard = await _run(watchers, at, seconds)
    finally:
        for task in busy:
            task.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        for watcher in watchers:
            watcher.close()
        await candidate.close()
    return {
        "until all watch, s": round(let_in_s, 1),
        **quiet,
        **{f"{name}, all listening in": value for name, value in heard.items()},
    }


async def _let_in(port: int, made: dict[str, str], count: int) -> list[Watcher]:
    watchers: list[Watcher] = []
    for start in range(0, count, AT_ONCE):
        some = range(start, min(start + AT_ONCE, count))
        watchers += await asyncio.gather(*(watch(port, made["uuid"], made["bearer"]) for _ in some))
    await _settle(watchers)
    return watchers


async def _settle(watchers: list[Watcher]) -> None:
    """Until nobody has joined for a second."""
    newest = -1
    while (last := watchers[0].count(b"participant.joined")) != newest:
        newest = last
        await asyncio.sleep(1.0)


async def _listen(candidate: CandidateClient, watchers: list[Watcher]) -> None:
    consent = {"ai_evaluation": True, "recording": False, "listening": True}
    await candidate.send({"type": "consent.set", "notice_version": "1", **consent})
    async with asyncio.timeout(60):
        while not watchers[0].count(b"consent.changed"):  # noqa: ASYNC110 (looked at now and then)
            await asyncio.sleep(0.1)
    for number, watcher in enumerate(watchers):
        watcher.say(type="listen.start", command_id=f"listen-{number}")
    await _settle_listening(watchers)


async def _settle_listening(watchers: list[Watcher]) -> None:
    async with asyncio.timeout(120):
        while not all(watcher.sounds for watcher in watchers):  # noqa: ASYNC110 (looked at now and then)
            await asyncio.sleep(0.2)


async def _run(watchers: list[Watcher], server: ServerProcess, seconds: float) -> dict[str, Any]:
    for watcher in watchers:
        watcher.came.clear()
        watcher.sounds = 0
    before, began = usage_of_tree(server.pid), time()
    await asyncio.sleep(seconds)
    wall_s, after = time() - began, usage_of_tree(server.pid)
    return _summary(watchers) | {"server cores used": round((after.cpu_s - before.cpu_s) / wall_s, 2)}


async def _talk(candidate: CandidateClient) -> None:
    while True:
        for name in ANSWERS:
            answer = answer_named(name)
            candidate.say(answer.pcm)
            await asyncio.sleep(answer.duration_ms / 1_000 + 2.0)


async def _switch(candidate: CandidateClient) -> None:
    is_muted = False
    while True:
        is_muted = not is_muted
        await candidate.send({"type": "mic.state", "muted": is_muted})
        await asyncio.sleep(SWITCH_EVERY_S)


def _summary(watchers: list[Watcher]) -> dict[str, Any]:
    each = [watcher.events() for watcher in watchers]
    seqs = [[seq for seq, _ in events] for events in each]
    # At both ends of the time some were still on their way to some.
    first = max(min(numbers, default=0) for numbers in seqs)
    last = min(max(numbers, default=0) for numbers in seqs)
    seqs = [[seq for seq in numbers if first <= seq <= last] for numbers in seqs]
    logged = sorted({seq for numbers in seqs for seq in numbers})
    return {
        "event → observer, ms": spread([delay for events in each for _, delay in events]),
        "events": len(logged),
        "observers who got each of them once": sum(numbers == logged for numbers in seqs),
        "messages to all observers": sum(len(watcher.came) + watcher.sounds for watcher in watchers),
        "audio messages to each": spread([watcher.sounds for watcher in watchers])
        if any(watcher.sounds for watcher in watchers)
        else "none",
    }
