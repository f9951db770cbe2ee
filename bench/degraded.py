"""What the recogniser makes of worse and worse copies of the labelled answers, and what is scored of it."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from interviews.bank import get_question
from interviews.evaluation import AnswerFacts, SaidUtterance, evaluate_answer, is_poorly_recognised
from speech.backends.faster_whisper import load
from speech.backends.options import EngineOptions
from speech.backends.silero import silero_model
from speech.clips import ANSWERS
from speech.decoding_process import read_pcm
from speech.degrading import DEGRADATIONS, degrade
from speech.heard import UtteranceHeard, UtteranceLost
from speech.in_process import InProcessRecognition
from speech.listening import Listener
from speech.replay import Replay
from speech.settings import SpeechSettings
from speech.turn_model import NoTurnModel
from speech.word_errors import count_errors

KEPT = Path(__file__).parent.parent / "interviews" / "tests" / "degraded_recordings.json"
TOO_MANY_ERRORS = 0.3
FEW_ERRORS = 0.1
WAIT = bytes(16_000 * 2 * 2)
QUESTION = "backend-migration"  # any with expected points: what matters is whether there is a score


def measure(model: Path) -> dict[str, Any]:
    """Keep what was heard of every copy for the tests, and count what is scored of it."""
    heard = asyncio.run(_hear_all(model))
    lines = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in heard)
    KEPT.write_text(f"[\n  {lines}\n]\n", encoding="utf-8")
    badly = [one for one in heard if one["word_error_rate"] > TOO_MANY_ERRORS]
    well = [one for one in heard if one["word_error_rate"] < FEW_ERRORS]
    return {
        "copies": len(heard),
        "with more than 30 % wrong words": len(badly),
        "of them scored": sum(is_scored(one) for one in badly),
        "with less than 10 % wrong words": len(well),
        "of them asked for again": sum(is_poorly_recognised(said_in(one)) for one in well),
    }


def said_in(copy: dict[str, Any]) -> tuple[SaidUtterance, ...]:
    return tuple(SaidUtterance(**utterance) for utterance in copy["utterances"])


def is_scored(copy: dict[str, Any]) -> bool:
    return evaluate_answer(AnswerFacts(get_question(QUESTION), said_in(copy))).score is not None


async def _hear_all(model: Path) -> list[dict[str, Any]]:
    settings = SpeechSettings(engine="faster_whisper", whisper_model=str(model), window="tight")
    engine = InProcessRecognition(load(EngineOptions(settings=settings, label="mini", model=str(model))))
    try:
        return [await _hear(engine, *copy) for copy in _copies()]
    finally:
        engine.close()


def _copies() -> Iterator[tuple[dict[str, Any], str, bytes]]:
    answers = json.loads((ANSWERS / "answers.json").read_text())
    pcm = [read_pcm(ANSWERS / answer["file"]) for answer in answers]
    for at, answer in enumerate(answers):
        others = b"".join(pcm[:at] + pcm[at + 1 :])
        for how in DEGRADATIONS:
            yield answer, how, degrade(pcm[at], how, others=others)


async def _hear(engine: InProcessRecognition, answer: dict[str, Any], how: str, pcm: bytes) -> dict[str, Any]:
    replay = Replay(
        lambda emit: Listener(
            recognition=engine,
            voice_activity=silero_model(),
            turn_model=NoTurnModel("not needed"),
            emit=emit,
        )
    )
    await replay.play(pcm + WAIT)
    await replay.settle()
    await replay.listener.aclose()
    errors = count_errors(answer["text"], replay.text)
    return {
        "recording": answer["file"].removesuffix(".flac"),
        "how": how,
        "word_error_rate": round(errors.rate, 3),
        "utterances": [_utterance(one) for one in replay.of(UtteranceHeard, UtteranceLost)],
    }


def _utterance(heard: Any) -> dict[str, Any]:
    span = {"start_ms": heard.start_ms, "end_ms": heard.end_ms}
    if not isinstance(heard, UtteranceHeard):
        return {"text": "", **span}
    return {"text": heard.text, **span, "confidence": heard.confidence, "snr_db": heard.snr_db}
