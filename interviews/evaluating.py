"""Reads how the answers of a session were judged, and judges by words alone what nobody has judged yet.

Judging by a language model happens in the background (`judging.py`); reading never asks one. The session's
evaluation belongs to one state of the log, the candidate's corrections, the answers' evaluations and the job.
Where the kept one is of another, or a crash came before it was kept, it is simply put together again.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from interviews.answers import Story, read_story
from interviews.evaluation import AnswerEvaluation, AnswerFacts, SessionEvaluation, evaluate_answer, summarise
from interviews.evaluation.digests import inputs_digest
from interviews.evaluation.extras import with_extras
from interviews.evaluation.job_fit import judge_job_fit, wanted_competencies
from interviews.evaluation.lexical import EVALUATOR, VERSION
from interviews.evaluation.notes import CHANGED_SINCE
from interviews.evaluation.session import VERSION as COMPOSITION
from interviews.evaluation.session import marked
from interviews.kept_evaluations import (
    current_rows,
    keep_whole,
    latest_extras,
    may_evaluate,
    read_answer,
    read_whole,
)
from interviews.live.log import read_events
from interviews.models import Evaluation, Report, Session, Turn
from interviews.models.evaluation import WHOLE_SESSION


def evaluate(session_id: int) -> None:
    """Put the evaluation of an ended session together and note that it has a report. Twice does no harm."""
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
    rows = current_rows(session)
    basis = _basis(session, corrections, rows)
    kept = rows.get(WHOLE_SESSION)
    if kept is not None and kept.content.get("basis") == basis:
        return read_whole(kept)
    read = story or read_session(session)
    answers = [
        marked(facts, _answer(facts, rows.get(number))) for number, facts in enumerate(read.answers, 1)
    ]
    core = [answer for answer in answers if answer.is_core]
    evaluation = replace(summarise(answers), job_fit=judge_job_fit(_wanted(session), core))
    extras = latest_extras(session, rows)
    if session.is_over:
        keep_whole(session, evaluation, extras, basis, rows)
    return with_extras(evaluation, extras)


def evaluate_question(session: Session, number: int) -> AnswerEvaluation | None:
    """How the answer to question `number` stands now; None without consent or without such a question."""
    if not may_evaluate(session):
        return None
    answers = read_session(session).answers
    if not 0 < number <= len(answers):
        return None
    return _answer(answers[number - 1], current_rows(session).get(number))


def find_kept(facts: AnswerFacts, row: Evaluation | None) -> AnswerEvaluation | None:
    """What `row` keeps, where it is of just these words and of a rule that still holds."""
    if row is None or row.inputs_digest != inputs_digest(facts):
        return None
    kept = read_answer(row)
    return None if kept.evaluator == EVALUATOR and kept.version != VERSION else kept


def read_session(session: Session) -> Story:
    """The log of `session`, folded, with the candidate's corrections in place."""
    return read_story((one.event for one in read_events(session.pk)), read_corrections(session))


def read_corrections(session: Session) -> dict[int, str]:
    rows = session.turns.filter(speaker=Turn.Speaker.CANDIDATE).exclude(correction="")
    return dict(rows.values_list("number", "correction"))


def _answer(facts: AnswerFacts, row: Evaluation | None) -> AnswerEvaluation:
    kept = find_kept(facts, row)
    if kept is not None:
        return kept
    judged = evaluate_answer(facts)
    if row is None or not row.model:
        return judged
    return replace(judged, origin=replace(judged.origin, fallback_reason=CHANGED_SINCE))


def _wanted(session: Session) -> Any:
    return wanted_competencies(session.job.competencies) if session.job is not None else ()


def _basis(session: Session, corrections: dict[int, str], rows: Mapping[int, Evaluation]) -> str:
    answers = sorted(row.pk for row in rows.values() if row.number != WHOLE_SESSION)
    wanted = session.job.competencies if session.job is not None else []
    parts = [session.head_hash, sorted(corrections.items()), EVALUATOR, VERSION, COMPOSITION, answers, wanted]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
