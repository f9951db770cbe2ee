"""What a report says, as plain values: the database fills them in, the renderers only lay them out.

Times on the conversation's line are `_ms` from its first sample. `None` always means "not known" or
"not judged", never zero. There is deliberately no place for accommodations: what a report is never given,
it can't show.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

from reports.origins import JudgedWith, Provenance, Side
from reports.overrides import Overridden, Override

Edition = Literal["panel", "candidate"]
MarkKind = Literal["pause", "drop", "intervention"]
Severity = Literal["high", "medium", "low"]


class Quote(msgspec.Struct, frozen=True):
    """Words somebody is said to have spoken. Only `reports.quotes.verify_quotes` sets `matched`."""

    text: str
    at_ms: int | None = None
    matched: bool = False


class Finding(msgspec.Struct, frozen=True):
    """A strength, a covered point, or something to probe, with the words it stands on."""

    text: str
    quote: Quote | None = None
    question_number: int | None = None
    is_said_there: bool = False
    """Whether the quote does not show what `text` says, but is what was said where it was expected."""


class Completeness(msgspec.Struct, frozen=True):
    """How much of what was planned took place. `note` says in a sentence why it was cut short, if it was."""

    status: Literal["complete", "partial", "abandoned"] = "complete"
    questions_planned: int = 0
    questions_asked: int = 0
    questions_answered: int = 0
    duration_ms: int = 0
    note: str = ""


class OverallScore(msgspec.Struct, frozen=True):
    """0–100 with its level, and what it rests on. `value` is None when nothing could be scored."""

    value: float | None = None
    level: str = ""
    """The level's word: Excellent, Good, Average or Needs work."""
    answers_scored: int = 0
    answers_total: int = 0
    evidence_count: int = 0
    basis: str = ""
    """One sentence on how it came about, e.g. "By coverage; accuracy and depth are not judged."."""
    is_provisional: bool = False
    overridden: Overridden | None = None
    """None where nobody has overridden anything."""


class HiringDecision(msgspec.Struct, frozen=True):
    """What a person decided, and why."""

    outcome: Literal["advance", "hold", "decline"]
    by: str
    decided_on: date | None = None
    reason: str = ""


class Competency(msgspec.Struct, frozen=True):
    """The mean on 1–5 of the anchors reached in `n` answers. `anchors` maps "1".."5" to their text."""

    name: str
    mean: float | None
    n: int
    anchors: dict[str, str] = {}
    human_mean: float | None = None
    human_n: int = 0


class CriterionScore(msgspec.Struct, frozen=True):
    """One criterion of one answer, 0–100; None is "not judged"."""

    name: str
    score: float | None
    weight: int | None = None
    """Its share of the answer's score in per cent."""
    reason: str = ""


class AnchorReached(msgspec.Struct, frozen=True):
    """The 1–5 anchor an answer reached, and what the next one would have needed."""

    level: int
    text: str = ""
    next_needed: str = ""
    is_estimate: bool = False
    """Whether it only stands for the share of points heard; nobody held its text against the answer."""


class Words(msgspec.Struct, frozen=True):
    """One turn of an answer, as recognised or typed, and when it began."""

    text: str
    at_ms: int | None = None
    is_typed: bool = False


class Judgement(msgspec.Struct, frozen=True):
    """One of several judgements of the same answer."""

    score: float | None
    anchor: int | None


class FollowUp(msgspec.Struct, frozen=True):
    """What the interviewer said after the answer began: `kind` is e.g. follow_up, clarify, rephrase, help."""

    text: str
    kind: str = "follow_up"
    at_ms: int | None = None
    by: str = ""
    """A person's name where a person asked it."""


class Answer(msgspec.Struct, frozen=True):
    """What was said to one question and how it was judged."""

    text: str
    """The candidate's words as recognised or typed, all turns of this question in order."""
    turns: tuple[Words, ...] = ()
    """The same, turn by turn."""
    corrected_text: str = ""
    """The candidate's own correction afterwards; empty when there is none."""
    redone_text: str = ""
    """What the candidate answered once more afterwards; then this is judged, and `text` stands beside it."""
    gist: str = ""
    channel: Literal["voice", "text", "sms"] = "voice"
    at_ms: int | None = None
    duration_ms: int | None = None
    """How long the candidate spoke or typed."""
    quotes: tuple[Quote, ...] = ()
    score: float | None = None
    criteria: tuple[CriterionScore, ...] = ()
    anchor: AnchorReached | None = None
    covered_points: tuple[str, ...] = ()
    covered: tuple[Finding, ...] = ()
    """The covered points again, each with the words that show it."""
    missed_points: tuple[str, ...] = ()
    is_scorable: bool = True
    not_scorable_reason: str = ""
    unscored_reason: str = ""
    """Why there is no score although it was heard well, e.g. "The question was left open."."""
    confidence: float | None = None
    """Mean recognition confidence 0..1."""
    recognition: str = ""
    """How well it was heard, in figures, as a sentence."""
    judgements: tuple[Judgement, ...] = ()
    """All of them, where it was judged more than once."""
    attention: tuple[str, ...] = ()
    """Why a person should look at this one, as sentences."""
    quotes_struck: int = 0
    """Quotes of the evaluator that nobody said."""
    judged_with: JudgedWith | None = None
    feedback: str = ""
    """For the candidate. It must not repeat expected points: the candidate edition prints it as it is."""


