"""Drafts a plan, and has what the bank lacks written where somebody can."""

import logging
from collections.abc import Sequence

from msgspec.structs import replace

from interviews.bank import closest_role
from interviews.bank.loader import GENERAL_ROLE
from interviews.plan import Plan, PlannedQuestion
from interviews.planning.drafting import UNNAMED_ROLE, PlanWish, draft_plan, read_wish, uncovered
from interviews.planning.ports import QuestionWish, QuestionWriter, WriterError

logger = logging.getLogger(__name__)


async def complete_plan(wish: PlanWish, writer: QuestionWriter | None) -> Plan:
    """This will draft the plan; a writer that fails leaves the bank's questions and a note."""
    plan = draft_plan(wish)
    wanted = lacking(wish, plan) if writer is not None else None
    if writer is None or wanted is None:
        return plan
    try:
        written = await writer.write(wanted)
    except WriterError as error:
        logger.warning("no questions could be written: %s", error)  # for operators, and for nobody else
        return _noted(plan, "No questions could be written at the moment; these are the bank's.")
    fresh = _without_known_keys(written, plan)[: wanted.count]
    if not fresh:
        return _noted(plan, "No question written for this was fit to ask; these are the bank's.")
    note = f"{_count(fresh)} written for this plan. Read what was written before you use it."
    return _noted(draft_plan(wish, fresh), note)


def lacking(wish: PlanWish, plan: Plan) -> QuestionWish | None:
    """What a writer should add to `plan`; None where the bank is enough.

    For a role that the bank does not know it is all but one question, else one for each competency of the job
    that nothing goes into, at most half of all.
    """
    brief = read_wish(wish)
    core = tuple(question for question in plan.questions if question.is_core)
    missing = uncovered(core, brief.competencies)
    file, _ = closest_role(brief.role)
    is_known = file.role != GENERAL_ROLE
    count = min(len(missing), max(len(core) // 2, 1)) if is_known else max(len(core) - 1, 1)
    if not count or (brief.role == UNNAMED_ROLE and not brief.description.terms):
        return None
    return QuestionWish(
        role=brief.role,
        level=brief.level,
        type=wish.type,
        count=count,
        job_description=wish.job_description,
        competencies=missing,
        avoid=tuple(question.text for question in core),
        language=wish.language,
    )


def _without_known_keys(written: Sequence[PlannedQuestion], plan: Plan) -> tuple[PlannedQuestion, ...]:
    known = {question.key for question in plan.questions}
    return tuple(
        replace(question, source="model", is_core=True) for question in written if question.key not in known
    )


def _count(questions: Sequence[PlannedQuestion]) -> str:
    return "One question was" if len(questions) == 1 else f"{len(questions)} questions were"


def _noted(plan: Plan, note: str) -> Plan:
    return replace(plan, notes=(*plan.notes, note))
