"""The report's content as a whole: the front page, competencies, notes, contact."""

import hashlib

import msgspec

from interviews.evaluation import SessionEvaluation
from interviews.evaluation.lexical import EASIER_TO_FOLLOW
from interviews.evaluation.results import Finding as Judged
from interviews.evaluation.session import MOST_FINDINGS
from interviews.models import Rating, Session
from interviews.reporting.claims import without_example
from interviews.reporting.decision import decision
from interviews.reporting.gaps import job_fit, resume_claims, said_there, skill_gaps
from interviews.reporting.happenings import plain_facts, timeline
from interviews.reporting.material import Material, gather
from interviews.reporting.origin import provenance
from interviews.reporting.overrides import overridden, overrides
from interviews.reporting.policy import candidate_policy
from interviews.reporting.questions import questions, transcript
from reports.content import (
    Competency,
    Completeness,
    Contact,
    Edition,
    Finding,
    HumanRating,
    Note,
    OverallScore,
    Question,
    Quote,
    ReportContent,
)
from reports.open_questions import left_open

NOBODY = "Viva"  # a guest's own practice has no organisation behind it
NO_EVALUATION = "The candidate did not agree to an evaluation by a program; a person reads the answers."
BY_WORDS = (
    "By structure and the expected points whose words were heard; a point “not heard” may have been made in "
    "others. Accuracy and depth are not judged."
)
BY_MODEL = (
    "Judged by {models}, within what the stated points can carry; every point counts only with words that "
    "are in the transcript."
)
WHY_SHORT = {
    "ended_by_candidate": "The candidate ended the interview before all questions were asked.",
    "ended_by_observer": "A person of the hiring team ended the interview.",
    "rescheduled": "The candidate asked for another day.",
    "cancelled": "The interview was cancelled.",
    "abandoned": "The interview was paused and nobody came back in time.",
}


def report_content(session: Session, edition: Edition) -> ReportContent:
    """What the report of `session` says in `edition`; equal logs give equal content."""
    return content_of(gather(session), edition)


def content_of(material: Material, edition: Edition) -> ReportContent:
    """The same of what was gathered already."""
    session, plan = material.session, material.story.plan
    fit, asked = job_fit(material), questions(material)
    return ReportContent(
        edition=edition,
        organisation=session.organisation.name if session.organisation else plan.organisation or NOBODY,
        candidate_name=session.candidate_name or "Candidate",
        role=session.job_role or plan.role,
        session_uuid=str(session.uuid),
        held_at=session.started_at,
        level=session.difficulty,
        interviewer_name=plan.persona,
        is_practice=session.purpose == Session.Purpose.PRACTICE,
        language=session.language,
        completeness=_completeness(material),
        overall=_overall(material),
        strengths=_findings(material, is_strength=True),
        things_to_probe=_with_open(_findings(material, is_strength=False), asked),
        written_summary=material.evaluation.written_summary if material.evaluation else "",
        decision=decision(session),
        competencies=_competencies(material),
        questions=asked,
        timeline=timeline(material),
        job_fit_score=fit.score if fit is not None else None,
        job_fit=fit,
        resume_claims=resume_claims(material),
        skill_gaps=skill_gaps(material),
        notes=tuple(Note(by=note.author_name, text=note.text, at_ms=note.at_ms) for note in material.notes),
        human_ratings=tuple(_human_rating(one) for one in material.ratings),
        overrides=overrides(material),
        facts=plain_facts(material),
        provenance=provenance(material),
        contact=_contact(session),
        transcript=transcript(material),
        candidate_policy=candidate_policy(plan),
    )


def _human_rating(rating: Rating) -> HumanRating:
    return HumanRating(
        by=rating.author_name,
        score=rating.score,
        question_number=rating.number or None,
        comment=rating.comment,
        rated_on=rating.updated_at.date(),
    )


