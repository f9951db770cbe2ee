"""What people set instead of single judgements, and what the scores come to with it."""

from interviews.evaluation import SessionEvaluation
from interviews.evaluation.job_fit import points_of_anchor
from interviews.models import Override as Row
from interviews.reporting.material import Material
from reports.overrides import Overridden, Override


def overrides(material: Material) -> tuple[Override, ...]:
    return tuple(_override(material, row) for _, row in sorted(material.overrides.items()))


def _override(material: Material, row: Row) -> Override:
    judged = material.evaluation.answers if material.evaluation else ()
    return Override(
        question_number=row.number,
        by=row.author_name,
        score=row.score,
        reason=row.reason,
        made_on=row.made_at.date(),
        instead_of=judged[row.number - 1].anchor if row.number <= len(judged) else None,
        points=None if row.score is None else points_of_anchor(row.score),
    )


def overridden(material: Material) -> Overridden | None:
    """None where nothing was overridden, or nothing evaluated."""
    before, after = material.evaluation, material.overridden
    if before is None or after is None:
        return None
    rows = material.overrides.values()
    return Overridden(
        value=after.overall_score,
        level=after.performance.label if after.performance else "",
        answers_scored=after.scored,
        answers_set=sum(row.score is not None for row in rows),
        answers_left_out=sum(row.score is None for row in rows),
        competencies=_competencies(before, after),
    )


def _competencies(
    before: SessionEvaluation, after: SessionEvaluation
) -> tuple[tuple[str, float | None, int], ...]:
    former = {one.competency: (one.anchor, one.n) for one in before.competencies}
    return tuple(
        (one.competency, one.anchor, one.n)
        for one in after.competencies
        if former.get(one.competency) != (one.anchor, one.n)
    )
