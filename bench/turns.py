"""One candidate at a time, at real speed: who is cut off, how long the reply takes, which words arrive."""

import asyncio
import json
from pathlib import Path
from typing import Any

from bench.answers import Answer, load_answers
from bench.figures import spread
from bench.talking import Spoken, begin, enter, speak
from e2e.served import Served
from speech.backends import faster_whisper
from speech.backends.options import EngineOptions
from speech.clips import ANSWERS, cut_clips
from speech.sample_clock import as_floats
from speech.settings import SpeechSettings
from speech.word_errors import WordErrors, count_errors

SOUNDS_COMPLETE_MS = 900  # an endpoint up to here means that all three hints agreed (patience 700 ms)


def measure(model: Path) -> dict[str, Any]:
    with Served(model) as server:
        spoken = [asyncio.run(_speak_alone(server, answer)) for answer in load_answers()]
    return summarise(spoken) | {"the same model on the labelled cuts, %": _errors_on_cuts(model)}


def _errors_on_cuts(model: Path) -> float:
    """What the model gets wrong by itself, when every stretch of speech is handed to it as labelled."""
    options = EngineOptions(settings=SpeechSettings(), label="bench", model=str(model))
    transcriber = faster_whisper.load(options)
    errors = WordErrors()
    labels = json.loads((ANSWERS / "answers.json").read_text())
    for clip in cut_clips(ANSWERS, labels):
        samples = as_floats(clip.pcm)
        errors += count_errors(
            clip.text, transcriber.transcribe(samples, language="en", is_partial=False).text
        )
    return round(100 * errors.rate, 1)


async def _speak_alone(server: Served, answer: Answer) -> Spoken:
    client = enter(server, 1, [answer.question])[0]
    try:
        await begin(client)
        return await speak(client, answer)
    finally:
        await client.close()


def summarise(spoken: list[Spoken]) -> dict[str, Any]:
    complete = [one for one in spoken if (one.endpoint_ms or 10_000) <= SOUNDS_COMPLETE_MS]
    errors = [count_errors(one.answer.text, one.text) for one in spoken]
    words = sum(len(one.answer.text.split()) for one in spoken)
    return {
        "answers": len(spoken),
        "cut off": sum(one.ended_early for one in spoken),
        "cut off which": [one.answer.name for one in spoken if one.ended_early],
        "final after the turn was over, ms": spread(
            [one.transcribe_ms for one in spoken if one.transcribe_ms is not None]
        ),
        "last sample to first sentence, all, ms": spread(
            [one.heard_ms for one in spoken if one.heard_ms is not None]
        ),
        "last sample to first sentence, sounds complete, ms": spread(
            [one.heard_ms for one in complete if one.heard_ms is not None]
        ),
        "word errors, %": round(100 * sum(error.total for error in errors) / words, 1),
        "each": [
            {
                "answer": one.answer.name,
                "endpoint_ms": one.endpoint_ms,
                "heard_ms": None if one.heard_ms is None else round(one.heard_ms),
                "text": one.text,
            }
            for one in spoken
        ],
    }
