"""Judges the answers of a session from its log and keeps the result; what is missing is made when asked for.

An evaluation belongs to one state of the log, the candidate's corrections and the evaluator's version. Where
the kept one is of another, or a crash came before it was kept, it is simply made again.
"""

import hashlib
import json

import msgspec

from interviews.answers import Story, read_story
from interviews.evaluation import AnswerEvaluation, SessionEvaluation, evaluate_answer, evaluate_session
from interviews.evaluation.lexical import EVALUATOR, VERSION
from interviews.live.log import read_events
from interviews.models import Evaluation, Report, Session, Turn


def evaluate(session_id: int) -> None:
    """Judge a session that has ended and note that it has a report. Twice does no harm. Sync."""
    session = Session.objects.filter(pk=session_id).first()
    if session is not None and session.is_over:
        find_evaluation(session)
        Report.objects.get_or_create(
            session=session, defaults={"generated_at": session.ended_at or session.updated_at}
        )


def find_evaluation(session: Session, story: Story | None = None) -> SessionEvaluation | None:
    """The evaluation as of now, or None where the candidate did not agree to one.

    While the interview runs it is provisional and not kept.
    """
    if not may_evaluate(session):
        return None
    corrections = read_corrections(session)
    basis = _basis(session, corrections)
    kept = Evaluation.objects.filter(session=session).first()
    if kept is not None and kept.content.get("basis") == basis:
        return msgspec.convert(kept.content, SessionEvaluation)
    read = story or read_session(session)
    evaluation = evaluate_session(read.answers)
    if session.is_over:
        _keep(session, evaluation, basis)
    return evaluation


def evaluate_question(session: Session, number: int) -> AnswerEvaluation | None:
    """How the answer to question `number` stands now; None without consent or without such a question."""
    if not may_evaluate(session):
        return None
    answers = read_session(session).answers
    return evaluate_answer(answers[number - 1]) if 0 < number <= len(answers) else None


def may_evaluate(session: Session) -> bool:
    return bool(session.consent.get("ai_evaluation"))


def read_session(session: Session) -> Story:
    """The log of `session`, folded, with the candidate's corrections in place."""
    return read_story((one.event for one in read_events(session.pk)), read_corrections(session))


def read_corrections(session: Session) -> dict[int, str]:
    rows = session.turns.filter(speaker=Turn.Speaker.CANDIDATE).exclude(correction="")
    return dict(rows.values_list("number", "correction"))


def _keep(session: Session, evaluation: SessionEvaluation, basis: str) -> None:
    Evaluation.objects.update_or_create(
        session=session,
        defaults={
            "content": {**msgspec.to_builtins(evaluation), "basis": basis},
            "evaluator": f"{evaluation.evaluator} {evaluation.version}".strip()[:80],
            "overall": evaluation.overall_score,
            "head_hash": session.head_hash,
        },
    )


def _basis(session: Session, corrections: dict[int, str]) -> str:
    parts = [session.head_hash, sorted(corrections.items()), EVALUATOR, VERSION]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
