"""Plans: listed, drafted, shown with what changed, and changed into their next version."""

from math import ceil
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import (
    making_organisations,
    may_make_in,
    need_to_make,
    organisation_to_make_in,
    organisations_of,
)
from hiring.models import Plan as KeptPlan
from interviews.api.plan_making import change_plan, make_plan
from interviews.api.serializers.plans import MOST_QUESTIONS
from interviews.api.throttling import PlanThrottle
from interviews.bank import load_bank
from interviews.bank.searching import search_bank
from interviews.plan import Plan
from interviews.plans import competencies_of, content_of, find_plan, plans_of
from rest.errors import ApiError
from rest.rows import LARGEST_ID
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members, may_make_anything
from web.console.refusals import refusals_on
from web.console.throttling import seconds_to_wait
from web.set_up.plan_form import KINDS, LEVELS, MODES, ChangedPlanForm, NewPlanForm
from web.set_up.plan_rows import blank_question, fields_of, finder
from web.set_up.plan_view import shown_plan
from web.set_up.rows import Row, added, done

SHOWN_FINDS = 12


@for_members
@require_safe
def plans(request: MemberRequest) -> HttpResponse:
    """This will list the current versions, the newest first."""
    rows = plans_of(organisations_of(request.user)).filter(is_current=True)
    context = {
        "page": page_of(request, searched(request, rows, "name", "job__title")),
        "may_make": may_make_anything(request.user),
    }
    return render(request, "web/set_up/plans.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def new_plan(request: MemberRequest) -> HttpResponse:
    """This will draft one and keep it as version 1; it blocks for as long as a language model writes."""
    own = organisation_to_make_in(request.user)
    is_sent = request.method == "POST"
    form = NewPlanForm(request.POST if is_sent else None, initial={"job": request.GET.get("job", "")})
    form.offer_jobs(making_organisations(request.user) or [own], "No job")
    if is_sent and form.is_valid() and _may_draft(request, form):
        with refusals_on(form):
            kept = make_plan(request.user, form.wish())
        if form.is_valid():
            messages.success(request, "The plan is saved. Read through it and change what doesn't fit.")
            return redirect("web:plan", number=kept.number)
    return render(request, "web/set_up/plan_new.html", {"form": form})


@for_members
@require_safe
def one_plan(request: MemberRequest, number: int) -> HttpResponse:
    """This will show the current version, or the one that `?version=` names."""
    kept = _find(request, number, request.GET.get("version", ""))
    context = {**shown_plan(kept), "may_make": may_make_in(request.user, kept.organisation_id)}
    return render(request, "web/set_up/plan.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def changed_plan(request: MemberRequest, number: int) -> HttpResponse:
    """This will make the next version; the buttons `do` only draw the page anew."""
    former = _find(request, number)
    need_to_make(request.user, former.organisation_id)
    plan = content_of(former)
    if request.method != "POST":
        return _change_page(request, former, plan, ChangedPlanForm.of(former, plan))
    form = ChangedPlanForm.sent(request.POST)
    if wish := request.POST.get("do", ""):
        rows = _rows_after(form.rows, wish, plan)
        return _change_page(request, former, plan, ChangedPlanForm.redrawn(request.POST, rows))
    form.offer_jobs([former.organisation], "No job")
    if form.is_valid() and _may_draft(request, form):
        with refusals_on(form):
            _require_newest(form, former)
            kept = change_plan(request.user, former, form.wish(plan))
        if form.is_valid():
            messages.success(
                request, f"Version {kept.version} is saved. Interviews made before stay as they are."
            )
            return redirect("web:plan", number=kept.number)
    return _change_page(request, former, plan, form)


def _rows_after(rows: list[Row], wish: str, plan: Plan) -> list[Row]:
    """As the buttons of rows, and `take:KEY` of a question of the bank; `search` changes nothing."""
    verb, _, key = wish.partition(":")
    if verb != "take":
        after = done(rows, wish, blank_question, MOST_QUESTIONS)
        return rows if after is None else after
    question = finder(plan.questions)(key)
    is_there = any(row.fields["key"] == key for row in rows)
    if question is None or is_there or len(rows) >= MOST_QUESTIONS:
        return rows
    return [*rows, added(rows, fields_of(question))]


def _change_page(request: MemberRequest, former: KeptPlan, plan: Plan, form: ChangedPlanForm) -> HttpResponse:
    form.offer_jobs([former.organisation], "No job")
    there = {row.fields["key"] for row in form.rows}
    role = request.POST.get("bank_role", "")
    words = request.POST.get("bank_words", "")[:100]
    found = search_bank(words, role=role) if words or role else ()
    finds = [one.question for one in found if one.question.key not in there]
    context = {
        "form": form,
        "plan": former,
        "wanted": competencies_of(former.job),
        "most": MOST_QUESTIONS,
        "kinds": KINDS,
        "levels": LEVELS[1:],
        "modes": MODES,
        "roles": [file.role for file in load_bank()],
        "bank_role": role,
        "bank_words": words,
        "finds": finds[:SHOWN_FINDS],
        "found": len(finds),
    }
    return render(request, "web/set_up/plan_form.html", context)


def _require_newest(form: ChangedPlanForm, former: KeptPlan) -> None:
    """Raises what the interface answers where the form was opened on an older version."""
    if form.cleaned_data["version"] != former.version:
        raise ApiError(
            409,
            "superseded",
            f"Somebody made version {former.version} meanwhile. Open the plan in another tab and compare; "
            "what you typed stands below.",
        )


def _may_draft(request: MemberRequest, form: Any) -> bool:
    wait_s = seconds_to_wait(PlanThrottle(), request)
    if wait_s is not None:
        form.add_error(None, f"That was very often. Please try again in {ceil(wait_s / 60)} minutes.")
    return wait_s is None


def _find(request: MemberRequest, number: int, version: str = "") -> KeptPlan:
    """Raises Http404 for a stranger's as for none."""
    rows: QuerySet[KeptPlan] = plans_of(organisations_of(request.user))
    if not version:
        wanted = None
    elif version.isascii() and version.isdigit() and len(version) <= len("999999999"):
        wanted = int(version)
    else:
        raise Http404
    kept = find_plan(rows, number, wanted) if number <= LARGEST_ID else None
    if kept is None:
        raise Http404
    return kept
