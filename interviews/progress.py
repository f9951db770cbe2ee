"""The moves an interviewer can make, and what has been done for the current question so far.

`after` is the only way a `Progress` changes on our side; `with_coverage` the only way on the candidate's.
"""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from interviews.coverage import Coverage
from interviews.intents import Intent
from interviews.plan import PlannedQuestion

MoveKind = Literal[
    "greeting",  # hello, who I am, and the first question
    "question",  # a question without acknowledging anything (after a skip or a break)
    "acknowledge_and_next",  # thanks for the answer, and the next question
    "follow_up",  # asks for one missing point
    "clarify",  # the answer was short or beside the question: asks for an example
    "repeat",  # the same words again
    "rephrase",  # the same question in other words
    "help",  # a foothold, after "I don't know"
    "offer",  # move on, take a break, type instead, another day
    "offer_accepted",  # the candidate said yes to a break, to typing or to another day
    "resume",  # the candidate said no to an offer: take your time
    "ask_again",  # recognition failed: could you say it once more?
    "nudge",  # the first answer to silence
    "person",  # the candidate asked for a person: it is passed on
    "closing_invite",  # that was the last question; what would you like to ask?
    "answer_candidate",  # answers a candidate's question from the facts or passes it on
    "closing",  # thanks and goodbye
    "said",  # a person's own words, word for word: nothing is left to find
]
Offer = Literal["text", "break", "reschedule", "skip"]
Phase = Literal["question", "candidate_questions"]


class Move(Struct, frozen=True, omit_defaults=True):
    kind: MoveKind
    question_index: int | None = None  # the question this reply is about (for `question` …: that it asks)
    point_index: int | None = None  # follow_up: the expected point it asks for
    offer: Offer | None = None
    reason: str = ""  # why, in a word: for the log and for choosing words
    variant: int = 0  # how often this kind was used for this question: words differ each time


class Progress(Struct, frozen=True, omit_defaults=True):
    """What has happened since the current question was asked."""

    phase: Phase = "question"
    covered_points: tuple[int, ...] = ()
    last_covered: int | None = None
    probed_points: tuple[int, ...] = ()
    follow_ups: int = 0
    clarifications: int = 0
    repeats: int = 0
    rephrases: int = 0
    helps: int = 0
    asked_again: int = 0
    silences: int = 0
    offers: int = 0
    stops: int = 0
    pending_offer: Offer | None = None
    candidate_questions: int = 0
    struggles: int = 0  # questions in a row that were given up; survives the change of question
    is_left: bool = False  # the candidate skipped it, and a person's words came between

    def missing_points(self, question: PlannedQuestion) -> tuple[int, ...]:
        return tuple(i for i in range(len(question.expected_points)) if i not in self.covered_points)

    def fraction(self, question: PlannedQuestion) -> float:
        """The share of expected points covered, 0..1; 1 for a question that expects none."""
        total = len(question.expected_points)
        return len(self.covered_points) / total if total else 1.0


class TurnFacts(Struct, frozen=True, omit_defaults=True):
    """The candidate's turn that just ended, or the button that was pressed instead."""

    text: str = ""
    intent: Intent | None = None  # None: found in the text
    is_skip: bool = False
    is_repeat_request: bool = False
    is_poorly_recognised: bool = False
    is_time_up: bool = False
    time_left_s: int | None = None


def after(progress: Progress, move: Move) -> Progress:
    """The progress once `move` is under way."""
    if move.kind in {"greeting", "question", "acknowledge_and_next"}:
        return Progress(struggles=_struggles(progress, move))
    if move.kind == "closing_invite":
        return Progress(phase="candidate_questions")
    counted = {field: getattr(progress, field) + 1 for field in _COUNTED.get(move.kind, ())}
    probed = (move.point_index,) if move.kind == "follow_up" and move.point_index is not None else ()
    return replace(
        progress,
        **counted,
        probed_points=progress.probed_points + probed,
        pending_offer=move.offer if move.kind == "offer" else None,
        silences=progress.silences + 1 if move.reason == "silence" else 0,
        is_left=progress.is_left or (move.kind == "said" and move.reason == "skipped"),
        stops=progress.stops + (move.reason == "stop"),
    )


def with_coverage(progress: Progress, coverage: Coverage) -> Progress:
    """The progress after more was said; a point once covered stays covered."""
    return with_points(progress, coverage.covered)


def with_points(progress: Progress, points: tuple[int, ...]) -> Progress:
    """The progress with `points` among those that are covered, whoever heard them."""
    gained = [point for point in points if point not in progress.covered_points]
    covered = tuple(sorted({*progress.covered_points, *points}))
    return replace(
        progress, covered_points=covered, last_covered=gained[-1] if gained else progress.last_covered
    )


_COUNTED: dict[str, tuple[str, ...]] = {
    "follow_up": ("follow_ups",),
    "clarify": ("clarifications",),
    "repeat": ("repeats",),
    "rephrase": ("rephrases",),
    "help": ("helps",),
    "offer": ("offers",),
    "ask_again": ("asked_again",),
    "answer_candidate": ("candidate_questions",),
}


def _struggles(progress: Progress, move: Move) -> int:
    return progress.struggles + 1 if move.reason in {"skipped", "struggle"} else 0
