"""The skill gaps of one interview, drawn from its evaluation as that is now."""

from interviews.evaluating import find_evaluation
from interviews.gaps import keep_gaps
from interviews.models import Session, SkillGap

GRAVEST_FIRST = (SkillGap.Severity.HIGH, SkillGap.Severity.MEDIUM, SkillGap.Severity.LOW)


def current_gaps(session: Session) -> list[SkillGap]:
    """The rows, the gravest first; none before the end, or where nobody agreed to an evaluation."""
    if not session.is_over:
        return []
    evaluation = find_evaluation(session)
    if evaluation is None:
        return []
    rows = list(session.skill_gaps.all())
    if len(rows) != len(evaluation.skill_gaps):  # kept before there were rows
        keep_gaps(session, evaluation)
        rows = list(session.skill_gaps.all())
    return sorted(rows, key=lambda row: (GRAVEST_FIRST.index(SkillGap.Severity(row.severity)), row.pk))
