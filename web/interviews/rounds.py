"""Rounds of an interview: added, changed, put in order, called off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import need_to_make, organisations_of
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.rounds import RoundSerializer
from hiring.models import Interview, Round
from hiring.round_order import add_round, move_round, remove_round
from rest.rows import find_row
from web.console.forms import ConsoleForm
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.interviews.forms import RoundForm
from web.interviews.one import find_interview, tell
from web.interviews.own_zone import for_members_in_own_zone

SHOWN = ("kind", "title", "scheduled_at", "duration_minutes", "place", "notes")
STEPS: dict[str, tuple[str, Callable[[Round], dict[str, Any]]]] = {
    "up": ("The round was moved up.", lambda row: {"order": max(1, row.order - 1)}),
    "down": ("The round was moved down.", lambda row: {"order": row.order + 1}),
    "cancel": (
        "The round is cancelled; its link stops working.",
        lambda _: {"status": Round.Status.CANCELLED},
    ),
    "no_show": ("Kept: the candidate did not come.", lambda _: {"status": Round.Status.NO_SHOW}),
    "complete": ("Kept: the round was held.", lambda _: {"status": Round.Status.COMPLETED}),
    "again": ("The round is to come again.", lambda _: {"status": Round.Status.SCHEDULED}),
}


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def new_round(request: MemberRequest, number: int) -> HttpResponse:
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    form = _form(request, interview, {})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), refusals_as_errors():
            values = _read(request, form, interview)
            add_round(interview.pk, values, now=timezone.now())
        if form.is_valid():
            messages.success(request, "The round was added.")
            return redirect("web:interview", number=interview.pk)
    return render(request, "web/interviews/round.html", {"form": form, "interview": interview, "row": None})


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def change_one(request: MemberRequest, number: int) -> HttpResponse:
    row = find_round(request, number)
    first = {name: getattr(row, name) for name in SHOWN} | {"interviewer": row.interviewer_id or ""}
    form = _form(request, row.interview, first)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), refusals_as_errors():
            move_round(row.pk, _read(request, form, row.interview, row), now=timezone.now())
        if form.is_valid():
            messages.success(request, "Your changes are saved.")
            return redirect("web:interview", number=row.interview_id)
    context = {"form": form, "interview": row.interview, "row": row}
    return render(request, "web/interviews/round.html", context)


@for_members
@require_POST
def take_step(request: MemberRequest, number: int) -> HttpResponse:
    """This will do what the pressed button says: `?step` is one of STEPS, or remove."""
    row = find_round(request, number)
    step = request.POST.get("step", "")
    form = ConsoleForm({})
    with refusals_on(form), refusals_as_errors():
        if step == "remove":
            remove_round(row.pk, now=timezone.now())
        elif step in STEPS:
            move_round(row.pk, STEPS[step][1](row), now=timezone.now())
        else:
            return HttpResponseBadRequest("There is no such step.")
    tell(request, form, STEPS[step][0] if step in STEPS else "The round was removed.")
    return redirect("web:interview", number=row.interview_id)


def find_round(request: MemberRequest, number: int) -> Round:
    """One that this person may change. Raises Http404 for a stranger's as for none, and PermissionDenied."""
    rows: QuerySet[Round] = Round.objects.select_related("interview__organisation", "interview__candidate")
    found = find_row(rows.filter(interview__organisation__in=organisations_of(request.user)), number)
    if found is None:
        raise Http404
    need_to_make(request.user, found.interview.organisation_id)
    return found


def _form(request: MemberRequest, interview: Interview, first: dict[str, Any]) -> RoundForm:
    data = request.POST if request.method == "POST" else None
    return RoundForm(data, initial=first, organisation=interview.organisation, user=request.user)


def _read(
    request: MemberRequest, form: RoundForm, interview: Interview, row: Round | None = None
) -> dict[str, Any]:
    """As the interface reads it. Raises ValidationError."""
    given = dict(form.cleaned_data)
    given["interviewer_id"] = int(chosen) if (chosen := given.pop("interviewer")) else None
    wish = {**given, "interview_id": interview.pk}
    read = RoundSerializer(row, data=wish, partial=row is not None, context={"user": request.user})
    read.is_valid(raise_exception=True)
    return {name: value for name, value in read.validated_data.items() if name != "interview"}
