"""What is asked of a model beside the judgements, kept by what it rests on: advice on gaps, a summary."""

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from interviews.evaluation.digests import findings_digest, gap_digest
from interviews.evaluation.results import SessionEvaluation, SkillGap


class Extras(Struct, frozen=True):
    advice: dict[str, str] = field(default_factory=dict)  # by digest of the gap
    summaries: dict[str, str] = field(default_factory=dict)  # by digest of the findings


def with_extras(evaluation: SessionEvaluation, extras: Extras) -> SessionEvaluation:
    """`evaluation` with those extras that were written for just these findings."""
    return replace(
        evaluation,
        skill_gaps=tuple(
            replace(gap, suggestion=extras.advice.get(gap_digest(gap), gap.suggestion))
            for gap in evaluation.skill_gaps
        ),
        written_summary=extras.summaries.get(findings_digest(evaluation), ""),
    )


def lacks_advice(evaluation: SessionEvaluation, extras: Extras) -> bool:
    return any(gap_digest(gap) not in extras.advice for gap in evaluation.skill_gaps)


def add_advice(extras: Extras, gaps: Sequence[SkillGap], texts: Sequence[str]) -> Extras:
    told = {gap_digest(gap): text for gap, text in zip(gaps, texts, strict=True)}
    return replace(extras, advice={**extras.advice, **told})


def add_summary(extras: Extras, evaluation: SessionEvaluation, text: str) -> Extras:
    return replace(extras, summaries={**extras.summaries, findings_digest(evaluation): text})
