"""Judges answers in the background with whatever judges in this process.

Idempotent: an answer whose words were judged is not judged again, unless words alone had to stand in for the
chosen evaluator. Consent is looked at when the work is done, not when it was asked for. The database is asked
in its thread, a model on the event loop, and neither waits inside the other.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from msgspec import Struct
from msgspec.structs import replace

from interviews.answers import Story
from interviews.evaluating import evaluate, find_evaluation, find_kept, read_session
from interviews.evaluation import AnswerEvaluation, AnswerFacts, SessionEvaluation, evaluate_answer
from interviews.evaluation.extras import Extras, add_advice, add_summary, lacks_advice
from interviews.evaluation.ports import Evaluator, EvaluatorError
from interviews.evaluation.wording import clean_line
from interviews.kept_evaluations import (
    Judged,
    current_rows,
    keep_answer,
    keep_extras,
    latest_extras,
    may_evaluate,
)
from interviews.live.patient_database import ask
from interviews.milestones import reach
from interviews.mind.ports import Mind
from interviews.models import Evaluation, Report, Session
from interviews.spending import spend_for

logger = logging.getLogger(__name__)
MOST_REASON_CHARS = 240
AT_ONCE = 3  # answers of one session before a model; others' interviews wait for the same one
G = TypeVar("G")
T = TypeVar("T")


class Due(Struct, frozen=True):
    """An answer to be judged, and the row that is to be replaced."""

    number: int
    facts: AnswerFacts
    replaces: int | None


async def judge_answer(session_pk: int, number: int, mind: Mind) -> None:
    """Judge the answer to question `number`, unless these words were judged already."""
    await _judge_due(session_pk, mind, number)


async def judge_session(session_pk: int, mind: Mind) -> None:
    """Judge what nobody has judged yet, add what to learn, keep the whole.

    Raises EvaluatorError, once all is kept, where words alone had to stand in and another try may help.
    """
    failures = await _judge_due(session_pk, mind, None)
    await ask(evaluate, session_pk)
    await ask(_tell_that_the_report_is_ready, session_pk)
    try:
        await advise(session_pk, mind)
    except EvaluatorError as error:
        failures.append(error)
    passing = [error for error in failures if not error.permanent]
    if passing:
        raise passing[0]


@transaction.atomic
def _tell_that_the_report_is_ready(session_pk: int) -> None:
    session = Session.objects.filter(pk=session_pk).first()
    if session is None or session.ended_at is None:
        return
    Report.objects.get_or_create(session=session, defaults={"generated_at": session.ended_at})
    reach(session, "report.ready", at=session.ended_at)


async def advise(session_pk: int, mind: Mind) -> None:
    """Have written what to learn from each skill gap of a kept evaluation. Raises EvaluatorError."""
    evaluation, extras = await ask(_read_kept, session_pk)
    if evaluation is None or not lacks_advice(evaluation, extras):
        return
    texts = await mind.make_evaluator(spend_for(session_pk)).advise(evaluation)
    if texts != tuple(gap.suggestion for gap in evaluation.skill_gaps):
        await ask(keep_extras, session_pk, add_advice(Extras(), evaluation.skill_gaps, texts))


async def write_summary(session_pk: int, mind: Mind) -> None:
    """Have an ended session's summary written, unless these findings have one. Raises EvaluatorError."""
    evaluation, _ = await ask(_read_kept, session_pk)
    if evaluation is None or evaluation.written_summary or not evaluation.scored:
        return
    text = await mind.make_evaluator(spend_for(session_pk)).summarise(evaluation)
    if text != evaluation.summary:
        await ask(keep_extras, session_pk, add_summary(Extras(), evaluation, text))


async def each(call: Callable[[G], Coroutine[Any, Any, T]], given: Iterable[G]) -> list[T]:
    """What `call` makes of each, in order, a few at a time. A failure ends the rest: an ExceptionGroup."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def through(one: G) -> T:
        async with gate:
            return await call(one)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(through(one)) for one in given]
    return [task.result() for task in tasks]


def facts_of(session: Session, story: Story) -> tuple[AnswerFacts, ...]:
    """What was said to each question, with the names that no model is shown."""
    names = (session.candidate_name,) if session.candidate_name else ()
    return tuple(replace(facts, names=names) for facts in story.answers)


async def _judge_due(session_pk: int, mind: Mind, number: int | None) -> list[EvaluatorError]:
    due = await ask(_find_due, session_pk, number)
    if not due:
        return []
    evaluator = mind.make_evaluator(spend_for(session_pk))
    found = await each(partial(_judge_and_keep, session_pk, evaluator), due)
    return [error for error in found if error is not None]


async def _judge_and_keep(session_pk: int, evaluator: Evaluator, due: Due) -> EvaluatorError | None:
    failure = None
    try:
        evaluation = await evaluator.evaluate(due.facts)
    except EvaluatorError as error:
        failure = error
        evaluation = _by_words(due.facts, error)
        logger.warning("an answer is judged by its words alone: %s", error, extra={"session": session_pk})
    await ask(keep_answer, session_pk, Judged(due.number, evaluation, due.replaces))
    return failure


def _by_words(facts: AnswerFacts, error: EvaluatorError) -> AnswerEvaluation:
    judged = evaluate_answer(facts)
    reason = clean_line(f"The evaluator failed: {error}", MOST_REASON_CHARS)
    return replace(judged, origin=replace(judged.origin, fallback_reason=reason))


def _find_due(session_pk: int, number: int | None) -> list[Due]:
    session = Session.objects.filter(pk=session_pk).first()
    if session is None or not may_evaluate(session):
        return []
    facts = facts_of(session, read_session(session))
    rows = current_rows(session)
    wanted = range(1, len(facts) + 1) if number is None else [number]
    return [
        Due(one, facts[one - 1], row.pk if row else None)
        for one in wanted
        if 0 < one <= len(facts)
        for row in (rows.get(one),)
        if _is_due(facts[one - 1], row)
    ]


def _is_due(facts: AnswerFacts, row: Evaluation | None) -> bool:
    kept = find_kept(facts, row)
    return kept is None or bool(kept.origin.fallback_reason)


def _read_kept(session_pk: int) -> tuple[SessionEvaluation | None, Extras]:
    session = Session.objects.filter(pk=session_pk).first()
    if session is None or not session.is_over:
        return None, Extras()
    evaluation = find_evaluation(session)
    return evaluation, latest_extras(session, current_rows(session))
