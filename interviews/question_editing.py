"""Lets people write the questions of a session themselves, until somebody has opened it.

A question stands twice: in the session's plan, which is asked, and as a row, which is read. Both are written
together here, in the same order, numbered from one without a gap.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import uuid4

import msgspec
from django.db import transaction
from django.db.models import F
from msgspec import Struct
from msgspec.structs import replace

from interviews.models import Question, Session
from interviews.phrases import load_phrases
from interviews.plan import ExpectedPoint, Kind, Level, Plan, PlannedQuestion
from interviews.planning.drafting import with_time_note
from interviews.planning.probes import without_given_away_cues
from interviews.planning.timing import time_note
from interviews.spoken_words import stem, words

MOST_QUESTIONS = 20  # in one session; as in a kept plan
MOST_POINTS = 12
APART = 10_000  # while rows change places, so that no two have the same

_BREAKS = re.compile(r"[\n;•]+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_FILLING = frozenset(
    stem(word) for word in load_phrases().empty_words.split() + load_phrases().fill_words.split()
)


class EditingError(Exception):
    """The questions can't be changed so: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class OwnQuestion(Struct, frozen=True, kw_only=True):
    """A question as a person wrote it. `order` is its place from one; None is the last."""

    text: str
    kind: Kind = "behavioral"
    competency: str = ""
    category: str = ""
    difficulty: Level = "intermediate"
    expected_answer: str = ""
    expected_points: tuple[str, ...] = ()
    order: int | None = None


class _Place(Struct):
    """A question of the plan with its row; None where there is none yet."""

    planned: PlannedQuestion
    row: Question | None = None


@transaction.atomic
def add_own(session: Session, wishes: Sequence[OwnQuestion]) -> list[Question]:
    """Put them in, all or none; the first of one's own replace what was drafted. Raises EditingError.

    Gives the rows in the order of `wishes`.
    """
    places = _locked(session)
    if session.is_drafted:
        places = []
    if len(places) + len(wishes) > MOST_QUESTIONS:
        raise EditingError("too_many_questions", f"An interview has {MOST_QUESTIONS} questions at most.")
    made = [_Place(_planned(wish), _row(session, wish)) for wish in wishes]
    by_order = sorted(range(len(wishes)), key=lambda at: wishes[at].order or MOST_QUESTIONS)
    for at in by_order:
        _insert(places, made[at], wishes[at].order)
    session.is_drafted = False
    _write(session, places)
    return [one.row for one in made if one.row is not None]


@transaction.atomic
def change_own(row: Question, changes: dict[str, Any]) -> Question:
    """Change what is named in `changes`, by the names of OwnQuestion. Raises EditingError."""
    session = row.session
    places = _locked(session)
    place = _find(places, row)
    former = place.planned
    wish = replace(_wish_of(place), **changes)
    place.planned = _changed(former, wish)
    place.row = _row(session, wish, place.row)
    if wish.order is not None and wish.order != row.order:
        places.remove(place)
        _insert(places, place, wish.order)
    session.is_drafted = False
    _write(session, places)
    return place.row


@transaction.atomic
def remove_own(row: Question) -> None:
    """Take it out; the later ones move up. Raises EditingError for the only one there is."""
    session = row.session
    places = _locked(session)
    if len(places) == 1:
        raise EditingError("last_question", "An interview has at least one question.")
    places.remove(_find(places, row))
    session.is_drafted = False
    _write(session, places)


def points_in(answer: str) -> tuple[str, ...]:
    """What an expected answer holds, one by one: its lines or list, else its sentences."""
    parts = [part for part in _BREAKS.split(answer) if part.strip()]
    if len(parts) == 1:
        parts = _SENTENCES.split(parts[0])
    tidy = (part.strip().lstrip("-*–·").strip()[:300] for part in parts)
    return tuple(dict.fromkeys(part for part in tidy if part))[:MOST_POINTS]


def _locked(session: Session) -> list[_Place]:
    """The session's questions as they are now, under its lock. Raises EditingError once it was opened."""
    Session.objects.select_for_update().get(pk=session.pk)
    session.refresh_from_db()
    if session.seq or session.is_over:
        raise EditingError(
            "already_started", "The interview has been opened: its questions stay as they are."
        )
    planned = _plan_of(session).questions
    return [_Place(one, row) for one, row in zip(planned, session.questions.order_by("order"), strict=True)]


