"""The labelled spoken answers and the bank's questions that they answer."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from speech.decoding import decode

FOLDER = Path(__file__).resolve().parent.parent / "speech" / "miniature" / "answers"
QUESTION_FOR = {
    "background": "backend-background",
    "migration": "backend-migration",
    "generator": "backend-generator",
    "queue": "backend-queue",
    "conflict": "backend-conflict",
    "mistake": "backend-mistake",
    "midsentence": "backend-index",
    "design": "backend-design-start",
    "dont_know": "backend-cache",
    "not_sure": "backend-incident",
    "repeat": "backend-queue",
    "yes": "backend-background",
    "closing": "backend-background",
}


@dataclass(frozen=True)
class Answer:
    name: str
    kind: str
    text: str
    pcm: bytes
    turn_end_ms: int
    duration_ms: int

    @property
    def question(self) -> str:
        return QUESTION_FOR[self.name]


@lru_cache(maxsize=1)
def load_answers() -> tuple[Answer, ...]:
    labels = json.loads((FOLDER / "answers.json").read_text())
    return tuple(
        Answer(
            name=label["file"].removesuffix(".flac"),
            kind=label["kind"],
            text=label["text"],
            pcm=decode((FOLDER / label["file"]).read_bytes()).pcm,
            turn_end_ms=label["turn_end_ms"],
            duration_ms=label["duration_ms"],
        )
        for label in labels
    )


def answer_named(name: str) -> Answer:
    return next(answer for answer in load_answers() if answer.name == name)
