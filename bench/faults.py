"""Five dropped connections, a reload and a killed server in one interview: is a word lost?"""

import asyncio
from pathlib import Path
from typing import Any

from bench.answers import answer_named
from bench.talking import begin, enter, speak
from e2e.served import Served
from speech.word_errors import count_errors

ANSWERS = ("background", "migration", "queue", "conflict", "mistake")


def measure(model: Path) -> dict[str, Any]:
    calm = _interview(model, is_faulty=False)
    rough = _interview(model, is_faulty=True)
    lost = sum(count_errors(a, b).total for a, b in zip(calm["texts"], rough["texts"], strict=True))
    return {
        "drops": 5,
        "reloads": 1,
        "kills of the server": 1,
        "reconnects": rough["reconnects"],
        "words, undisturbed": sum(len(text.split()) for text in calm["texts"]),
        "words that differ from the undisturbed run": lost,
        "samples reported missing": rough["missing"],
    }


def _interview(model: Path, *, is_faulty: bool) -> dict[str, Any]:
    with Served(model) as server:
        return asyncio.run(_converse(server, is_faulty=is_faulty))


async def _converse(server: Served, *, is_faulty: bool) -> dict[str, Any]:
    client = enter(server, 1, [f"backend-{name}" for name in ANSWERS])[0]
    texts = []
    try:
        await begin(client)
        for number, name in enumerate(ANSWERS):
            trouble = asyncio.create_task(_trouble(server, client, number)) if is_faulty else None
            texts.append((await speak(client, answer_named(name))).text)
            if trouble is not None:
                await trouble
        return {"texts": texts, "reconnects": client.reconnects, "missing": client.missing_samples}
    finally:
        await client.close()


async def _trouble(server: Served, client: Any, number: int) -> None:
    """A drop in every answer; in the third the server is killed, in the fourth the page is reloaded."""
    await asyncio.sleep(3.0)
    if number == 2:
        server.kill()
        await asyncio.to_thread(server.start)
        return
    client.drop()
    if number == 3:
        client.reload()
    if number == 4:
        await asyncio.sleep(3.0)
        client.drop()
