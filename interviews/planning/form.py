"""The form in which a language model proposes a question. Everything in it is a proposal."""

from typing import Annotated

from msgspec import Meta, Struct

from interviews.plan import ExpectedPoint, Kind, Level, PlannedQuestion
from interviews.planning.cleaning import plain

Line = Annotated[str, Meta(max_length=600)]


class PointForm(Struct):
    text: Line
    topic: Line
    cues: list[Line]


class FollowUpForm(Struct):
    point: int  # counted from 1
    ask: Line


class QuestionForm(Struct):
    text: Line
    kind: Kind
    competency: Line
    difficulty: Level
    points: list[PointForm]
    follow_ups: list[FollowUpForm]
    rephrase: Line
    help: Line
    anchors: list[Line]
    reason: Line


def question_of(form: QuestionForm, key: str) -> PlannedQuestion:
    """The question as a plan holds it, its words as they would be heard; the linter judges it afterwards."""
    asks = {one.point: _calm(one.ask) for one in form.follow_ups}
    return PlannedQuestion(
        key=key,
        text=_calm(form.text),
        kind=form.kind,
        competency=_calm(form.competency)[:80],
        difficulty=form.difficulty,
        expected_points=tuple(
            ExpectedPoint(
                text=_calm(point.text),
                cues=tuple(cue for cue in dict.fromkeys(_calm(one).lower() for one in point.cues) if cue),
                topic=_calm(point.topic),
                probe=asks.get(number, ""),
            )
            for number, point in enumerate(form.points, 1)
        ),
        follow_ups=tuple(_calm(one.ask) for one in form.follow_ups),
        anchors={str(step): plain(text) for step, text in enumerate(form.anchors, 1)},
        rephrase=_calm(form.rephrase),
        help=_calm(form.help),
        source="model",
        reason=plain(form.reason)[:200],
    )


def _calm(text: str) -> str:
    """Only the spaces: what else is wrong with it the linter must see."""
    return " ".join(text.split())
