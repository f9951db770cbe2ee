"""Judges an ended session again, with another evaluator, model, prompt or rubric, and says what changed."""

import logging
from collections.abc import Collection
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from accounts.models import User
from interviews.background.kinds import GiveUpError
from interviews.background.rows import want
from interviews.bank import get_question
from interviews.evaluating import find_evaluation, read_session
from interviews.evaluation import AnswerFacts, SessionEvaluation
from interviews.evaluation.changes import Changes, compare
from interviews.evaluation.ports import EvaluatorError
from interviews.judging import advise, each, facts_of
from interviews.kept_evaluations import Judged, begin_run, current_rows, may_evaluate, read_runs
from interviews.live.patient_database import ask
from interviews.mind.ports import Mind
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from interviews.spending import spend_for

logger = logging.getLogger(__name__)
Rubric = Literal["asked", "bank"]
TASK = "judge.again"
MOST_RUNS = 20  # of one session; each costs as much as the first


class NotEvaluableError(Exception):
    """The session can't be evaluated again now: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Rerun(Struct, frozen=True):
    run: int
    changes: Changes
    evaluation: SessionEvaluation


async def run_again(
    session_pk: int,
    mind: Mind,
    *,
    numbers: Collection[int] = (),
    rubric: Rubric = "asked",
    asked_by: User | None = None,
) -> Rerun:
    """Judge anew, as a run of its own that becomes the current one; the former stay, to be compared.

    `numbers` are the questions whose answers are judged, none for all. `rubric` bank takes the points and
    anchors that the bank holds now for the same question. Raises NotEvaluableError, and EvaluatorError; then
    the former evaluation stays as it is.
    """
    before, facts, rows = await ask(_read, session_pk)
    chosen = _chosen(facts, numbers, rubric)
    evaluator = mind.make_evaluator(spend_for(session_pk))
    try:
        made = await each(evaluator.evaluate, chosen.values())
    except* EvaluatorError as group:
        raise _first(group) from None
    judged = [Judged(number, one, rows.get(number)) for number, one in zip(chosen, made, strict=True)]
    if not await ask(begin_run, session_pk, judged, asked_by):
        raise NotEvaluableError("not_agreed", "There is no consent to an evaluation any more.")
    try:
        await advise(session_pk, mind)
    except EvaluatorError as error:
        logger.warning("no advice was written: %s", error, extra={"session": session_pk})
    run, after = await ask(_read_newest, session_pk)
    return Rerun(run, compare(before, after), after)


def put_off(
    session: Session, *, numbers: Collection[int], rubric: Rubric, is_by_words: bool, asked_by: User
) -> None:
    """Have it done in the background: the run is listed when it is there. Sync. Raises NotEvaluableError."""
    _, facts, _ = _read(session.pk)
    _chosen(facts, numbers, rubric)
    wish = {
        "session": session.pk,
        "numbers": sorted(set(numbers)),
        "rubric": rubric,
        "is_by_words": is_by_words,
        "asked_by": asked_by.pk,
    }
    with transaction.atomic():
        want(TASK, f"{session.pk}/{asked_by.pk}", wish, now=timezone.now())


async def carry_out(wish: dict[str, Any], mind: Mind) -> None:
    """Do what was put off. Raises GiveUpError where trying again would not help, else EvaluatorError."""
    asked_by = await ask(_find_user, wish["asked_by"])
    judging = ScriptedMind() if wish["is_by_words"] else mind
    try:
        await run_again(
            wish["session"], judging, numbers=wish["numbers"], rubric=wish["rubric"], asked_by=asked_by
        )
    except (NotEvaluableError, Session.DoesNotExist) as error:
        raise GiveUpError(str(error)) from error
    except EvaluatorError as error:
        if error.permanent:
            raise GiveUpError(str(error)) from error
        raise


def _find_user(pk: int) -> User | None:
    return User.objects.filter(pk=pk).first()


def _read(session_pk: int) -> tuple[SessionEvaluation, tuple[AnswerFacts, ...], dict[int, int]]:
    """What was judged so far, of what words, and the current row of each answer by its number."""
    session = Session.objects.get(pk=session_pk)
    if not session.is_over:
        raise NotEvaluableError("not_over", "It can be evaluated again once the interview is over.")
    if not may_evaluate(session):
        raise NotEvaluableError("not_agreed", "The candidate did not agree to an evaluation by a program.")
    rows = {number: row.pk for number, row in current_rows(session).items()}  # before the words they judge
    story = read_session(session)
    before = find_evaluation(session, story)  # keeps the former run, so that it can be compared
    if before is None or not story.answers:
        raise NotEvaluableError("nothing_said", "There is nothing in this interview to evaluate.")
    if len(read_runs(session)) >= MOST_RUNS:
        raise NotEvaluableError(
            "too_many_runs", f"It has been evaluated {MOST_RUNS} times; that is the most."
        )
    return before, facts_of(session, story), rows


def _chosen(
    facts: tuple[AnswerFacts, ...], numbers: Collection[int], rubric: Rubric
) -> dict[int, AnswerFacts]:
    unknown = [number for number in numbers if not 0 < number <= len(facts)]
    if unknown:
        raise NotEvaluableError("no_such_question", f"There is no question {unknown[0]} in this interview.")
    wanted = sorted(set(numbers)) or range(1, len(facts) + 1)
    return {
        number: _with_rubric_of_bank(facts[number - 1]) if rubric == "bank" else facts[number - 1]
        for number in wanted
    }


def _with_rubric_of_bank(facts: AnswerFacts) -> AnswerFacts:
    """The question with today's points and anchors; as it was asked where the bank does not know it."""
    try:
        today = get_question(facts.question.key)
    except KeyError:
        return facts
    question = replace(
        facts.question,
        expected_points=today.expected_points,
        anchors=today.anchors,
        competency=today.competency,
    )
    return replace(facts, question=question)


def _read_newest(session_pk: int) -> tuple[int, SessionEvaluation]:
    session = Session.objects.get(pk=session_pk)
    find_evaluation(session)
    newest = read_runs(session)[-1]
    return newest.number, newest.evaluation


def _first(group: ExceptionGroup[EvaluatorError]) -> EvaluatorError:
    found = group.exceptions[0]
    return found if isinstance(found, EvaluatorError) else _first(found)
