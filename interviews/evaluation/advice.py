"""What to learn from a skill gap: checked words of a model, or a plain sentence from what was missing."""

from collections.abc import Sequence

from interviews.evaluation.form import AdviceForm
from interviews.evaluation.results import SessionEvaluation, SkillGap
from interviews.evaluation.wording import clean

MOST_ADVICE_CHARS = 320


def next_steps(evaluation: SessionEvaluation) -> tuple[str, ...]:
    """For each gap what the next anchor of its weakest answer needed; "" where that isn't known."""
    return tuple(_next_step(evaluation, gap.competency) for gap in evaluation.skill_gaps)


def _next_step(evaluation: SessionEvaluation, competency: str) -> str:
    answers = [one for one in evaluation.answers if one.competency == competency and one.anchor is not None]
    weakest = min(answers, key=lambda one: (one.anchor or 0, one.score or 0.0), default=None)
    return weakest.next_anchor_text if weakest is not None else ""


def checked_advice(gaps: Sequence[SkillGap], form: AdviceForm) -> tuple[str, ...]:
    """One text for each gap; where the model's can't stay, the one that the gap has."""
    written = [clean(text, MOST_ADVICE_CHARS) for text in form.suggestions[: len(gaps)]]
    written += [""] * (len(gaps) - len(written))
    return tuple(text or gap.suggestion for text, gap in zip(written, gaps, strict=True))
