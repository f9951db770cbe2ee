"""Drafts a plan from what somebody wishes: from the bank, for a job description, with probes of a résumé.

The core questions depend on the role, the job and the wish alone, so that everybody is asked the same; what a
résumé adds comes after them and compares nobody.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from interviews.bank import closest_role
from interviews.bank.loader import GENERAL_ROLE
from interviews.bank.planning import build_plan, eligible_questions, in_order, question_count
from interviews.plan import Claim, Level, Mode, Plan, PlannedQuestion
from interviews.planning.claims import find_claims
from interviews.planning.description import (
    Description,
    Fit,
    fit_of,
    is_about,
    level_named_in,
    read_description,
)
from interviews.planning.probes import probe_claims
from interviews.planning.timing import time_note, time_of

MOST_PROBES = 3
LONGEST_ROLE = 120
UNNAMED_ROLE = "General"
LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "advanced")


class PlanWish(Struct, frozen=True, kw_only=True):
    """What a plan should be like. Texts are other people's: data, never instructions."""

    role: str = ""  # "": the one that the job description names
    level: str = ""  # "": the one that the job's title or else its description asks for, else intermediate
    type: str = "mixed"
    count: int | None = None  # of core questions; None: as many as fit the time
    duration_minutes: int = 30
    mode: Mode = "adaptive"
    max_follow_ups: int = 2
    persona: str = "Viva"
    organisation: str = ""
    facts: tuple[str, ...] = ()
    language: str = "en"
    job_title: str = ""
    job_description: str = ""
    competencies: tuple[str, ...] = ()  # of the job
    resume: str = ""
    names: tuple[str, ...] = ()  # of the candidate, to keep them out of questions
    probes: int = 2  # of the résumé, at most


class Brief(Struct, frozen=True):
    """The wish after its texts were read."""

    role: str
    level: Level
    description: Description
    competencies: tuple[str, ...]
    notes: tuple[str, ...] = ()


def draft_plan(wish: PlanWish, written: Sequence[PlannedQuestion] = ()) -> Plan:
    """This will give the plan for `wish`; equal wishes give equal plans.

    `written` are questions that the bank does not hold; they take the place of those that fit the job least.
    """
    brief = read_wish(wish)
    bank = _from_bank(wish, brief)
    core = _with_written(bank, written, brief)
    plan = Plan(
        role=brief.role,
        level=brief.level,
        questions=tuple(replace(question, mode=wish.mode) for question in core),
        duration_minutes=wish.duration_minutes,
        persona=wish.persona,
        organisation=wish.organisation,
        facts=wish.facts,
        language=wish.language,
        max_follow_ups=wish.max_follow_ups,
        notes=(*brief.notes, *bank.notes, *_uncovered_notes(core, brief)),
    )
    return with_time_note(with_resume(plan, wish.resume, names=wish.names, probes=wish.probes))


def read_wish(wish: PlanWish) -> Brief:
    """Settle role and level, from the description where the wish leaves them open."""
    description = read_description(wish.job_description)
    role = " ".join((wish.role or wish.job_title or description.role or UNNAMED_ROLE).split())[:LONGEST_ROLE]
    titled = level_named_in(wish.job_title)
    read = titled or description.level
    level = next((one for one in LEVELS if one == wish.level), read or "intermediate")
    notes = []
    if wish.job_description.strip() and not (description.terms or description.role):
        notes.append("Nothing could be read from the job description.")
    elif not (wish.role or wish.job_title) and description.role:
        notes.append(f"The job description names the role: {description.role}.")
    if not wish.level and read:
        notes.append(f"The job {'title' if titled else 'description'} reads like the level: {read}.")
    competencies = tuple(dict.fromkeys((*wish.competencies, *description.competencies)))
    return Brief(role, level, description, competencies, tuple(notes))


def with_resume(plan: Plan, resume: str, *, names: Iterable[str] = (), probes: int = 2) -> Plan:
    """The plan with the résumé's claims, and as many probes behind the core as there is time for."""
    if not resume.strip():
        return plan
    claims = find_claims(resume, names)
    if not claims:
        note = "Nothing that could be asked about was found in the résumé."
        return replace(plan, notes=(*plan.notes, note))
    core = tuple(question for question in plan.questions if question.source != "resume")
    for count in range(min(probes, MOST_PROBES), 0, -1):
        kept, questions = probe_claims(claims, count)
        probed = replace(plan, questions=(*core, *questions), claims=kept)
        if time_of(probed).usual_s <= plan.duration_minutes * 60:
            return replace(probed, notes=(*plan.notes, _probe_note(kept)))
    note = "The résumé's claims are kept for the report; no time is left to ask about them."
    return replace(plan, questions=core, claims=claims, notes=(*plan.notes, note))


