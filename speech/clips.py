"""Shipped spoken clips whose words are known: to check a model's window and to measure a machine."""

import json
from pathlib import Path
from typing import Any

from msgspec import Struct

from speech.decoding_process import read_pcm

ANSWERS = Path(__file__).parent / "miniature" / "answers"
MARGIN_MS = 300  # what an endpointer leaves around speech
BYTES_PER_MS = 32


class Clip(Struct, frozen=True):
    """`pcm` is mono s16le at 16 kHz."""

    pcm: bytes
    text: str

    @property
    def audio_ms(self) -> int:
        return len(self.pcm) // BYTES_PER_MS


def cut_clips(folder: Path, answers: list[dict[str, Any]]) -> list[Clip]:
    """This will cut every labelled stretch of speech, 0.3 s around it."""
    clips = []
    for answer in answers:
        pcm = read_pcm(folder / answer["file"])
        for segment in answer["segments"]:
            start = max(0, segment["start_ms"] - MARGIN_MS) * BYTES_PER_MS
            clips.append(Clip(pcm[start : (segment["end_ms"] + MARGIN_MS) * BYTES_PER_MS], segment["text"]))
    return clips


def shipped_clips(most: int) -> list[Clip]:
    """This will give up to `most` clips, of as many voices as there are."""
    answers = json.loads((ANSWERS / "answers.json").read_text())
    answers.sort(key=lambda answer: answer["kind"] != "fluent")  # others trail off, and divide recognisers
    step = max(1, len(answers) // most)
    chosen = [{**answer, "segments": answer["segments"][:1]} for answer in answers[::step][:most]]
    return cut_clips(ANSWERS, chosen)
