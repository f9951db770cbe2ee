"""Keeps the skill gaps of a session's evaluation as rows, so that they can be listed over many sessions."""

import msgspec
from django.db import transaction

from interviews.evaluation import SessionEvaluation
from interviews.evaluation.results import SkillGap as Gap
from interviews.models import Session, SkillGap

LONGEST_SKILL = 80
_TOLD = ("severity", "score", "missing", "evidence", "suggestion", "next_step")


@transaction.atomic
def keep_gaps(session: Session, evaluation: SessionEvaluation) -> None:
    """Make the rows say what `evaluation` says. A skill that was there keeps its row; twice does no harm."""
    scores = {one.competency: one.score for one in evaluation.competencies}
    rows = [_row(session, gap, scores.get(gap.competency)) for gap in evaluation.skill_gaps]
    SkillGap.objects.filter(session=session).exclude(skill__in=[row.skill for row in rows]).delete()
    SkillGap.objects.bulk_create(
        list({row.skill: row for row in rows}.values()),
        update_conflicts=True,
        unique_fields=["session", "skill"],
        update_fields=_TOLD,
    )


def _row(session: Session, gap: Gap, score: float | None) -> SkillGap:
    return SkillGap(
        session=session,
        skill=gap.competency[:LONGEST_SKILL],
        severity=gap.severity,
        score=score,
        missing=list(gap.missing),
        evidence=[msgspec.to_builtins(quote) for quote in gap.evidence],
        suggestion=gap.suggestion,
        next_step=gap.next_step,
    )
