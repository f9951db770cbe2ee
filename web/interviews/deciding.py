"""What people decide about an interview, and when they move it; each with the reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from rest_framework import serializers

from accounts.access import need_to_make
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.interviews import DecisionWishSerializer, RescheduleSerializer
from hiring.deciding import Move, decide, reschedule
from hiring.models import Round
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.interviews.forms import DecisionForm
from web.interviews.one import find_interview, interview_page, move_form
from web.interviews.own_zone import for_members_in_own_zone

DONE = {
    "advance": "Decided: the candidate advances.",
    "hold": "Decided: on hold.",
    "decline": "Decided: declined. Nobody is told by this; write to the candidate yourself.",
}


@for_members
@require_POST
def decide_one(request: MemberRequest, number: int) -> HttpResponse:
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with refusals_on(form), refusals_as_errors():
            read = DecisionWishSerializer(data=form.cleaned_data)
            read.is_valid(raise_exception=True)
            decide(interview.pk, **read.validated_data, by=request.user)
    if not form.is_valid():
        return interview_page(request, interview, decision=form)
    messages.success(request, DONE[form.cleaned_data["verdict"]])
    return redirect("web:interview", number=interview.pk)


@for_members_in_own_zone
@require_POST
def move_one(request: MemberRequest, number: int) -> HttpResponse:
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    form = move_form(request, interview, data=request.POST)
    if form.is_valid():
        with refusals_on(form), refusals_as_errors():
            _move(request, interview.pk, form.cleaned_data)
    if not form.is_valid():
        return interview_page(request, interview, move=form)
    messages.success(request, "The interview was moved. Send the invitation again so that they know.")
    return redirect("web:interview", number=interview.pk)


def _move(request: MemberRequest, number: int, given: dict[str, Any]) -> None:
    now = timezone.now()
    wish = {**given, "round_id": int(given["round_id"]) if given["round_id"] else None}
    read = RescheduleSerializer(data=wish, context={"now": now})
    read.is_valid(raise_exception=True)
    try:
        reschedule(number, Move(**read.validated_data), by=request.user, now=now)
    except Round.DoesNotExist:
        raise serializers.ValidationError({"round_id": ["There is no such round."]}) from None
