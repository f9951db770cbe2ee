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


class Judgement(Struct, frozen=True):
    """One of several judgements of the same answer by the same evaluator."""

    score: float | None
    anchor: int | None


class Origin(Struct, frozen=True):
    """What an evaluation was made with, so that it can be made again and compared."""

    model: str = ""  # "" where no language model took part
    host: str = ""
    prompt_version: str = ""
    rubric_digest: str = ""  # of the question with its points and anchors
    inputs_digest: str = ""  # of the words that were judged
    fallback_reason: str = ""  # why another evaluator than the chosen one judged, as a sentence


class CandidateWords(Struct, frozen=True):
    """What the candidate may read of a judgement: checked to repeat nothing of what was expected."""

    feedback: str = ""
    improvements: tuple[str, ...] = ()


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
    gist: str = ""  # what was said, in a sentence or two; "" without a language model
    judgements: tuple[Judgement, ...] = ()  # all of them, where the answer was judged more than once
    quotes_struck: int = 0  # that the evaluator gave and nobody said
    origin: Origin = Origin()
    covered_points: tuple[Finding, ...] = ()  # the expected points that were stated, each with its proof
    for_candidate: CandidateWords | None = None  # None: drawn from structure alone, see candidate_words.py
    attention: tuple[str, ...] = ()  # why a person should look at this one, as sentences
    is_core: bool = True  # others were asked of this candidate only: their scores stand apart

    @property
    def anchor_spread(self) -> int:
        """How many anchors lie between the lowest and the highest judgement; 0 with fewer than two."""
        anchors = [one.anchor for one in self.judgements if one.anchor is not None]
        return max(anchors) - min(anchors) if anchors else 0

    @property
    def score_spread(self) -> float:
        """How far the highest judgement lies above the lowest; 0 with fewer than two."""
        scores = [one.score for one in self.judgements if one.score is not None]
        return round(max(scores) - min(scores), 1) if scores else 0.0

    @property
    def is_disputed(self) -> bool:
        """Whether the judgements lie so far apart that a person should look."""
        return self.anchor_spread > 1

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
    suggestion: str  # what to learn or to prepare
    next_step: str = ""  # what the next anchor of its weakest answer would have needed


class CompetencyFit(Struct, frozen=True):
    """One competency of the job beside what the answers showed of it."""

    competency: str
    weight: int
    anchor: float | None  # 1..5; None: no scored answer spoke to it
    n: int


class JobFit(Struct, frozen=True):
    """How far the answers met the job's own competencies."""

    score: float | None  # 0..100 over the assessed competencies; None when none was assessed
    assessed_weight: int  # of `total_weight`, how much the score rests on
    total_weight: int
    competencies: tuple[CompetencyFit, ...]


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
    job_fit: JobFit | None = None  # None where there is no job with competencies
    written_summary: str = ""  # by a language model, on request; `summary` is always there

    @property
    def quotes_struck(self) -> int:
        return sum(answer.quotes_struck for answer in self.answers)

    @property
    def disputed(self) -> tuple[int, ...]:
        """The numbers of the questions on whose answers the judgements disagree."""
        return tuple(number for number, answer in enumerate(self.answers, 1) if answer.is_disputed)
