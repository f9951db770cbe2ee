"""Many candidates speaking at once: does recognition keep up, and is the one too many refused?"""

import asyncio
from pathlib import Path
from typing import Any

from bench.answers import answer_named
from bench.figures import spread
from bench.machine import usage_of_tree
from bench.talking import Spoken, begin, enter, speak
from consumers.candidate_client import CandidateClient
from e2e.served import Served
from speech.word_errors import count_errors

FLUENT = ("migration", "queue", "generator", "background")


def measure(model: Path, count: int = 20) -> dict[str, Any]:
    with Served(model, SPEECH_CAPACITY=str(count)) as server:
        return asyncio.run(_measure(server, count))


async def _measure(server: Served, count: int) -> dict[str, Any]:
    clients = enter(server, count + 1, [f"backend-{name}" for name in FLUENT])
    crowd, one_too_many = clients[:count], clients[count]
    try:
        await asyncio.gather(*(begin(client) for client in crowd))
        refusal = await _refusal(one_too_many)
        before, began = usage_of_tree(server.pid), asyncio.get_running_loop().time()
        rounds = await asyncio.gather(*(_speak_all(client, shift) for shift, client in enumerate(crowd)))
        wall_s = asyncio.get_running_loop().time() - began
        after = usage_of_tree(server.pid)
    finally:
        await asyncio.gather(*(client.close() for client in clients))
    spoken = [one for answers in rounds for one in answers]
    return _summary(spoken, count) | {
        "seconds": round(wall_s),
        "server cores used": round((after.cpu_s - before.cpu_s) / wall_s, 2),
        "server memory, MiB": round(after.rss_mib),
        "the one too many": refusal,
    }


async def _speak_all(client: CandidateClient, shift: int) -> list[Spoken]:
    """Each begins with another answer and a little later, as people do."""
    await asyncio.sleep(0.13 * shift)
    order = [FLUENT[(shift + step) % len(FLUENT)] for step in range(len(FLUENT))]
    return [await speak(client, answer_named(name)) for name in order]


async def _refusal(client: CandidateClient) -> str:
    starting = asyncio.create_task(client.start())
    await client.until(lambda: client.close_codes or client.state)
    starting.cancel()
    return f"refused with {client.close_codes[0]}" if client.close_codes else "let in"


def _summary(spoken: list[Spoken], count: int) -> dict[str, Any]:
    half = len(spoken) // 2
    waits = [one.transcribe_ms for one in spoken if one.transcribe_ms is not None]
    errors = sum(count_errors(one.answer.text, one.text).total for one in spoken)
    words = sum(len(one.answer.text.split()) for one in spoken)
    return {
        "sessions at once": count,
        "answers": len(spoken),
        "cut off": sum(one.ended_early for one in spoken),
        "final after the turn was over, ms": spread(waits),
        "the same, first half": spread(waits[:half]),
        "the same, second half": spread(waits[half:]),
        "last sample to first sentence, ms": spread(
            [one.heard_ms for one in spoken if one.heard_ms is not None]
        ),
        "word errors, %": round(100 * errors / words, 1),
    }
