"""Puts the evaluations of answers together; what was skipped, unasked or not scorable lowers nothing."""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.levels import AVERAGE, performance_of
from interviews.evaluation.lexical import EVALUATOR as BY_WORDS
from interviews.evaluation.lexical import evaluate_answer
from interviews.evaluation.notes import notes_on
from interviews.evaluation.results import (
    AnswerEvaluation,
    CategoryScore,
    CompetencyScore,
    Finding,
    SessionEvaluation,
    Severity,
    SkillGap,
)

VERSION = "3"  # of how answers are put together; a session kept under another is put together anew
MOST_FINDINGS = 3
GAP_BELOW = 70  # a competency under this has a gap worth naming
HIGH_GAP_BELOW = 35
LEAST_TO_BUILD_ON = 2
_AS_BEFORE = re.compile(r"^As (?:one|two|three|four),? (?:and )?")  # how a rubric refers to the anchor below


def evaluate_session(answers: Sequence[AnswerFacts]) -> SessionEvaluation:
    """Evaluate every answer and the session, without a language model."""
    return summarise([marked(facts, evaluate_answer(facts)) for facts in answers])


def marked(facts: AnswerFacts, judged: AnswerEvaluation) -> AnswerEvaluation:
    """The evaluation with whether everybody was asked that question; the plan alone knows it."""
    return replace(judged, is_core=facts.question.is_core)


def summarise(answers: Sequence[AnswerEvaluation]) -> SessionEvaluation:
    """The session's figures from its answers' evaluations, whoever made those.

    What compares candidates rests on the questions that everybody is asked.
    """
    core = [answer for answer in answers if answer.is_core]
    overall = _mean(core)
    judged = [answer for answer in answers if answer.score is not None] or answers
    counts = {
        status: sum(answer.status == status for answer in answers)
        for status in ("scored", "not_scorable", "skipped", "not_asked")
    }
    answered = counts["scored"] + counts["not_scorable"]
    return SessionEvaluation(
        overall_score=overall,
        performance=None if overall is None else performance_of(overall),
        total_questions=len(answers),
        answered=answered,
        scored=counts["scored"],
        skipped=counts["skipped"],
        not_asked=counts["not_asked"],
        not_scorable=counts["not_scorable"],
        completion_rate=round(100 * answered / len(answers), 1) if answers else 0.0,
        answers=tuple(answers),
        categories=tuple(_category(name, group) for name, group in _grouped(core, lambda one: one.kind)),
        competencies=tuple(
            _competency(name, group) for name, group in _grouped(core, lambda one: one.competency) if name
        ),
        top_strengths=_top([(answer, answer.strengths) for answer in answers], best_first=True),
        top_improvements=_top([(answer, answer.improvements) for answer in answers], best_first=False),
        skill_gaps=_gaps(core),
        summary=_summary(core or answers, overall),
        notes=notes_on(answers),
        evaluator=", ".join(dict.fromkeys(answer.evaluator for answer in judged)),
        version=", ".join(dict.fromkeys(answer.version for answer in judged)),
    )


def _scores(answers: Sequence[AnswerEvaluation]) -> list[float]:
    return [answer.score for answer in answers if answer.score is not None]


def _mean(answers: Sequence[AnswerEvaluation]) -> float | None:
    scores = _scores(answers)
    return round(sum(scores) / len(scores), 2) if scores else None


def _grouped(
    answers: Sequence[AnswerEvaluation], name: Callable[[AnswerEvaluation], str]
) -> list[tuple[str, list[AnswerEvaluation]]]:
    groups: dict[str, list[AnswerEvaluation]] = {}
    for answer in answers:
        groups.setdefault(name(answer), []).append(answer)
    return list(groups.items())


def _category(name: str, group: Sequence[AnswerEvaluation]) -> CategoryScore:
    answered = sum(answer.is_answered for answer in group)
    return CategoryScore(name, _mean(group), len(group), answered, len(_scores(group)))


def _competency(name: str, group: Sequence[AnswerEvaluation]) -> CompetencyScore:
    anchors = [answer.anchor for answer in group if answer.anchor is not None]
    mean_anchor = round(sum(anchors) / len(anchors), 2) if anchors else None
    return CompetencyScore(name, _mean(group), mean_anchor, len(anchors))


def _top(
    found: Sequence[tuple[AnswerEvaluation, tuple[Finding, ...]]], *, best_first: bool
) -> tuple[Finding, ...]:
    """One finding of each answer in turn, beginning with the best or the weakest, until there are enough."""
    by_score = sorted(
        ((answer, findings) for answer, findings in found if findings and answer.score is not None),
        key=lambda pair: -(pair[0].score or 0) if best_first else (pair[0].score or 0),
    )
    deepest = max((len(findings) for _, findings in by_score), default=0)
    in_turn = [findings[i] for i in range(deepest) for _, findings in by_score if i < len(findings)]
    return tuple(dict.fromkeys(in_turn))[:MOST_FINDINGS]


def _gaps(answers: Sequence[AnswerEvaluation]) -> tuple[SkillGap, ...]:
    gaps = []
    for name, group in _grouped(answers, lambda one: one.competency):
        score = _mean(group)
        missing = tuple(point for answer in group for point in answer.missed_points)
        if name and missing and score is not None and score < GAP_BELOW:
            evidence = tuple(quote for answer in group for quote in answer.quotes)[:MOST_FINDINGS]
            weakest = _weakest(group)
            step = _next_step(weakest)
            advice = _suggestion(name, missing, _told(step, weakest))
            gaps.append(SkillGap(name, _severity(score), missing, evidence, advice, step))
    return tuple(sorted(gaps, key=lambda gap: ("high", "medium", "low").index(gap.severity)))


def _severity(score: float) -> Severity:
    if score < HIGH_GAP_BELOW:
        return "high"
    return "medium" if score < AVERAGE else "low"


def _weakest(group: Sequence[AnswerEvaluation]) -> AnswerEvaluation | None:
    """The answer to build on: the lowest anchor describes a poor answer, so the one above it is no aim."""
    reached = [answer for answer in group if (answer.anchor or 0) >= LEAST_TO_BUILD_ON]
    return min(reached, key=lambda answer: (answer.anchor or 0, answer.score or 0.0), default=None)


def _next_step(weakest: AnswerEvaluation | None) -> str:
    """What the weakest answer needed for its next anchor."""
    text = _AS_BEFORE.sub("", weakest.next_anchor_text) if weakest is not None else ""
    return text[:1].upper() + text[1:]


def _told(next_step: str, weakest: AnswerEvaluation | None) -> str:
    """Where words alone were compared the anchor is an estimate: nobody held its text against the answer."""
    if not next_step or weakest is None:
        return ""
    if weakest.evaluator == BY_WORDS:
        return f"One anchor above the estimated one the rubric says: {next_step}"
    return f"The next step up: {next_step}"


def _suggestion(competency: str, missing: tuple[str, ...], step: str) -> str:
    advice = f"{competency}: prepare an example of your own for this point. {missing[0]}"
    return f"{advice} {step}".strip()


def _summary(answers: Sequence[AnswerEvaluation], overall: float | None) -> str:
    scored = len(_scores(answers))
    if overall is None:
        return f"None of the {len(answers)} questions has an answer that could be scored."
    named = sum(len(answer.covered_points) for answer in answers)
    expected = named + sum(len(answer.missed_points) for answer in answers)
    return (
        f"{scored} of {len(answers)} questions have a scored answer. In them {named} of {expected} expected "
        f"points were named, which gives {overall:g} of 100 over the judged criteria."
    )
