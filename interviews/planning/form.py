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
    asks = {one.point: plain(one.ask) for one in form.follow_ups}
    return PlannedQuestion(
        key=key,
        text=plain(form.text),
        kind=form.kind,
        competency=plain(form.competency)[:80],
        difficulty=form.difficulty,
        expected_points=tuple(
            ExpectedPoint(
                text=plain(point.text),
                cues=tuple(cue for cue in dict.fromkeys(plain(one).lower() for one in point.cues) if cue),
                topic=plain(point.topic),
                probe=asks.get(number, ""),
            )
            for number, point in enumerate(form.points, 1)
        ),
        follow_ups=tuple(plain(one.ask) for one in form.follow_ups),
        anchors={str(step): plain(text) for step, text in enumerate(form.anchors, 1)},
        rephrase=plain(form.rephrase),
        help=plain(form.help),
        source="model",
        reason=plain(form.reason)[:200],
    )
