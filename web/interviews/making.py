"""Makes an interview with its first round and session in one step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from rest_framework import serializers

from accounts.access import need_to_make, organisation_to_make_in
from accounts.models import Organisation
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.candidates import CandidateWishSerializer
from hiring.api.serializers.interviewers import InterviewerSerializer
from hiring.api.serializers.interviews import InterviewSerializer
from hiring.interview_making import make_interview
from hiring.models import Candidate, Interview
from interviews.api.serializers.me import AccommodationsSerializer
from interviews.api.serializers.session_wishes import SessionWishSerializer
from interviews.api.session_making import make_session
from interviews.models import Session
from interviews.plans import find_plan, plans_of
from rest.rows import number_in
from web.console.members import MemberRequest, find_mine
from web.console.refusals import refusals_on
from web.interviews import choices
from web.interviews.forms import SOMEBODY_NEW, NewInterviewForm
from web.interviews.links import link_page
from web.interviews.own_zone import for_members_in_own_zone

Given = dict[str, Any]


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def new_interview(request: MemberRequest) -> HttpResponse:
    """This will make it and show its link, this once."""
    organisation = _organisation(request)
    first = {name: request.GET[name] for name in ("candidate", "job", "plan") if request.GET.get(name)}
    form = NewInterviewForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        organisation=organisation,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), refusals_as_errors():
            interview, session, token = _make(request, organisation, form)
        if form.is_valid():
            return link_page(request, session, token, made=interview)
    return render(request, "web/interviews/new.html", {"form": form})


@for_members_in_own_zone
@require_safe
def candidate_options(request: MemberRequest) -> HttpResponse:
    """This will give the candidates who fit what was typed, to be put into the form's list."""
    organisation = organisation_to_make_in(request.user)
    found = choices.candidates_of(organisation, request.GET.get("find", ""))
    return render(request, "web/interviews/candidate_options.html", {"options": [SOMEBODY_NEW, *found]})


def _organisation(request: MemberRequest) -> Organisation:
    """The chosen candidate's; else the first one may make things in."""
    number = number_in(request.POST.get("candidate") or request.GET.get("candidate") or "")
    if number is None:
        return organisation_to_make_in(request.user)
    try:
        chosen = find_mine(request.user, Candidate.objects.select_related("organisation"), number)
    except Http404:
        return organisation_to_make_in(request.user)  # the form says that there is none
    need_to_make(request.user, chosen.organisation_id)
    return chosen.organisation


@transaction.atomic
def _make(
    request: MemberRequest, organisation: Organisation, form: NewInterviewForm
) -> tuple[Interview, Session, str]:
    """Raises what the interface refuses; then nothing was made."""
    given, context = form.cleaned_data, {"user": request.user, "organisation": organisation}
    accommodations = AccommodationsSerializer(data=form.asked_accommodations())
    accommodations.is_valid(raise_exception=True)
    wish: Given = {
        "candidate_id": _candidate(organisation, given, context),
        "interviewer_id": _interviewer(organisation, given, context),
        "job_id": _number(given["job"]) or _job_of_plan(organisation, given),
        "title": given["title"],
        "scheduled_at": given["scheduled_at"],
        "rounds": [{"kind": "ai_interview", **_frame(given)}],
    }
    read = InterviewSerializer(data=wish, context=context)
    read.is_valid(raise_exception=True)
    values = dict(read.validated_data)
    made = make_interview(values, values.pop("rounds"), by=request.user, now=timezone.now())
    session, token = _first_session(request, organisation, made, given)
    session.accommodations = dict(accommodations.validated_data)
    session.save(update_fields=["accommodations", "updated_at"])
    made.rounds.update(duration_minutes=session.duration_minutes)
    return made, session, token


def _first_session(
    request: MemberRequest, organisation: Organisation, made: Interview, given: Given
) -> tuple[Session, str]:
    wish: Given = {
        "interview_id": made.pk,
        "plan_id": _number(given["plan"]),
        "preferred_channel": given["channel"],
        "language": given["language"],
        **({"duration_minutes": given["duration_minutes"]} if given["duration_minutes"] else {}),
    }
    wish = {name: value for name, value in wish.items() if value is not None}
    return session_of(request, organisation, wish)


def session_of(request: MemberRequest, organisation: Organisation, wish: Given) -> tuple[Session, str]:
    """A session as the interface makes it. Raises what that refuses, and ProgressError."""
    read = SessionWishSerializer(data=wish, context={"organisation": organisation})
    read.is_valid(raise_exception=True)
    return make_session(read.validated_data, set(wish), organisation, request.user)


def _job_of_plan(organisation: Organisation, given: Given) -> int | None:
    number = _number(given["plan"])
    kept = find_plan(plans_of([organisation]), number) if number is not None else None
    return kept.job_id if kept is not None else None


def _frame(given: Given) -> Given:
    """Of the round: only what was really said of it."""
    known = {"scheduled_at": given["scheduled_at"], "duration_minutes": given["duration_minutes"]}
    return {name: value for name, value in known.items() if value is not None}


def _candidate(organisation: Organisation, given: Given, context: Given) -> int:
    if given["candidate"] != SOMEBODY_NEW[0]:
        return int(given["candidate"])
    wish = {name: given[name] for name in ("name", "email", "phone", "time_zone") if given[name]}
    read = CandidateWishSerializer(data={"name": "", **wish}, context=context)
    read.is_valid(raise_exception=True)
    return int(read.save(organisation=organisation).pk)


def _interviewer(organisation: Organisation, given: Given, context: Given) -> int | None:
    if given["interviewer"] != "new":
        return _number(given["interviewer"])
    wish = {"name": given["interviewer_name"], "email": given["interviewer_email"]}
    with _renamed("interviewer_"):
        read = InterviewerSerializer(data=wish, context=context)
        read.is_valid(raise_exception=True)
    return int(read.save(organisation=organisation).pk)


@contextmanager
def _renamed(before: str) -> Iterator[None]:
    """A form with two people has two names."""
    try:
        yield
    except serializers.ValidationError as error:
        named = {f"{before}{name}": told for name, told in cast("dict[str, Any]", error.detail).items()}
        raise serializers.ValidationError(named) from None


def _number(chosen: str) -> int | None:
    return int(chosen) if chosen else None
