"""Makes kept plans, and new versions of them, of what a client or a page sent."""

from typing import Any

from msgspec.structs import replace
from rest_framework.exceptions import PermissionDenied

from accounts.access import MAY_MAKE
from accounts.models import Organisation, User
from hiring.models import Plan as KeptPlan
from interviews.api.serializers.plans import KeptPlanWishSerializer
from interviews.live.process import get_process
from interviews.plan import Plan
from interviews.plans import (
    Frame,
    SupersededError,
    content_of,
    draft,
    keep_plan,
    keep_version,
    noted,
    wish_for,
)
from rest.errors import ApiError

_WISHES = frozenset({"role", "level", "type", "count", "job_description", "job_id"})


def organisations_of(user: User, *, making: bool = False) -> list[Organisation]:
    """Those that `user` belongs to, or may make plans in."""
    if user.is_superuser:
        return list(Organisation.objects.order_by("pk"))
    memberships = user.memberships.select_related("organisation").order_by("pk")
    return [one.organisation for one in memberships if not making or one.role in MAY_MAKE]


def make_plan(user: User, sent: Any) -> KeptPlan:
    """Version 1 of a new plan. Raises PermissionDenied and ValidationError; blocks while it is drafted."""
    making = organisations_of(user, making=True)
    if not making:
        raise PermissionDenied("Plans are made by the admins and recruiters of an organisation.")
    read = KeptPlanWishSerializer(data=sent, context={"organisations": making})
    read.is_valid(raise_exception=True)
    job = read.validated_data["job_id"]
    plan = _made_of(read, None)
    return keep_plan(plan, _frame(read, plan, None), job.organisation if job else making[0], user)


def change_plan(user: User, former: KeptPlan, sent: Any) -> KeptPlan:
    """The version after `former`. Raises as `make_plan`, and ApiError when it is too late."""
    if former.organisation not in organisations_of(user, making=True):
        raise PermissionDenied("You may read this plan, but not change it.")
    context = {"organisations": [former.organisation], "former": content_of(former).questions}
    read = KeptPlanWishSerializer(data=sent, context=context)
    read.is_valid(raise_exception=True)
    plan = _made_of(read, former)
    try:
        return keep_version(former, plan, _frame(read, plan, former), user)
    except SupersededError:
        raise ApiError(409, "superseded", "Somebody made a newer version meanwhile. Read it first.") from None


def _made_of(read: KeptPlanWishSerializer, former: KeptPlan | None) -> Plan:
    """The questions that were sent; else new ones where some are wished for; else those there are."""
    given, facts = read.validated_data, read.facts()
    before = content_of(former) if former is not None else Plan(role="")
    kept = {name: facts[name] for name in ("duration_minutes", "max_follow_ups", "persona") if name in facts}
    if "questions" in given:
        role = facts.get("role") or before.role or given.get("name", "")
        level = facts.get("level") or before.level
        return noted(replace(before, questions=given["questions"], role=role, level=level, **kept))
    if former is None or _WISHES & {*facts, *(["job_id"] if given["job_id"] else [])}:
        frame = {"role": before.role, "level": before.level, "count": before.total or None} if former else {}
        frame |= {
            "duration_minutes": before.duration_minutes,
            "max_follow_ups": before.max_follow_ups,
            "persona": before.persona,
        }
        job = given["job_id"] or (former.job if former else None)
        return draft(wish_for({**frame, **facts}, job=job), get_process().mind)
    plan = noted(replace(before, **kept))
    if "mode" not in facts:
        return plan
    return replace(plan, questions=tuple(replace(one, mode=facts["mode"]) for one in plan.questions))


def _frame(read: KeptPlanWishSerializer, plan: Plan, former: KeptPlan | None) -> Frame:
    given = read.validated_data
    before = (
        {name: getattr(former, name) for name in Frame.__struct_fields__} if former else {"name": plan.role}
    )
    sent = {name: given[name] for name in ("name", "notice", "redo", "feedback") if name in given}
    job = {"job": given["job_id"]} if given["job_id"] is not None else {}
    return Frame(**{**before, **sent, **job})
