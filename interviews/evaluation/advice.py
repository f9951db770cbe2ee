"""What to learn from a skill gap: checked words of a model, or a plain sentence from what was missing."""

from collections.abc import Sequence

from interviews.evaluation.form import AdviceForm
from interviews.evaluation.results import SkillGap
from interviews.evaluation.wording import clean

MOST_ADVICE_CHARS = 320


def checked_advice(gaps: Sequence[SkillGap], form: AdviceForm) -> tuple[str, ...]:
    """One text for each gap; where the model's can't stay, the one that the gap has."""
    written = [clean(text, MOST_ADVICE_CHARS) for text in form.suggestions[: len(gaps)]]
    written += [""] * (len(gaps) - len(written))
    return tuple(text or gap.suggestion for text, gap in zip(written, gaps, strict=True))
