"""The score of an interview in the words of the REST clients, as far as its reader may know it."""

from typing import Any

from interviews.candidate_words import improvements_for_candidate, strengths_for_candidate
from interviews.evaluation import AnswerEvaluation, SessionEvaluation
from interviews.evaluation.session import MOST_FINDINGS
from interviews.results import Given, Outcome, frame, words_of
from interviews.sealing import SENTENCE, Seal

_NOT_EVALUATED = "The candidate did not agree to an evaluation by a program, so there is none."
LABELS = {
    "excellent": "Excellent! 🌟",
    "good": "Good 👍",
    "average": "Average 📈",
    "poor": "Needs Work 💪",
}


def score_of(outcome: Outcome, *, with_summary: bool, is_guest: bool = False) -> dict[str, Any]:
    """The whole breakdown, for those who may read scores."""
    evaluation, given = outcome.evaluation, outcome.given
    total = len(given)
    return {
        **frame(outcome, shows=True),
        "performance": _performance(evaluation),
        "skipped": total - outcome.answered,
        "completion_rate": round(100 * outcome.answered / total, 1) if total else 0.0,
        "category_scores": _categories(given, outcome.seal),
        "competency_scores": _competencies(evaluation),
        "job_fit_score": evaluation.job_fit.score
        if evaluation and evaluation.job_fit and not is_guest
        else None,
        "question_scores": [
            {
                **_question_score(one, is_guest=is_guest),
                "override": None if is_guest else _override(one),
                "is_sealed": outcome.seal.hides(one.number),
            }
            for one in given
        ],
        "overall_summary": _summary(evaluation, is_guest=is_guest) if with_summary else None,
        **_top(outcome, is_guest=is_guest),
        "overridden": None if is_guest else _overridden(outcome.overridden),
        "notes": _notes(outcome),
        "is_provisional": not outcome.session.is_over,
        "started_at": outcome.session.started_at,
        "completed_at": outcome.session.ended_at,
    }


def _overridden(evaluation: SessionEvaluation | None) -> dict[str, Any] | None:
    """What the scores come to with what people set, beside the program's own."""
    if evaluation is None:
        return None
    return {
        "overall_score": evaluation.overall_score,
        "performance": _performance(evaluation),
        "scored": evaluation.scored,
        "competency_scores": _competencies(evaluation),
    }


def _override(one: Given) -> dict[str, Any] | None:
    made = one.override
    if made is None:
        return None
    return {
        "outcome": made.outcome,
        "score": made.score,
        "reason": made.reason,
        "author_name": made.author_name,
        "made_at": made.made_at,
    }


def _notes(outcome: Outcome) -> list[str]:
    if outcome.seal.hides_whole:
        return [SENTENCE]
    return list(outcome.evaluation.notes) if outcome.evaluation else [_NOT_EVALUATED]


def _summary(evaluation: SessionEvaluation | None, *, is_guest: bool) -> str | None:
    """A written one names what was expected, so it is not for candidates."""
    if evaluation is None:
        return None
    return evaluation.summary if is_guest else evaluation.written_summary or evaluation.summary


def _top(outcome: Outcome, *, is_guest: bool) -> dict[str, list[str]]:
    evaluation = outcome.evaluation
    if evaluation is None:
        return {"top_strengths": [], "top_improvements": []}
    if not is_guest:
        return {
            "top_strengths": [finding.text for finding in evaluation.top_strengths],
            "top_improvements": [finding.text for finding in evaluation.top_improvements],
        }
    best_first = sorted(evaluation.answers, key=lambda answer: -(answer.score or 0))
    strengths = [text for answer in best_first for text in strengths_for_candidate(answer)]
    improvements = [text for answer in reversed(best_first) for text in improvements_for_candidate(answer)]
    return {
        "top_strengths": list(dict.fromkeys(strengths))[:MOST_FINDINGS],
        "top_improvements": list(dict.fromkeys(improvements))[:MOST_FINDINGS],
    }


def _question_score(one: Given, *, is_guest: bool) -> dict[str, Any]:
    judged = one.evaluation
    return {
        "question_id": one.question.pk,
        "question_text": one.question.text,
        "question_type": one.question.kind,
        "order_number": one.number,
        "score": judged.score if judged else None,
        "status": judged.status if judged else ("answered" if one.is_answered else "skipped"),
        "criteria": [
            {"name": each.name, "weight": each.weight, "score": each.score, "note": each.note}
            for each in (judged.criteria if judged else ())
        ],
        "anchor": judged.anchor if judged else None,
        **words_of(judged, is_guest=is_guest),
        **_for_the_panel(None if is_guest else judged),
        "answered": one.is_answered,
    }


def _for_the_panel(judged: AnswerEvaluation | None) -> dict[str, Any]:
    """How sure the judgement is and whose it is: nothing for candidates."""
    if judged is None:
        return {
            "gist": "",
            "judgements": [],
            "is_disputed": False,
            "attention": [],
            "quotes_struck": 0,
            "model": "",
        }
    return {
        "gist": judged.gist,
        "judgements": [one.score for one in judged.judgements],
        "is_disputed": judged.is_disputed,
        "attention": list(judged.attention),
        "quotes_struck": judged.quotes_struck,
        "model": judged.origin.model,
    }


def _performance(evaluation: SessionEvaluation | None) -> dict[str, str] | None:
    if evaluation is None or evaluation.performance is None:
        return None
    reached = evaluation.performance
    return {
        "level": reached.level,
        "label": LABELS[reached.level],
        "message": reached.message,
        "color": reached.color,
    }


def _categories(given: tuple[Given, ...], seal: Seal) -> list[dict[str, Any]]:
    """While the whole is sealed no mean is told: it would be that of a single answer."""
    groups: dict[str, list[Given]] = {}
    for one in given:
        groups.setdefault(one.question.kind, []).append(one)
    return [
        {
            "category": kind,
            "average_score": None
            if seal.hides_whole
            else _mean([one.evaluation.score for one in group if one.evaluation]),
            "total_questions": len(group),
            "answered": sum(one.is_answered for one in group),
        }
        for kind, group in groups.items()
    ]


def _competencies(evaluation: SessionEvaluation | None) -> list[dict[str, Any]]:
    return [
        {"competency": one.competency, "score": one.score, "anchor": one.anchor, "n": one.n}
        for one in (evaluation.competencies if evaluation else ())
    ]


def _mean(scores: list[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return round(sum(known) / len(known), 2) if known else None
