"""What people set in a report instead of what a program judged, as plain values."""

from datetime import date

import msgspec


class Overridden(msgspec.Struct, frozen=True):
    """What the overall score comes to with what people set instead of single judgements."""

    value: float | None = None
    level: str = ""
    answers_scored: int = 0
    answers_set: int = 0
    """Of those scored, how many a person set."""
    answers_left_out: int = 0
    """How many a person marked as not scorable."""
    competencies: tuple[tuple[str, float | None, int], ...] = ()
    """Name, mean anchor and the number of answers, of those that differ from the program's."""


class Override(msgspec.Struct, frozen=True):
    """What a person set instead of what a program judged of one answer, and why."""

    question_number: int
    by: str
    score: int | None
    """1–5 on the anchors; None: marked as not scorable."""
    reason: str
    made_on: date | None = None
    instead_of: int | None = None
    """The anchor that the program gave."""
    points: float | None = None
    """What `score` stands for on 0–100."""
