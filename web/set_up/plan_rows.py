"""The questions of a plan as rows of a form, and back; what nobody touched stays as it was, to the letter."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from interviews.bank import get_question
from interviews.plan import ExpectedPoint, PlannedQuestion
from web.set_up.rows import Fields, Row

LEVELS = ("1", "2", "3", "4", "5")
SAID = " | "  # between an expected point and the words that show it was said
NAMES = (
    "key", "text", "kind", "competency", "difficulty", "mode", "is_core", "points", "follow_ups", "rephrase",
    "help", *(f"anchor-{level}" for level in LEVELS),
)  # fmt: skip
Find = Callable[[str], PlannedQuestion | None]


def fields_of(question: PlannedQuestion) -> Fields:
    return {
        "key": question.key,
        "text": question.text,
        "kind": question.kind,
        "competency": question.competency,
        "difficulty": question.difficulty,
        "mode": question.mode,
        "is_core": "on" if question.is_core else "",
        "points": "\n".join(_line(point) for point in question.expected_points),
        "follow_ups": "\n".join(question.follow_ups),
        "rephrase": question.rephrase,
        "help": question.help,
        **{f"anchor-{level}": question.anchors.get(level, "") for level in LEVELS},
    }


def blank_question() -> Fields:
    """One of one's own, before anything is written."""
    chosen = {"kind": "behavioral", "difficulty": "intermediate", "mode": "adaptive", "is_core": "on"}
    return {**dict.fromkeys(NAMES, ""), **chosen}


def finder(questions: Iterable[PlannedQuestion]) -> Find:
    """Finds what a row began as: a question of the plan as it is, or of the bank."""
    known = {question.key: question for question in questions}

    def find(key: str) -> PlannedQuestion | None:
        try:
            return known[key] if key in known else get_question(key)
        except KeyError:
            return None

    return find


def wish_of(rows: Iterable[Row], find: Find) -> list[dict[str, Any]]:
    """What the interface takes: every question whole, those of one's own with a key that none has."""
    listed = list(rows)
    taken = {row.fields["key"] for row in listed}
    return [_question(row.fields, find, taken) for row in listed]


def _question(fields: Fields, find: Find, taken: set[str]) -> dict[str, Any]:
    before = find(fields["key"]) if fields["key"] else None
    key = fields["key"] if before is not None else _fresh_key(taken)
    taken.add(key)
    began = before or PlannedQuestion(key=key, text="")
    follow_ups = _lines(fields["follow_ups"])
    said: dict[str, Any] = {
        "text": _tidy(fields["text"]),
        "kind": fields["kind"],
        "competency": _tidy(fields["competency"]),
        "difficulty": fields["difficulty"],
        "mode": fields["mode"],
        "is_core": bool(fields["is_core"]),
        "expected_points": [_point(line, began, follow_ups) for line in _lines(fields["points"])],
        "follow_ups": follow_ups,
        "anchors": {level: text for level in LEVELS if (text := _tidy(fields[f"anchor-{level}"]))},
        "rephrase": _tidy(fields["rephrase"]),
        "help": _tidy(fields["help"]),
    }
    return {**msgspec.to_builtins(began), **said, "key": key}


def _fresh_key(taken: set[str]) -> str:
    return next(key for number in range(1, len(taken) + 2) if (key := f"own-{number}") not in taken)


def _line(point: ExpectedPoint) -> str:
    return SAID.join([point.text, ", ".join(point.cues)]) if point.cues else point.text


def _point(line: str, began: PlannedQuestion, follow_ups: list[str]) -> dict[str, Any]:
    """What asks for the point goes on doing so while the point and that follow-up are there."""
    text, _, words = (part.strip() for part in line.partition("|"))
    cues = [cue for one in words.split(",") if (cue := _tidy(one))]
    former = next((point for point in began.expected_points if point.text == text), ExpectedPoint(text=text))
    is_left_out = former.probe in began.follow_ups and former.probe not in follow_ups
    probe = "" if is_left_out else former.probe
    return {"text": text, "cues": cues, "topic": former.topic, "probe": probe}


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := _tidy(one))]


def _tidy(text: str) -> str:
    return " ".join(text.split())
