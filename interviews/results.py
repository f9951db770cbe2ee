"""What came of an interview, in the words of the REST clients: results by answer, and the score.

Candidates read scores only of practice, and only when it is over: before that every score is provisional.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

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
from interviews.kept_evaluations import may_evaluate
from interviews.models import Evaluation, Override, Question, Session, Turn
from interviews.models.evaluation import WHOLE_SESSION
from interviews.overriding import standing_overrides, with_overrides
from interviews.sealing import OPEN, Seal


class Given(Struct, frozen=True):
    """One question of the session with its answer, as far as they are there."""

    number: int
    question: Question
    facts: AnswerFacts
    evaluation: AnswerEvaluation | None
    turn: Turn | None  # the first one that answered
    override: Override | None = None  # what a person set instead of the evaluation

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
    seal: Seal = OPEN
    overridden: SessionEvaluation | None = None  # what it comes to with people's overrides

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
    overrides = standing_overrides(session)
    given = tuple(
        Given(number, rows[number], facts, judged[number - 1], turns.get(number), overrides.get(number))
        for number, facts in enumerate(story.answers, 1)
        if number in rows
    )
    overridden = with_overrides(evaluation, overrides)
    return Outcome(session, story, evaluation, given, overridden=overridden)


def as_sealed(outcome: Outcome, seal: Seal) -> Outcome:
    """The same without what `seal` hides."""
    given = tuple(
        replace(one, evaluation=None, override=None) if seal.hides(one.number) else one
        for one in outcome.given
    )
    if seal.hides_whole:
        return replace(outcome, evaluation=None, overridden=None, given=given, seal=seal)
    return replace(outcome, given=given, seal=seal)


def overall_scores(sessions: Sequence[Session]) -> dict[int, float | None]:
    """The scores of those that are over, by session: one query, and one evaluation for each not yet kept."""
    over = [one for one in sessions if one.is_over and may_evaluate(one)]
    kept = Evaluation.objects.filter(session__in=over, number=WHOLE_SESSION, is_current=True)
    scores = dict(kept.values_list("session_id", "overall"))
    for session in over:
        if session.pk not in scores:
            evaluation = find_evaluation(session)
            scores[session.pk] = evaluation.overall_score if evaluation else None
    return scores


def may_see_scores(session: Session, *, is_guest: bool) -> bool:
    if not is_guest:
        return True
    return session.purpose == Session.Purpose.PRACTICE and session.is_over


def results_of(outcome: Outcome, *, is_guest: bool) -> dict[str, Any]:
    """Questions and answers, with scores where the reader may know them."""
    shows = may_see_scores(outcome.session, is_guest=is_guest)
    return {
        **frame(outcome, shows=shows),
        "responses": [
            _response(one, shows=shows, is_guest=is_guest) for one in outcome.given if one.is_answered
        ],
        "created_at": outcome.session.created_at,
        "completed_at": outcome.session.ended_at,
    }


def frame(outcome: Outcome, *, shows: bool) -> dict[str, Any]:
    """What results and score begin with."""
    session, evaluation = outcome.session, outcome.evaluation
    return {
        "id": session.pk,
        "session_id": session.uuid,
        "interview_id": session.uuid,
        "job_role": session.job_role,
        "difficulty": session.difficulty,
        "status": session.status,
        "overall_score": evaluation.overall_score if evaluation and shows else None,
        "overall_as_overridden": outcome.overridden.overall_score if outcome.overridden and shows else None,
        "total_questions": len(outcome.given),
        "answered": outcome.answered,
        "is_evaluated": may_evaluate(session),
        "is_sealed": outcome.seal.hides_whole,
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
