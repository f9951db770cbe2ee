"""What the answers did not show: skill gaps, fit with the job, résumé claims, and what was said there."""

from interviews.evaluation.quotes import answer_text, quote_at
from interviews.evaluation.scorable import answering
from interviews.plan import Claim
from interviews.reporting.material import Material
from reports.content import CompetencyFit, JobFit, Quote, ResumeClaim, SkillGap
from reports.evidence import most_telling


def skill_gaps(material: Material) -> tuple[SkillGap, ...]:
    gaps = material.evaluation.skill_gaps if material.evaluation else ()
    return tuple(
        SkillGap(
            skill=gap.competency,
            suggestion=gap.suggestion,
            severity=gap.severity,
            missing=gap.missing,
            evidence=tuple(Quote(quote.text, quote.start_ms) for quote in gap.evidence)
            or _said_to(material, gap.competency),
        )
        for gap in gaps
    )


def said_there(material: Material, number: int) -> Quote | None:
    """Words of the answer to question `number`: those that showed most, or else how it begins."""
    judged = material.evaluation.answers[number - 1] if material.evaluation else None
    if judged is not None and judged.quotes:
        shown = (finding.quote for finding in judged.covered_points)
        best = most_telling([one for one in shown if one is not None] or judged.quotes)
        return None if best is None else Quote(best.text, best.start_ms)
    said = answering(material.story.answers[number - 1].utterances)
    if not answer_text(said):
        return None
    quote = quote_at(said, 0, 1)
    return Quote(quote.text, quote.start_ms)


def _said_to(material: Material, competency: str) -> tuple[Quote, ...]:
    answers = material.evaluation.answers if material.evaluation else ()
    numbers = [
        number
        for number, one in enumerate(answers, 1)
        if one.competency == competency and one.score is not None
    ]
    quotes = (said_there(material, number) for number in numbers)
    return tuple(quote for quote in quotes if quote is not None)


def job_fit(material: Material) -> JobFit | None:
    fit = material.evaluation.job_fit if material.evaluation else None
    if fit is None:
        return None
    return JobFit(
        score=fit.score,
        assessed_weight=fit.assessed_weight,
        total_weight=fit.total_weight,
        competencies=tuple(
            CompetencyFit(one.competency, one.weight, one.anchor, one.n) for one in fit.competencies
        ),
    )


def resume_claims(material: Material) -> tuple[ResumeClaim, ...]:
    """Whether each claim of the plan was gone into: its question was put, whatever was answered."""
    return tuple(_claim(material, claim) for claim in material.story.plan.claims)


def _claim(material: Material, claim: Claim) -> ResumeClaim:
    keys = [question.key for question in material.story.plan.questions]
    if not claim.question_key or claim.question_key not in keys:
        return ResumeClaim(claim.text, was_probed=False)
    number = keys.index(claim.question_key) + 1
    facts = material.story.answers[number - 1]
    if not facts.is_asked:
        return ResumeClaim(
            claim.text, was_probed=False, note=f"Question {number} was meant for it and not reached."
        )
    note = "" if facts.utterances else "It was asked about and not answered."
    return ResumeClaim(claim.text, was_probed=True, question_number=number, note=note)