def _completeness(material: Material) -> Completeness:
    session, story = material.session, material.story
    judged = material.evaluation.answers if material.evaluation else ()
    answered = (
        sum(one.is_answered for one in judged)
        if judged
        else sum(bool(one.utterances) for one in story.answers)
    )
    asked = len(story.asked)
    is_whole = session.status == Session.Status.COMPLETED and asked == story.plan.total
    is_left = session.status in {Session.Status.ABANDONED, Session.Status.CANCELLED}
    note = "" if is_whole else WHY_SHORT.get(session.end_reason, "")
    return Completeness(
        status="complete" if is_whole else "abandoned" if is_left else "partial",
        questions_planned=story.plan.total,
        questions_asked=asked,
        questions_answered=answered,
        duration_ms=material.duration_ms,
        note=note,
    )


def _overall(material: Material) -> OverallScore:
    evaluation = material.evaluation
    if evaluation is None:
        return OverallScore(answers_total=material.story.plan.total, basis=NO_EVALUATION)
    return OverallScore(
        value=evaluation.overall_score,
        level=evaluation.performance.label if evaluation.performance else "",
        answers_scored=evaluation.scored,
        answers_total=evaluation.total_questions,
        evidence_count=sum(len(answer.quotes) for answer in evaluation.answers),
        basis=_basis(evaluation) if evaluation.scored else "",
        is_provisional=not material.session.is_over,
        overridden=overridden(material),
    )


def _basis(evaluation: SessionEvaluation) -> str:
    models = dict.fromkeys(answer.origin.model for answer in evaluation.answers if answer.origin.model)
    return BY_MODEL.format(models=", ".join(models)) if models else BY_WORDS


def _findings(material: Material, *, is_strength: bool) -> tuple[Finding, ...]:
    evaluation = material.evaluation
    if evaluation is None:
        return ()
    wanted = evaluation.top_strengths if is_strength else evaluation.top_improvements
    # How an answer could be told better is feedback for the candidate, nothing for the panel to ask about.
    wanted = tuple(judged for judged in wanted if not judged.text.startswith(EASIER_TO_FOLLOW))
    return tuple(_finding(material, judged, is_strength=is_strength) for judged in wanted)


def _with_open(probes: tuple[Finding, ...], asked: tuple[Question, ...]) -> tuple[Finding, ...]:
    """With questions that were left open, at least one of them: those are to be asked once more."""
    again = [Finding(f"Left open: {one.text}", question_number=one.number) for one in left_open(asked)]
    kept = probes[: MOST_FINDINGS - 1] if again else probes
    return (*kept, *again)[:MOST_FINDINGS]


def _finding(material: Material, judged: Judged, *, is_strength: bool) -> Finding:
    answers = material.evaluation.answers if material.evaluation else ()
    number = next(
        (
            number
            for number, answer in enumerate(answers, 1)
            if judged in (answer.strengths if is_strength else answer.improvements)
        ),
        None,
    )
    shown = Quote(judged.quote.text, judged.quote.start_ms) if judged.quote is not None else None
    instead = said_there(material, number) if shown is None and number is not None else None
    return Finding(
        text=without_example(judged.text) if is_strength else judged.text,
        quote=shown or instead,
        question_number=number,
        is_said_there=shown is None and instead is not None,
    )


def _competencies(material: Material) -> tuple[Competency, ...]:
    if material.evaluation is None:
        return ()
    anchors = {one.competency: one.anchors for one in reversed(material.story.plan.questions)}
    return tuple(
        Competency(one.competency, one.anchor, one.n, anchors.get(one.competency, {}))
        for one in material.evaluation.competencies
    )


def _contact(session: Session) -> Contact:
    organisation = session.organisation
    if organisation is None:
        return Contact()
    return Contact(
        organisation=organisation.name,
        name=organisation.contact_name,
        email=organisation.contact_email,
    )


def fingerprint(content: ReportContent) -> str:
    """Changes with everything the report says; for ETags."""
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:32]
