"""What a candidate may read: a type of its own, so that what it has no field for can't reach them.

There is no place here for expected or missed points, anchors, reasons behind scores, strengths and doubts,
ratings, notes, the panel's decision, or who stepped in when.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from reports.content import Answer, Contact, FollowUp, Question, ReportContent, Words
from reports.exchange import in_turn
from reports.open_questions import not_reached
from reports.origins import Recording
from reports.overrides import Override


class OwnScore(msgspec.Struct, frozen=True):
    """A final score, 0–100, with its level's word."""

    value: float
    level: str = ""


class OwnCriterion(msgspec.Struct, frozen=True):
    """A criterion by name; None is "not judged"."""

    name: str
    score: float | None


class OwnTurn(msgspec.Struct, frozen=True):
    """What was said in turn to one question: by the candidate, or to them."""

    text: str
    is_own: bool
    is_typed: bool = False
    by: str = ""
    """The name of the person who said it, where it was one of the hiring team."""


class OwnQuestion(msgspec.Struct, frozen=True):
    """A question with everything said to the candidate, and the candidate's own words."""

    number: int
    text: str
    follow_ups: tuple[str, ...] = ()
    exchange: tuple[OwnTurn, ...] = ()
    """Follow-ups and words in their order, where it is known when each was said."""
    words: str = ""
    corrected_words: str = ""
    second_words: str = ""
    """What they answered once more afterwards; it counts instead of `words`."""
    channel: Literal["voice", "text", "sms"] = "voice"
    at_ms: int | None = None
    outcome_note: str = ""
    is_scorable: bool = True
    not_scorable_reason: str = ""
    feedback: str = ""
    score: float | None = None
    criteria: tuple[OwnCriterion, ...] = ()


class CandidateReport(msgspec.Struct, frozen=True):
    """The candidate edition."""

    organisation: str
    candidate_name: str
    role: str
    session_uuid: str
    held_at: datetime | None
    language: str
    is_practice: bool
    interviewer_name: str
    questions_asked: int
    questions_answered: int
    duration_ms: int
    feedback: str
    score: OwnScore | None
    questions: tuple[OwnQuestion, ...]
    engines: tuple[tuple[str, str], ...]
    """(role, name) of each engine that took part."""
    recordings: tuple[Recording, ...]
    consent_version: str
    consent_choices: tuple[str, ...]
    retained_until: date | None
    log_head_hash: str
    contact: Contact


def candidate_edition(content: ReportContent) -> CandidateReport:
    """This will take from `content` what its candidate may read. Provisional scores are never among it."""
    may_score = content.is_practice or content.candidate_policy.shows_scores
    shows_scores = may_score and not content.overall.is_provisional
    shows_feedback = content.is_practice or content.candidate_policy.shows_feedback
    unreached = not_reached(content.questions)  # these are still to be asked, of them or of others
    overrides = {one.question_number: one for one in content.overrides}
    return CandidateReport(
        organisation=content.organisation,
        candidate_name=content.candidate_name,
        role=content.role,
        session_uuid=content.session_uuid,
        held_at=content.held_at,
        language=content.language,
        is_practice=content.is_practice,
        interviewer_name=content.interviewer_name,
        questions_asked=content.completeness.questions_asked,
        questions_answered=content.completeness.questions_answered,
        duration_ms=content.completeness.duration_ms,
        feedback=content.candidate_feedback if shows_feedback else "",
        score=_score(content) if shows_scores else None,
        questions=tuple(
            _question(
                question,
                overrides.get(question.number),
                shows_scores=shows_scores,
                shows_feedback=shows_feedback,
            )
            for question in content.questions
            if question not in unreached
        ),
        engines=tuple((engine.role, engine.name) for engine in content.provenance.engines),
        recordings=content.provenance.recordings,
        consent_version=content.provenance.consent_version,
        consent_choices=content.provenance.consent_choices,
        retained_until=content.provenance.retained_until,
        log_head_hash=content.provenance.log_head_hash,
        contact=content.contact,
    )


def _score(content: ReportContent) -> OwnScore | None:
    """With what people set: theirs is the last word."""
    counts = content.overall.overridden or content.overall
    return None if counts.value is None else OwnScore(counts.value, counts.level)


def _question(
    question: Question, override: Override | None, *, shows_scores: bool, shows_feedback: bool
) -> OwnQuestion:
    own = OwnQuestion(
        number=question.number,
        text=question.text,
        follow_ups=tuple(follow_up.text for follow_up in question.follow_ups),
        exchange=tuple(_turn(said) for said in in_turn(question)),
        outcome_note=question.outcome_note,
    )
    answer = question.answer
    if answer is None:
        return own
    own = msgspec.structs.replace(
        own,
        words=answer.text,
        corrected_words=answer.corrected_text,
        second_words=answer.redone_text,
        channel=answer.channel,
        at_ms=answer.at_ms,
        is_scorable=answer.is_scorable,
        not_scorable_reason="" if answer.is_scorable else answer.not_scorable_reason,
        feedback=answer.feedback if shows_feedback else "",
    )
    if not shows_scores:
        return own
    if override is not None:
        return msgspec.structs.replace(own, score=override.points)
    return _with_scores(own, answer) if answer.is_scorable else own


def _turn(said: Words | FollowUp) -> OwnTurn:
    if isinstance(said, Words):
        return OwnTurn(said.text, is_own=True, is_typed=said.is_typed)
    return OwnTurn(said.text, is_own=False, by=said.by)


def _with_scores(own: OwnQuestion, answer: Answer) -> OwnQuestion:
    criteria = tuple(OwnCriterion(criterion.name, criterion.score) for criterion in answer.criteria)
    return msgspec.structs.replace(own, score=answer.score, criteria=criteria)
