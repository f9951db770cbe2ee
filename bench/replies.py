"""How long a reply takes whose words a language model finds, with and without words prepared ahead.

Two servers that differ in `PREPARED_REPLIES` alone hear the same spoken answers at once. Their language
model is a local server with the real protocol: each of its answers begins after `FIRST_WORDS_S`.
"""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.answers import Answer, load_answers
from bench.figures import percentile, spread
from bench.talking import Spoken, begin, enter, speak
from consumers.candidate_client import CandidateClient
from e2e.served import Served
from interviews.language_model.tests.brains import polite
from interviews.language_model.tests.server import KEY, MODEL, Asked, ModelServer, Says

FIRST_WORDS_S = 0.8  # judged: what a small hosted model takes on an ordinary day
THANKS = "Thank you for telling me."  # a courtesy fits every move; what must be asked, the program adds
FELL_BACK = "could not word a reply"  # what the server's log says of it


@dataclass
class Side:
    """One of the two servers, and what was measured there."""

    server: Served
    model: ModelServer
    spoken: list[Spoken] = field(default_factory=list)
    words: list[int] = field(default_factory=list)  # requests for words, by answer
    others: list[int] = field(default_factory=list)  # requests for coverage, by answer

    @property
    def heard_ms(self) -> list[float]:
        return [one.heard_ms for one in self.spoken if one.heard_ms is not None]


def measure(whisper: Path) -> dict[str, Any]:
    with ModelServer(_answer) as with_it, ModelServer(_answer) as without:
        on, off = (
            _settings(one, prepares=prepares) for one, prepares in ((with_it, "true"), (without, "false"))
        )
        with Served(whisper, **on) as first, Served(whisper, **off) as second:
            prepared, plain = Side(first, with_it), Side(second, without)
            for answer in load_answers():
                asyncio.run(_speak_to_both(prepared, plain, answer))
            return summarise(prepared, plain) | {
                "replies worded by the fallback": _fallbacks(prepared) + _fallbacks(plain)
            }


def summarise(prepared: Side, plain: Side) -> dict[str, Any]:
    ratio = {
        f"p{percent}": round(percentile(prepared.heard_ms, percent) / percentile(plain.heard_ms, percent), 2)
        for percent in (50, 95)
    }
    return {
        "answers": len(plain.spoken),
        "the model's first words after, ms": round(FIRST_WORDS_S * 1_000),
        "last sample to first sentence, prepared, ms": spread(prepared.heard_ms),
        "last sample to first sentence, not prepared, ms": spread(plain.heard_ms),
        "prepared : not prepared": ratio,
        "requests for words per turn, prepared": _mean(prepared.words),
        "requests for words per turn, not prepared": _mean(plain.words),
        "requests for coverage per turn, prepared": _mean(prepared.others),
        "requests for coverage per turn, not prepared": _mean(plain.others),
        "each": [
            {
                "answer": one.answer.name,
                "prepared_ms": _whole(one.heard_ms),
                "not_prepared_ms": _whole(other.heard_ms),
                "endpoint_ms": one.endpoint_ms,
                "words_prepared": words,
                "words_not_prepared": other_words,
            }
            for one, other, words, other_words in zip(
                prepared.spoken, plain.spoken, prepared.words, plain.words, strict=True
            )
        ],
    }


async def _speak_to_both(prepared: Side, plain: Side, answer: Answer) -> None:
    sides = (prepared, plain)
    clients = [enter(side.server, 1, [answer.question])[0] for side in sides]
    await asyncio.gather(*(_speak(side, client, answer) for side, client in zip(sides, clients, strict=True)))


async def _speak(side: Side, client: CandidateClient, answer: Answer) -> None:
    try:
        await begin(client)
        await client.wait_for_floor()
        before = len(side.model.requests)
        side.spoken.append(await speak(client, answer))
        asked = side.model.requests[before:]
        side.words.append(sum(one.schema is None for one in asked))
        side.others.append(sum(_is_coverage(one) for one in asked))
    finally:
        await client.close()


def _answer(asked: Asked) -> Says:
    time.sleep(FIRST_WORDS_S)
    if asked.schema is not None:
        return Says({"stated": []} if _is_coverage(asked) else polite(asked))
    return Says(THANKS)


def _is_coverage(asked: Asked) -> bool:
    return "stated" in (asked.schema or {}).get("properties", {})


def _settings(model: ModelServer, *, prepares: str) -> dict[str, str]:
    return {
        "INTERVIEWER": "openai",
        "OPENAI_BASE_URL": model.address,
        "OPENAI_API_KEY": KEY,
        "OPENAI_MODEL": MODEL,
        "PREPARED_REPLIES": prepares,
    }


def _fallbacks(side: Side) -> int:
    return side.server.log().count(FELL_BACK)


def _mean(values: list[int]) -> float:
    return round(sum(values) / len(values), 2)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
