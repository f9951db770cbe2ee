"""What came of an interview, in the words of the REST clients: results by answer, and the score.

Candidates read scores only of practice, and only when it is over: before that every score is provisional.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct

from interviews.answers import Story
from interviews.candidate_words import (
    feedback_for_candidate,
    improvements_for_candidate,
    strengths_for_candidate,
)
from interviews.conversing import rows_by_number
from interviews.evaluating import find_evaluation, read_session
from interviews.evaluation import AnswerEvaluation, AnswerFacts, SessionEvaluation
from interviews.evaluation.quotes import answer_text
from interviews.evaluation.session import MOST_FINDINGS
from interviews.kept_evaluations import may_evaluate
from interviews.models import Question, Session, Turn

LABELS = {
    "excellent": "Excellent! 🌟",
    "good": "Good 👍",
    "average": "Average 📈",
    "poor": "Needs Work 💪",
}


class Given(Struct, frozen=True):
    """One question of the session with its answer, as far as they are there."""

    number: int
    question: Question
    facts: AnswerFacts
    evaluation: AnswerEvaluation | None
    turn: Turn | None  # the first one that answered

    @property
    def is_answered(self) -> bool:
        return bool(self.facts.utterances)

    @property
    def words(self) -> str:
        return answer_text(self.facts.utterances)


class Outcome(Struct, frozen=True):
    session: Session
    story: Story
    evaluation: SessionEvaluation | None
    given: tuple[Given, ...]

    @property
    def answered(self) -> int:
        return sum(one.is_answered for one in self.given)


def read_outcome(session: Session) -> Outcome:
    """Everything that results and score are made of; a handful of queries."""
    story = read_session(session)
    evaluation = find_evaluation(session, story)
    turns: dict[int, Turn] = {}
    for turn in session.turns.filter(speaker=Turn.Speaker.CANDIDATE).order_by("seq"):
        turns.setdefault(turn.question_number, turn)
    judged = evaluation.answers if evaluation else (None,) * len(story.answers)
    rows = rows_by_number(session, story)
    given = tuple(
        Given(number, rows[number], facts, judged[number - 1], turns.get(number))
        for number, facts in enumerate(story.answers, 1)
        if number in rows
    )
    return Outcome(session, story, evaluation, given)


def may_see_scores(session: Session, *, is_guest: bool) -> bool:
    if not is_guest:
        return True
    return session.purpose == Session.Purpose.PRACTICE and session.is_over


def results_of(outcome: Outcome, *, is_guest: bool) -> dict[str, Any]:
    """Questions and answers, with scores where the reader may know them."""
    shows = may_see_scores(outcome.session, is_guest=is_guest)
    return {
        **_frame(outcome, shows=shows),
        "responses": [
            _response(one, shows=shows, is_guest=is_guest) for one in outcome.given if one.is_answered
        ],
        "created_at": outcome.session.created_at,
        "completed_at": outcome.session.ended_at,
    }


def score_of(outcome: Outcome, *, with_summary: bool, is_guest: bool = False) -> dict[str, Any]:
    """The whole breakdown, for those who may read scores."""
    evaluation, given = outcome.evaluation, outcome.given
    total = len(given)
    return {
        **_frame(outcome, shows=True),
        "performance": _performance(evaluation),
        "skipped": total - outcome.answered,
        "completion_rate": round(100 * outcome.answered / total, 1) if total else 0.0,
        "category_scores": _categories(given),
        "competency_scores": _competencies(evaluation),
        "job_fit_score": evaluation.job_fit.score
        if evaluation and evaluation.job_fit and not is_guest
        else None,
        "question_scores": [_question_score(one, is_guest=is_guest) for one in given],
        "overall_summary": _summary(evaluation, is_guest=is_guest) if with_summary else None,
        **_top(outcome, is_guest=is_guest),
        "notes": list(evaluation.notes) if evaluation else [_NOT_EVALUATED],
        "is_provisional": not outcome.session.is_over,
        "started_at": outcome.session.started_at,
        "completed_at": outcome.session.ended_at,
    }


_NOT_EVALUATED = "The candidate did not agree to an evaluation by a program, so there is none."


def _summary(evaluation: SessionEvaluation | None, *, is_guest: bool) -> str | None:
    """A written one names what was expected, so it is not for candidates."""
    if evaluation is None:
        return None
    return evaluation.summary if is_guest else evaluation.written_summary or evaluation.summary


def _frame(outcome: Outcome, *, shows: bool) -> dict[str, Any]:
    session, evaluation = outcome.session, outcome.evaluation
    return {
        "id": session.pk,
        "session_id": session.uuid,
        "interview_id": session.uuid,
        "job_role": session.job_role,
        "difficulty": session.difficulty,
        "status": session.status,
        "overall_score": evaluation.overall_score if evaluation and shows else None,
        "total_questions": len(outcome.given),
        "answered": outcome.answered,
        "is_evaluated": may_evaluate(session),
    }


def _response(one: Given, *, shows: bool, is_guest: bool) -> dict[str, Any]:
    judged = one.evaluation if shows else None
    return {
        "response_id": one.turn.pk if one.turn else None,
        "question_id": one.question.pk,
        "question_text": one.question.text,
        "question_type": one.question.kind,
        "order_number": one.number,
        "user_answer": one.words,
        "score": judged.score if judged else None,
        "status": judged.status if judged else "answered",
        **words_of(judged, is_guest=is_guest),
        "time_taken_seconds": one.facts.time_taken_s,
        "answered_at": answered_at(one),
    }


def answered_at(one: Given) -> datetime | None:
    return one.turn.at if one.turn else None


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


def _categories(given: tuple[Given, ...]) -> list[dict[str, Any]]:
    groups: dict[str, list[Given]] = {}
    for one in given:
        groups.setdefault(one.question.kind, []).append(one)
    return [
        {
            "category": kind,
            "average_score": _mean([one.evaluation.score for one in group if one.evaluation]),
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


def words_of(judged: AnswerEvaluation | None, *, is_guest: bool) -> dict[str, Any]:
    """Feedback, strengths and improvements. A candidate reads nothing of what was expected."""
    if judged is None:
        return {"feedback": "", "strengths": [], "improvements": []}
    if is_guest:
        return {
            "feedback": feedback_for_candidate(judged),
            "strengths": strengths_for_candidate(judged),
            "improvements": improvements_for_candidate(judged),
        }
    return {
        "feedback": judged.feedback,
        "strengths": [finding.text for finding in judged.strengths],
        "improvements": [finding.text for finding in judged.improvements],
    }


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
