"""Scores one answer by the words in it, with no language model.

Coverage and clarity are judged; accuracy and depth are "not judged" and the score is taken over the judged
criteria alone. What a candidate says can't move a score except by holding the cues of an expected point:
there is nobody here to persuade.
"""

from interviews.coverage import Coverage, cover
from interviews.evaluation.clarity import Clarity, judge_clarity
from interviews.evaluation.facts import AnswerFacts, SaidUtterance
from interviews.evaluation.quotes import answer_text, quote_at
from interviews.evaluation.recognition import find_problem, measure
from interviews.evaluation.results import WEIGHTS, AnswerEvaluation, AnswerStatus, Criterion, Finding
from interviews.intents import detect_intent
from interviews.plan import PlannedQuestion

EVALUATOR = "lexical"
VERSION = "1"
NOT_JUDGED = "Not judged: that takes a language model or a person."
# The share of expected points from which an anchor is reached; 5 also takes a clear structure.
ANCHOR_FRACTIONS = ((5, 0.9), (4, 0.7), (3, 0.5), (2, 0.2))
CLEAR_ENOUGH_FOR_5 = 60


def evaluate_answer(facts: AnswerFacts) -> AnswerEvaluation:
    """Evaluate everything that was said to one question."""
    if not facts.is_asked:
        return _unscored(facts, "not_asked", "The question was not reached.")
    said = answering(facts.utterances)
    if not answer_text(said):
        return _without_words(facts, said)
    recognised = measure(said)
    if (problem := find_problem(recognised)) is not None:
        return _unscored(facts, "not_scorable", problem)
    if not facts.question.expected_points:
        return _unscored(facts, "not_scorable", "Nothing was agreed that an answer to it should hold.")
    return _scored(facts, said)


def answering(utterances: tuple[SaidUtterance, ...]) -> tuple[SaidUtterance, ...]:
    """Without the turns that only asked for something, such as to hear the question again."""
    turns: dict[int, list[SaidUtterance]] = {}
    for said in utterances:
        turns.setdefault(said.turn_id, []).append(said)
    kept = {turn for turn, parts in turns.items() if detect_intent(answer_text(parts)) in {"answer", "empty"}}
    return tuple(said for said in utterances if said.turn_id in kept)


def _without_words(facts: AnswerFacts, said: tuple[SaidUtterance, ...]) -> AnswerEvaluation:
    if facts.is_skipped or not facts.utterances:
        return _unscored(facts, "skipped", "The question was left open.")
    if said:
        return _unscored(facts, "not_scorable", "There was speech in which no words could be recognised.")
    return _unscored(facts, "skipped", "The candidate gave no answer to it.")


def _unscored(facts: AnswerFacts, status: AnswerStatus, reason: str) -> AnswerEvaluation:
    question = facts.question
    return AnswerEvaluation(
        question_key=question.key,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        status=status,
        reason=reason,
        feedback=reason,
        recognition=measure(facts.utterances) if facts.utterances else None,
        time_taken_s=facts.time_taken_s,
        evaluator=EVALUATOR,
        version=VERSION,
    )


def _scored(facts: AnswerFacts, said: tuple[SaidUtterance, ...]) -> AnswerEvaluation:
    question, text = facts.question, answer_text(said)
    coverage, clarity = cover(question, text), judge_clarity(text)
    criteria = _criteria(coverage, clarity)
    anchor = _anchor(coverage, clarity)
    strengths = tuple(
        Finding(question.expected_points[i].text, quote_at(said, point.start, point.end))
        for i, point in enumerate(coverage.points)
        if point.is_covered
    )
    missed = tuple(question.expected_points[i].text for i in coverage.missing)
    return AnswerEvaluation(
        question_key=question.key,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        status="scored",
        score=_weighted(criteria),
        criteria=criteria,
        anchor=anchor,
        anchor_text=question.anchors.get(str(anchor), ""),
        next_anchor_text=question.anchors.get(str(anchor + 1), ""),
        strengths=strengths,
        improvements=_improvements(question, coverage, clarity),
        missed_points=missed,
        quotes=tuple(dict.fromkeys(finding.quote for finding in strengths if finding.quote is not None)),
        keywords=tuple(
            dict.fromkeys(text[point.start : point.end] for point in coverage.points if point.is_covered)
        ),
        feedback=_feedback(coverage, missed),
        recognition=measure(said),
        time_taken_s=facts.time_taken_s,
        evaluator=EVALUATOR,
        version=VERSION,
    )


def _criteria(coverage: Coverage, clarity: Clarity) -> tuple[Criterion, ...]:
    named = f"{len(coverage.covered)} of {len(coverage.points)} expected points were named."
    heard = (
        "Heard: " + ", ".join(clarity.found) + "." if clarity.found else "Little structure could be heard."
    )
    return (
        Criterion("accuracy", WEIGHTS["accuracy"], None, NOT_JUDGED),
        Criterion("coverage", WEIGHTS["coverage"], round(coverage.fraction * 100, 1), named),
        Criterion("clarity", WEIGHTS["clarity"], float(clarity.score), heard),
        Criterion("depth", WEIGHTS["depth"], None, NOT_JUDGED),
    )


def _weighted(criteria: tuple[Criterion, ...]) -> float | None:
    judged = [(entry.score, entry.weight) for entry in criteria if entry.score is not None]
    total = sum(weight for _, weight in judged)
    return round(sum(score * weight for score, weight in judged) / total, 1) if total else None


def _anchor(coverage: Coverage, clarity: Clarity) -> int:
    reached = next((step for step, fraction in ANCHOR_FRACTIONS if coverage.fraction >= fraction), 1)
    return 4 if reached == 5 and clarity.score < CLEAR_ENOUGH_FOR_5 else reached


def _improvements(question: PlannedQuestion, coverage: Coverage, clarity: Clarity) -> tuple[Finding, ...]:
    missing = [Finding(f"Not heard: {question.expected_points[i].text}") for i in coverage.missing]
    if clarity.score < CLEAR_ENOUGH_FOR_5 and clarity.missing:
        missing.append(Finding(f"The answer would be easier to follow with {clarity.missing[0]}."))
    return tuple(missing)


def _feedback(coverage: Coverage, missed: tuple[str, ...]) -> str:
    named, total = len(coverage.covered), len(coverage.points)
    if not missed:
        return "Every expected point was named."
    start = (
        f"{named} of {total} expected points were named."
        if named
        else "None of the expected points was named."
    )
    return f"{start} Not heard: {missed[0]}"