class Question(msgspec.Struct, frozen=True):
    """One question as it was put; `answer` is None when it was skipped or never reached."""

    number: int
    text: str
    kind: str = ""
    """technical, behavioral, coding, system_design …"""
    competency: str = ""
    mode: Literal["verbatim", "adaptive"] = "adaptive"
    difficulty: str = ""
    asked_at_ms: int | None = None
    took_ms: int | None = None
    """From the question's first word to the next question's, or to the goodbye."""
    is_personal: bool = False
    """Asked of this candidate alone, because of something in their application."""
    put_in_by: str = ""
    """The person who put it in during the interview."""
    asked_because: str = ""
    """Why it was chosen, where that is not plain."""
    follow_ups: tuple[FollowUp, ...] = ()
    answer: Answer | None = None
    outcome_note: str = ""
    """Why there is no answer, e.g. "Skipped by the candidate."."""


class HumanRating(msgspec.Struct, frozen=True):
    """A person's own rating on 1–5, shown beside the computed one; without a number: of the whole."""

    by: str
    score: float | None
    question_number: int | None = None
    competency: str = ""
    comment: str = ""
    rated_on: date | None = None


class SpokenSpan(msgspec.Struct, frozen=True):
    """One side holding the floor by voice."""

    side: Side
    from_ms: int
    to_ms: int
    by: str = ""
    """A person's name where a person spoke as the interviewer."""


class TimelineMark(msgspec.Struct, frozen=True):
    """A pause, a dropped connection (with a length), or a person stepping in (a moment)."""

    kind: MarkKind
    from_ms: int
    to_ms: int | None = None
    label: str = ""


class Timeline(msgspec.Struct, frozen=True):
    """Who spoke when, and what came between."""

    duration_ms: int = 0
    spans: tuple[SpokenSpan, ...] = ()
    marks: tuple[TimelineMark, ...] = ()


class Note(msgspec.Struct, frozen=True):
    """A panel member's note."""

    by: str
    text: str
    at_ms: int | None = None


class SkillGap(msgspec.Struct, frozen=True):
    """A skill the role asks for that the answers did not show."""

    skill: str
    detail: str = ""
    suggestion: str = ""
    severity: Severity | None = None
    missing: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()
    """What was said where it was asked for."""


class CompetencyFit(msgspec.Struct, frozen=True):
    """One competency of the job with its weight, and the mean of the anchors reached in `n` answers."""

    name: str
    weight: int
    mean: float | None
    n: int


class JobFit(msgspec.Struct, frozen=True):
    """How far the answers met the job's own competencies; `score` is 0–100 over what was assessed."""

    score: float | None
    assessed_weight: int
    total_weight: int
    competencies: tuple[CompetencyFit, ...] = ()


class ResumeClaim(msgspec.Struct, frozen=True):
    """Something the résumé says, and whether the conversation went into it."""

    claim: str
    was_probed: bool
    question_number: int | None = None
    note: str = ""
    """What became of it, as a sentence."""


class PlainFacts(msgspec.Struct, frozen=True):
    """Logged, never scored."""

    page_hidden_times: int = 0
    page_hidden_ms: int = 0
    reconnects: int = 0
    microphone_muted_times: int = 0
    typed_answers: int = 0
    pauses: int = 0
    missing_audio_ms: int = 0
    follow_ups: dict[str, int] = {}
    """How often the interviewer came back to an answer, by kind: follow_up, clarify, rephrase, help …"""


class Contact(msgspec.Struct, frozen=True):
    """Whom to ask and how to contest; printed in both editions."""

    organisation: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    how_to_contest: str = ""
    """A sentence or two; a plain default is printed when empty."""


class TranscriptTurn(msgspec.Struct, frozen=True):
    """One turn of one side. `name` is printed as given."""

    side: Side
    text: str
    name: str = ""
    at_ms: int | None = None
    to_ms: int | None = None
    corrected_text: str = ""
    confidence: float | None = None
    question_number: int | None = None
    channel: Literal["voice", "text", "sms"] = "voice"
    is_second: bool = False
    """Whether it was answered once more, after the conversation."""


class CandidatePolicy(msgspec.Struct, frozen=True):
    """What the plan lets the candidate see."""

    shows_scores: bool = False
    shows_feedback: bool = True


class ReportContent(msgspec.Struct, frozen=True):
    """Everything the panel edition says. Edition "candidate" is rendered through `candidate_edition`."""

    edition: Edition
    organisation: str
    candidate_name: str
    role: str
    session_uuid: str
    held_at: datetime | None = None
    """When the conversation began; printed in the zone it carries."""
    level: str = ""
    """The seniority asked for, e.g. "senior"."""
    interviewer_name: str = ""
    is_practice: bool = False
    language: str = "en"
    completeness: Completeness = Completeness()
    overall: OverallScore = OverallScore()
    job_fit_score: float | None = None
    job_fit: JobFit | None = None
    strengths: tuple[Finding, ...] = ()
    things_to_probe: tuple[Finding, ...] = ()
    written_summary: str = ""
    """A few sentences by a language model, where somebody asked for them."""
    decision: HiringDecision | None = None
    competencies: tuple[Competency, ...] = ()
    questions: tuple[Question, ...] = ()
    human_ratings: tuple[HumanRating, ...] = ()
    holds_back_ratings: bool = False
    """Whether some are left out until its reader has rated as well."""
    overrides: tuple[Override, ...] = ()
    timeline: Timeline = Timeline()
    resume_claims: tuple[ResumeClaim, ...] = ()
    skill_gaps: tuple[SkillGap, ...] = ()
    notes: tuple[Note, ...] = ()
    facts: PlainFacts = PlainFacts()
    provenance: Provenance = Provenance()
    contact: Contact = Contact()
    transcript: tuple[TranscriptTurn, ...] = ()
    candidate_feedback: str = ""
    """Overall words for the candidate; the same rule as for `Answer.feedback`."""
    candidate_policy: CandidatePolicy = CandidatePolicy()
    quotes_struck: int = 0
    """How many quotes were taken out because nobody said them; `verify_quotes` counts."""