def with_time_note(plan: Plan) -> Plan:
    note = time_note(plan)
    return replace(plan, notes=(*plan.notes, note)) if note else plan


def uncovered(questions: Iterable[PlannedQuestion], competencies: Iterable[str]) -> tuple[str, ...]:
    """The competencies that none of the questions goes into."""
    asked = tuple(questions)
    return tuple(name for name in competencies if not any(is_about(one, name) for one in asked))


def _from_bank(wish: PlanWish, brief: Brief) -> Plan:
    if not brief.description.terms and not brief.competencies:
        return build_plan(
            brief.role, brief.level, wish.type, count=wish.count, duration_minutes=wish.duration_minutes
        )
    file, notes = closest_role(brief.role)
    if file.role == GENERAL_ROLE and brief.description.role:
        file, more = closest_role(brief.description.role)
        notes = (f"“{brief.role}” is new to the bank; these questions are for: {file.role}.", *more)
    fitting = eligible_questions(file, brief.level, wish.type)
    number = question_count(wish.count, wish.duration_minutes)
    picked = _best(fitting, number, brief)
    if len(picked) < number:
        notes = (*notes, f"The bank has {len(picked)} fitting questions, of {number} asked for.")
    return Plan(role=brief.role, level=brief.level, questions=in_order(picked), notes=notes)


def _best(fitting: Sequence[PlannedQuestion], count: int, brief: Brief) -> list[PlannedQuestion]:
    """One after the other the question that fits best, less so the more of its competency there are already.

    Where fits are equal the order of the bank decides: the level that is asked for comes first.
    """
    fits = {question.key: fit_of(question, brief.description) for question in fitting}
    picked: list[PlannedQuestion] = []
    waiting = list(fitting)
    while waiting and len(picked) < count:
        missing = uncovered(picked, brief.competencies)
        best = max(waiting, key=lambda one: _worth(one, fits[one.key], missing, picked))
        waiting.remove(best)
        picked.append(_with_reason(best, fits[best.key], missing, brief))
    return picked


def _worth(
    question: PlannedQuestion, fit: Fit, missing: Sequence[str], picked: Sequence[PlannedQuestion]
) -> float:
    """A competency of the job that nothing asks about yet is worth more than any likeness of words."""
    repeated = sum(one.competency == question.competency for one in picked)
    wanted = any(is_about(question, name) for name in missing)
    return (1000.0 if wanted else 0.0) + fit.score / (1 + 2 * repeated) - repeated


def _with_reason(
    question: PlannedQuestion, fit: Fit, missing: Sequence[str], brief: Brief
) -> PlannedQuestion:
    named = next((name for name in missing if is_about(question, name)), "")
    if named:
        return replace(question, source="job", reason=f"Goes into what the job asks for: {named}.")
    if fit.shared:
        return replace(question, source="job", reason=f"The job description says: {', '.join(fit.shared)}.")
    if not brief.description.terms:
        return question
    return replace(question, reason="Fits the role; the description says nothing of it.")


def _with_written(
    bank: Plan, written: Sequence[PlannedQuestion], brief: Brief
) -> tuple[PlannedQuestion, ...]:
    """The written ones replace those of the bank that fit least; there are never more than there were."""
    if not written:
        return bank.questions
    room = max(bank.total, 1)
    ranked = sorted(bank.questions, key=lambda one: -fit_of(one, brief.description).score)
    kept = ranked[: max(room - len(written), 0)]
    return in_order([*kept, *written[:room]])


def _uncovered_notes(core: Sequence[PlannedQuestion], brief: Brief) -> tuple[str, ...]:
    missing = uncovered(core, brief.competencies)
    if not missing:
        return ()
    return (f"No question goes into: {', '.join(missing)}. Add one of your own, or plan for more questions.",)


def _probe_note(claims: Sequence[Claim]) -> str:
    probed = sum(bool(claim.question_key) for claim in claims)
    found = "One claim was" if len(claims) == 1 else f"{len(claims)} claims were"
    asked = "one is" if probed == 1 else f"{probed} are"
    return f"{found} found in the résumé; {asked} asked about, after the questions that everybody is asked."
