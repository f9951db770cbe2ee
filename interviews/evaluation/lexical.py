"""Scores one answer by the words in it, with no language model.

Coverage and clarity are judged; accuracy and depth are "not judged" and the score is taken over the judged
criteria alone. What a candidate says can't move a score except by holding the cues of an expected point:
there is nobody here to persuade.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from interviews.coverage import Coverage, cover
from interviews.evaluation.clarity import Clarity, judge_clarity
from interviews.evaluation.facts import AnswerFacts, SaidUtterance
from interviews.evaluation.proofs import proofs
from interviews.evaluation.quotes import answer_text, quote_at
from interviews.evaluation.recognition import measure
from interviews.evaluation.results import WEIGHTS, AnswerEvaluation, Criterion, Finding
from interviews.evaluation.scorable import answering, blank, find_unscored
from interviews.plan import PlannedQuestion

EVALUATOR = "lexical"
VERSION = "6"
NOT_JUDGED = "Not judged: that takes a language model or a person."
# The share of expected points from which an anchor is reached; 5 also takes a clear structure.
ANCHOR_FRACTIONS = ((5, 0.9), (4, 0.7), (3, 0.5), (2, 0.2))
CLEAR_ENOUGH_FOR_5 = 60
WORDS_POINT_TO = "The words point to "
EASIER_TO_FOLLOW = "The answer would be easier to follow with"


def evaluate_answer(facts: AnswerFacts) -> AnswerEvaluation:
    """Evaluate everything that was said to one question."""
    unscored = find_unscored(facts)
    if unscored is not None:
        return replace(unscored, evaluator=EVALUATOR, version=VERSION)
    return _scored(facts, answering(facts.utterances))


def _scored(facts: AnswerFacts, said: tuple[SaidUtterance, ...]) -> AnswerEvaluation:
    question, text = facts.question, answer_text(said)
    coverage = cover(question, text)
    shown = proofs(question, text)
    clarity = judge_clarity(text, coverage.fraction)
    criteria = _criteria(coverage, clarity)
    anchor = _anchor(coverage, clarity)
    covered = tuple(
        Finding(question.expected_points[i].text, quote_at(said, point.start, point.end))
        for i, point in enumerate(shown)
        if point.is_covered
    )
    missed = tuple(question.expected_points[i].text for i in coverage.missing)
    return replace(
        blank(facts, "scored"),
        score=weighted(criteria),
        criteria=criteria,
        anchor=anchor,
        anchor_text=question.anchors.get(str(anchor), ""),
        next_anchor_text=question.anchors.get(str(anchor + 1), ""),
        strengths=covered,
        covered_points=covered,
        improvements=_improvements(question, coverage, clarity),
        missed_points=missed,
        quotes=tuple(dict.fromkeys(finding.quote for finding in covered if finding.quote is not None)),
        keywords=tuple(dict.fromkeys(text[point.start : point.end] for point in shown if point.is_covered)),
        feedback=feedback_on(len(coverage.covered), missed),
        recognition=measure(said),
        evaluator=EVALUATOR,
        version=VERSION,
    )


def _criteria(coverage: Coverage, clarity: Clarity) -> tuple[Criterion, ...]:
    named = f"{len(coverage.covered)} of {len(coverage.points)} expected points were named."
    heard = (
        f"{WORDS_POINT_TO}{', '.join(clarity.found)}."
        if clarity.found
        else "Little structure could be heard."
    )
    return (
        Criterion("accuracy", WEIGHTS["accuracy"], None, NOT_JUDGED),
        Criterion("coverage", WEIGHTS["coverage"], round(coverage.fraction * 100, 1), named),
        Criterion("clarity", WEIGHTS["clarity"], float(clarity.score), heard),
        Criterion("depth", WEIGHTS["depth"], None, NOT_JUDGED),
    )


def weighted(criteria: tuple[Criterion, ...]) -> float | None:
    """The mean of the judged criteria by their weights; None where none is judged."""
    judged = [(entry.score, entry.weight) for entry in criteria if entry.score is not None]
    total = sum(weight for _, weight in judged)
    return round(sum(score * weight for score, weight in judged) / total, 1) if total else None


def _anchor(coverage: Coverage, clarity: Clarity) -> int:
    reached = anchor_for(coverage.fraction)
    return 4 if reached == 5 and clarity.score < CLEAR_ENOUGH_FOR_5 else reached


def anchor_for(fraction: float) -> int:
    """The anchor that so large a share of the expected points reaches."""
    return next((step for step, least in ANCHOR_FRACTIONS if fraction >= least), 1)


def _improvements(question: PlannedQuestion, coverage: Coverage, clarity: Clarity) -> tuple[Finding, ...]:
    missing = [Finding(f"Not heard: {question.expected_points[i].text}") for i in coverage.missing]
    if clarity.score < CLEAR_ENOUGH_FOR_5 and clarity.missing:
        missing.append(Finding(f"{EASIER_TO_FOLLOW} {clarity.missing[0]}."))
    return tuple(missing)


def feedback_on(named: int, missed: Sequence[str]) -> str:
    """What was named and what was not, as a sentence or two."""
    if not missed:
        return "Every expected point was named."
    total = named + len(missed)
    start = (
        f"{named} of {total} expected points were named."
        if named
        else "None of the expected points was named."
    )
    return f"{start} Not heard: {missed[0]}"
