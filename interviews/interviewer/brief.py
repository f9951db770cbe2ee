"""Everything an interviewer may know when it words one reply. No name, no résumé, no accommodation."""

from typing import Literal

from msgspec import Struct

from interviews.moves import Move
from interviews.plan import ExpectedPoint, Plan, PlannedQuestion

Side = Literal["candidate", "interviewer"]
HISTORY_TURNS = 40  # more than any interview of the usual length holds; bounds prompts all the same


class ReplyBrief(Struct, frozen=True):
    move: Move
    persona: str = "Viva"
    organisation: str = ""
    role: str = ""
    question: PlannedQuestion | None = None  # the one this reply asks or is about
    previous_question: PlannedQuestion | None = None  # the one just left, when this reply asks a new one
    point: ExpectedPoint | None = None  # the point a follow-up asks for
    covered: ExpectedPoint | None = None  # the point said last, to link a follow-up to
    number: int = 0  # of `question`, from 1
    total: int = 0
    duration_minutes: int = 0
    history: tuple[tuple[Side, str], ...] = ()  # as heard, oldest first
    candidate_text: str = ""
    facts: tuple[str, ...] = ()
    closing: str = ""
    language: str = "en"
    guidance: str = ""  # a recruiter's whisper: advice on the next words, never on the flow


def build_brief(
    plan: Plan,
    move: Move,
    *,
    current_index: int = -1,
    last_covered: int | None = None,
    history: tuple[tuple[Side, str], ...] = (),
    candidate_text: str = "",
    guidance: str = "",
) -> ReplyBrief:
    """Gather what `move` needs. `current_index` is the question that was open when the turn ended."""
    index = current_index if move.question_index is None else move.question_index
    question = plan.question_at(index)
    previous = plan.question_at(current_index) if index != current_index else None
    return ReplyBrief(
        move=move,
        persona=plan.persona,
        organisation=plan.organisation,
        role=plan.role,
        question=question,
        previous_question=previous,
        point=_point(question, move.point_index),
        covered=_point(plan.question_at(current_index), last_covered),
        number=index + 1,
        total=plan.total,
        duration_minutes=plan.duration_minutes,
        history=history[-HISTORY_TURNS:],
        candidate_text=candidate_text,
        facts=plan.facts,
        closing=plan.closing,
        language=plan.language,
        guidance=guidance,
    )


def _point(question: PlannedQuestion | None, index: int | None) -> ExpectedPoint | None:
    if question is None or index is None or not 0 <= index < len(question.expected_points):
        return None
    return question.expected_points[index]
