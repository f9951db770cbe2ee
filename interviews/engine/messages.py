"""What is said to an engine and what it answers, as docs/engine.md describes. Unknown fields are ignored."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.form import AnswerForm, FindingForm, PointForm
from interviews.interviewer.brief import ReplyBrief
from interviews.plan import ExpectedPoint, Kind, Level, PlannedQuestion

Line = Annotated[str, Meta(max_length=2_000)]
Score = Annotated[float, Meta(ge=0, le=100)]


class EngineFacts(Struct, frozen=True):
    """Who answers at the other end."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    version: Annotated[str, Meta(max_length=40)] = ""


class Reply(Struct, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=4_000)]


class StatedPoint(Struct, frozen=True):
    number: int
    quote: Line


class StatedPoints(Struct, frozen=True):
    points: list[StatedPoint]


class JudgedPoint(Struct, frozen=True):
    number: int
    is_stated: bool = True
    quote: Line = ""


class JudgedFinding(Struct, frozen=True):
    text: Line
    quote: Line = ""


class Judgement(Struct, frozen=True):
    points: list[JudgedPoint]
    accuracy: Score
    clarity: Score
    depth: Score
    anchor: Annotated[float, Meta(ge=1, le=5)]
    gist: Line = ""
    strengths: list[JudgedFinding] = []
    improvements: list[JudgedFinding] = []
    keywords: list[str] = []
    feedback: Line = ""
    candidate_feedback: Line = ""
    model: Annotated[str, Meta(max_length=80)] = ""
    prompt_version: Annotated[str, Meta(max_length=40)] = ""

    def as_form(self) -> AnswerForm:
        """As the rules take it: everything in it is a proposal."""
        return AnswerForm(
            gist=self.gist,
            points=[PointForm(one.number, one.is_stated, one.quote) for one in self.points],
            accuracy=self.accuracy,
            clarity=self.clarity,
            depth=self.depth,
            anchor=self.anchor,
            strengths=[FindingForm(one.text, one.quote) for one in self.strengths],
            improvements=[FindingForm(one.text, one.quote) for one in self.improvements],
            keywords=list(self.keywords),
            feedback=self.feedback,
            candidate_feedback=self.candidate_feedback,
        )


class WrittenPoint(Struct, frozen=True):
    text: Line
    topic: Line
    cues: list[Line]


class WrittenQuestion(Struct, frozen=True):
    text: Line
    competency: Annotated[str, Meta(max_length=80)]
    expected_points: list[WrittenPoint]
    follow_ups: list[Line]
    rephrase: Line
    help: Line
    anchors: dict[str, Line]
    kind: Kind = "technical"
    difficulty: Level = "intermediate"

    def as_question(self, key: str) -> PlannedQuestion:
        return PlannedQuestion(
            key=key,
            text=self.text,
            kind=self.kind,
            competency=self.competency,
            difficulty=self.difficulty,
            expected_points=tuple(
                ExpectedPoint(point.text, tuple(point.cues), point.topic) for point in self.expected_points
            ),
            follow_ups=tuple(self.follow_ups),
            anchors=dict(self.anchors),
            rephrase=self.rephrase,
            help=self.help,
        )


class WrittenQuestions(Struct, frozen=True):
    questions: list[WrittenQuestion]


def reply_wish(brief: ReplyBrief, wish: str) -> dict[str, Any]:
    """What an engine needs to word one reply; no name, no score, no anchor, no answer."""
    question = brief.question
    return {
        "move": brief.move.kind,
        "reason": brief.move.reason,
        "wish": wish,
        "language": brief.language,
        "persona": brief.persona,
        "organisation": brief.organisation,
        "role": brief.role,
        "question": question.text if question is not None else "",
        "foothold": question.help if question is not None else "",
        "missing_topic": brief.point.topic if brief.point is not None else "",
        "said_topic": brief.covered.topic if brief.covered is not None else "",
        "candidate_text": brief.candidate_text,
        "history": [{"side": side, "text": text} for side, text in brief.history],
        "facts": list(brief.facts),
        "guidance": brief.guidance,
    }


def judging_wish(facts: AnswerFacts, answer: str) -> dict[str, Any]:
    return {"question": _question(facts.question), "answer": answer}


def coverage_wish(question: PlannedQuestion, text: str) -> dict[str, Any]:
    return {"question": _question(question), "answer": text}


def _question(question: PlannedQuestion) -> dict[str, Any]:
    return {
        "text": question.text,
        "kind": question.kind,
        "competency": question.competency,
        "difficulty": question.difficulty,
        "expected_points": [
            {"number": number, "text": point.text} for number, point in enumerate(question.expected_points, 1)
        ],
        "anchors": dict(question.anchors),
    }