def _plan_of(session: Session) -> Plan:
    return msgspec.convert(session.plan, Plan)


def _find(places: list[_Place], row: Question) -> _Place:
    for place in places:
        if place.row is not None and place.row.pk == row.pk:
            return place
    raise EditingError("not_found", "The question has been removed meanwhile.")


def _insert(places: list[_Place], place: _Place, order: int | None) -> None:
    at = len(places) if order is None else min(order - 1, len(places))
    places.insert(at, place)


def _wish_of(place: _Place) -> OwnQuestion:
    row, planned = place.row, place.planned
    return OwnQuestion(
        text=planned.text,
        kind=planned.kind,
        competency=planned.competency,
        category=row.category if row is not None else "",
        difficulty=planned.difficulty,
        expected_answer=row.expected_answer if row is not None else "",
        expected_points=tuple(point.text for point in planned.expected_points),
    )


def _planned(wish: OwnQuestion) -> PlannedQuestion:
    question = PlannedQuestion(
        key=f"own-{uuid4().hex[:12]}",
        text=wish.text,
        kind=wish.kind,
        competency=wish.competency,
        difficulty=wish.difficulty,
        expected_points=tuple(ExpectedPoint(text=text, cues=_cues(text)) for text in wish.expected_points),
        source="person",
    )
    return _without_echoes(question)


def _changed(former: PlannedQuestion, wish: OwnQuestion) -> PlannedQuestion:
    """Written anew where its words change: follow-ups and anchors were made for the former ones."""
    points = tuple(point.text for point in former.expected_points)
    if wish.text != former.text or wish.expected_points != points:
        return replace(_planned(wish), mode=former.mode)
    return replace(former, kind=wish.kind, competency=wish.competency, difficulty=wish.difficulty)


def _cues(point: str) -> tuple[str, ...]:
    """Two neighbouring words that carry the point, in one sentence; of a point of one word, that one."""
    carrying = [word for word in words(point) if stem(word) not in _FILLING and len(word) > 2]
    kept = list(dict.fromkeys(carrying or words(point)))
    pairs = [f"{first} + {second}" for first, second in pairwise(kept)]
    return tuple(pairs or kept)


def _without_echoes(question: PlannedQuestion) -> PlannedQuestion:
    """Without the cues that the question's own words hold, as long as others are left to tell a point by."""
    told = without_given_away_cues(question).expected_points
    both = zip(question.expected_points, told, strict=True)
    return replace(question, expected_points=tuple(new if new.cues else old for old, new in both))


def _row(session: Session, wish: OwnQuestion, row: Question | None = None) -> Question:
    row = row or Question(session=session)
    row.text, row.kind, row.competency = wish.text, wish.kind, wish.competency
    row.category, row.difficulty = wish.category, wish.difficulty
    row.expected_answer, row.expected_points = wish.expected_answer, list(wish.expected_points)
    return row


def _write(session: Session, places: list[_Place]) -> None:
    kept = [place.row.pk for place in places if place.row is not None and place.row.pk]
    session.questions.exclude(pk__in=kept).delete()
    session.questions.update(order=F("order") + APART)
    for order, place in enumerate(places, 1):
        if place.row is not None:
            place.row.order = order
            place.row.save()
    plan = _with_questions(_plan_of(session), tuple(place.planned for place in places))
    session.plan, session.num_questions = msgspec.to_builtins(plan), plan.total
    session.save(update_fields=["plan", "num_questions", "is_drafted", "updated_at"])


def _with_questions(plan: Plan, questions: tuple[PlannedQuestion, ...]) -> Plan:
    """It copies no kept plan any more, and says anew how long it takes."""
    keys = {question.key for question in questions}
    late = time_note(plan)
    noted = plan.notes if any(one.key in keys for one in plan.questions) else ()
    claims = tuple(
        claim if claim.question_key in keys else replace(claim, question_key="") for claim in plan.claims
    )
    notes = tuple(note for note in noted if note != late)
    return with_time_note(
        replace(plan, questions=questions, claims=claims, notes=notes, plan_id=0, version=1)
    )
