"""Keeps plans in versions and makes them the plans of sessions, which copy them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import Q, QuerySet
from msgspec import Struct
from msgspec.structs import replace

from accounts.models import Organisation, User
from hiring.models import Candidate, Job
from hiring.models import Plan as KeptPlan
from interviews.mind.ports import Mind
from interviews.models import Session
from interviews.plan import Plan, Policy
from interviews.planning.completing import complete_plan
from interviews.planning.drafting import PlanWish, with_resume, with_time_note
from interviews.sessions import add_questions
from interviews.spending import spend_for


class SupersededError(Exception):
    """Somebody else has made a newer version meanwhile."""


class Frame(Struct, frozen=True, kw_only=True):
    """What is kept about a plan beside its questions."""

    name: str
    job: Job | None = None
    notice: str = ""
    redo: str = KeptPlan.Redo.ONCE
    feedback: str = KeptPlan.Feedback.WORDS


def wish_for(
    facts: Mapping[str, Any], *, job: Job | None = None, candidate: Candidate | None = None
) -> PlanWish:
    """The wish with what is known of the job and of the candidate; what was sent goes first."""
    known = {name: facts[name] for name in PlanWish.__struct_fields__ if name in facts}
    if job is not None:
        known["job_title"] = job.title
        known["job_description"] = known.get("job_description") or job.description
        known["competencies"] = competencies_of(job)
        known["facts"] = tuple(str(fact) for fact in job.facts)
    if candidate is not None:
        known["resume"] = known.get("resume") or candidate.resume_text
        known["names"] = (candidate.name,)
    return PlanWish(**known)


def competencies_of(job: Job | None) -> tuple[str, ...]:
    """The names of what the job wants, in its order; whatever else stands there is passed over."""
    listed = job.competencies if job is not None and isinstance(job.competencies, list) else []
    names = (str(one.get("name", "")).strip()[:80] for one in listed if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def draft(wish: PlanWish, mind: Mind, session_pk: int | None = None) -> Plan:
    """Draft with whatever the mind can write. Blocks as long as a language model takes."""
    return async_to_sync(complete_plan)(wish, mind.make_question_writer(spend_for(session_pk)))


def plans_of(organisations: QuerySet[Organisation] | list[Organisation]) -> QuerySet[KeptPlan]:
    return KeptPlan.objects.filter(organisation__in=organisations).select_related(
        "organisation", "job", "first"
    )


def find_plan(plans: QuerySet[KeptPlan], number: int, version: int | None = None) -> KeptPlan | None:
    """The version of the plan that is known by `number`; its current one where none is named."""
    wanted = Q(is_current=True) if version is None else Q(version=version)
    return versions_of(plans, number).filter(wanted).first()


def versions_of(plans: QuerySet[KeptPlan], number: int) -> QuerySet[KeptPlan]:
    return plans.filter(Q(pk=number, first=None) | Q(first_id=number)).order_by("-version")


def keep_plan(plan: Plan, frame: Frame, organisation: Organisation, user: User) -> KeptPlan:
    """Keep version 1 of a new plan."""
    return _keep(plan, frame, organisation, user)


@transaction.atomic
def keep_version(former: KeptPlan, plan: Plan, frame: Frame, user: User) -> KeptPlan:
    """Keep the version after `former`, which stays as it is. Raises SupersededError."""
    KeptPlan.objects.select_for_update().get(pk=former.number)
    if not KeptPlan.objects.filter(pk=former.pk, is_current=True).update(is_current=False):
        raise SupersededError
    first = former.first or former
    return _keep(plan, frame, former.organisation, user, first=first, version=former.version + 1)


def _keep(
    plan: Plan,
    frame: Frame,
    organisation: Organisation,
    user: User,
    *,
    first: KeptPlan | None = None,
    version: int = 1,
) -> KeptPlan:
    questions = tuple(one for one in plan.questions if one.source != "resume")
    shared = replace(plan, questions=questions, claims=(), version=version, policy=None)
    modes = {question.mode for question in questions}
    return KeptPlan.objects.create(
        organisation=organisation,
        first=first,
        version=version,
        content=msgspec.to_builtins(shared),
        core_keys=[question.key for question in questions if question.is_core],
        mode="verbatim" if modes == {"verbatim"} else "adaptive",
        max_follow_ups=plan.max_follow_ups,
        duration_minutes=plan.duration_minutes,
        persona=plan.persona,
        created_by=user,
        **{name: getattr(frame, name) for name in Frame.__struct_fields__},
    )


def content_of(kept: KeptPlan) -> Plan:
    """The plan itself, with where it comes from."""
    policy = msgspec.convert(
        {"notice": kept.notice.strip(), "redo": kept.redo, "feedback": kept.feedback}, Policy
    )
    plan = msgspec.convert(kept.content, Plan)
    return replace(plan, plan_id=kept.number, version=kept.version, claims=(), policy=policy)


def plan_for(
    kept: KeptPlan, candidate: Candidate | None, *, language: str, duration_minutes: int | None = None
) -> Plan:
    """The copy for one session: the core as it is kept, then what the candidate's own résumé adds."""
    plan = replace(content_of(kept), language=language, organisation=kept.organisation.name)
    if duration_minutes is not None:
        plan = replace(plan, duration_minutes=duration_minutes)
    if kept.job is not None:
        plan = replace(plan, facts=tuple(str(fact) for fact in kept.job.facts))
    if candidate is None:
        return plan
    return with_resume(plan, candidate.resume_text, names=(candidate.name,))


@transaction.atomic
def give_plan(session: Session, plan: Plan) -> bool:
    """Replace the plan of a session that nobody has opened yet; False when somebody has."""
    row = Session.objects.select_for_update().get(pk=session.pk)
    if row.seq:
        return False
    row.questions.all().delete()
    row.plan = msgspec.to_builtins(plan)
    row.num_questions, row.job_role, row.difficulty = plan.total, plan.role, plan.level
    row.is_drafted = False
    row.save(update_fields=["plan", "num_questions", "job_role", "difficulty", "is_drafted", "updated_at"])
    add_questions(row, plan)
    session.refresh_from_db()
    return True


def noted(plan: Plan) -> Plan:
    """A plan that a person put together, with what they should know about its time."""
    return with_time_note(replace(plan, notes=()))
