"""What an evaluation says, of an answer and of a session."""

from typing import Literal

from msgspec import Struct

from interviews.evaluation.quotes import Quote
from interviews.evaluation.recognition import RecognitionFacts

AnswerStatus = Literal["scored", "not_scorable", "skipped", "not_asked"]
CriterionName = Literal["accuracy", "coverage", "clarity", "depth"]
PerformanceLevel = Literal["excellent", "good", "average", "poor"]
Severity = Literal["high", "medium", "low"]

WEIGHTS: dict[CriterionName, int] = {"accuracy": 40, "coverage": 30, "clarity": 20, "depth": 10}


class Criterion(Struct, frozen=True):
    name: CriterionName
    weight: int
    score: float | None  # 0..100; None: not judged
    note: str = ""


class Finding(Struct, frozen=True):
    """One strength or one thing to probe, with the words that it rests on where there are any."""

    text: str
    quote: Quote | None = None


class AnswerEvaluation(Struct, frozen=True):
    question_key: str
    kind: str
    competency: str
    difficulty: str
    status: AnswerStatus
    reason: str = ""  # why it has no score, as a sentence
    score: float | None = None  # 0..100, over the judged criteria
    criteria: tuple[Criterion, ...] = ()
    anchor: int | None = None  # 1..5
    anchor_text: str = ""
    next_anchor_text: str = ""  # what one step more would have needed
    strengths: tuple[Finding, ...] = ()
    improvements: tuple[Finding, ...] = ()
    missed_points: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    keywords: tuple[str, ...] = ()
    feedback: str = ""
    recognition: RecognitionFacts | None = None
    time_taken_s: int | None = None
    evaluator: str = ""
    version: str = ""

    @property
    def is_answered(self) -> bool:
        return self.status in {"scored", "not_scorable"}

    @property
    def judged_weight(self) -> int:
        """How much of the full weight of 100 the score rests on."""
        return sum(criterion.weight for criterion in self.criteria if criterion.score is not None)


class Performance(Struct, frozen=True):
    level: PerformanceLevel
    label: str
    message: str
    color: str


class CategoryScore(Struct, frozen=True):
    category: str
    average_score: float | None
    total_questions: int
    answered: int
    n: int  # answers that the average rests on


class CompetencyScore(Struct, frozen=True):
    competency: str
    score: float | None  # 0..100
    anchor: float | None  # 1..5
    n: int


class SkillGap(Struct, frozen=True):
    competency: str
    severity: Severity
    missing: tuple[str, ...]
    evidence: tuple[Quote, ...]
    suggestion: str


class SessionEvaluation(Struct, frozen=True):
    overall_score: float | None
    performance: Performance | None
    total_questions: int
    answered: int
    scored: int
    skipped: int
    not_asked: int
    not_scorable: int
    completion_rate: float
    answers: tuple[AnswerEvaluation, ...]
    categories: tuple[CategoryScore, ...]
    competencies: tuple[CompetencyScore, ...]
    top_strengths: tuple[Finding, ...]
    top_improvements: tuple[Finding, ...]
    skill_gaps: tuple[SkillGap, ...]
    summary: str
    notes: tuple[str, ...]  # how it was scored and what was not judged
    evaluator: str = ""
    version: str = ""
