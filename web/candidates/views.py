"""Candidates: listed, made, shown, changed, deleted."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import may_make_in, need_to_make, organisation_to_make_in, organisations_of
from hiring.access import may_read_contacts, unreachable_organisations
from hiring.api.resume_files import save_candidate
from hiring.api.serializers.candidates import CandidateFormSerializer
from hiring.models import Candidate
from hiring.removing import remove_candidate
from messaging.models import PhoneConsent
from web.candidates.forms import CandidateForm, NewCandidateForm, ResumeForm
from web.console.forms import ConsoleForm
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, find_mine, for_members, may_make_anything
from web.console.refusals import carried_out, refusals_on

NOTHING_TO_READ = ("email", "phone")  # by observers


@for_members
@require_safe
def candidates(request: MemberRequest) -> HttpResponse:
    """This will list them, the newest first; observers search and read names alone."""
    hidden = unreachable_organisations(request.user)
    rows = Candidate.objects.filter(organisation__in=organisations_of(request.user))
    rows = rows.defer("resume_text").annotate(interview_count=Count("interviews"))
    found = searched(request, rows, "name", *(() if hidden else NOTHING_TO_READ))
    context = {
        "page": page_of(request, found.order_by("-created_at", "-pk")),
        "hidden": hidden,
        "reads_contacts": not hidden,
        "may_make": may_make_anything(request.user),
    }
    return render(request, "web/candidates/list.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def new_candidate(request: MemberRequest) -> HttpResponse:
    """This will make one, with the résumé where it is sent along."""
    organisation = organisation_to_make_in(request.user)
    form = NewCandidateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = _saved(request, form, organisation=organisation)
        if form.is_valid():
            messages.success(request, f"{made.name} was added.")
            return redirect("web:candidate", number=made.pk)
    return render(request, "web/candidates/form.html", {"form": form, "candidate": None})


@for_members
@require_safe
def one_candidate(request: MemberRequest, number: int) -> HttpResponse:
    """This will show one with what this person may read of them."""
    return candidate_page(request, find_candidate(request, number), ResumeForm())


def candidate_page(request: MemberRequest, candidate: Candidate, upload: ResumeForm) -> HttpResponse:
    """The page of one; `upload` may hold what was wrong with a file."""
    reads = may_read_contacts(request.user, candidate.organisation_id)
    context = {
        "candidate": candidate,
        "interviews": candidate.interviews.select_related("job").prefetch_related("decisions")[:50],
        "reads_contacts": reads,
        "may_make": may_make_in(request.user, candidate.organisation_id),
        "upload": upload,
        "consents": _consents(candidate) if reads else [],
        "texting": _texting(candidate) if reads else None,
    }
    return render(request, "web/candidates/one.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def change_candidate(request: MemberRequest, number: int) -> HttpResponse:
    candidate = find_candidate(request, number)
    need_to_make(request.user, candidate.organisation_id)
    form = CandidateForm(request.POST) if request.method == "POST" else CandidateForm.of(candidate)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _saved(request, form, candidate)
        if form.is_valid():
            messages.success(request, "Your changes are saved.")
            return redirect("web:candidate", number=candidate.pk)
    return render(request, "web/candidates/form.html", {"form": form, "candidate": candidate})


@for_members
@require_http_methods(["GET", "POST"])
def delete_candidate(request: MemberRequest, number: int) -> HttpResponse:
    """This will ask first; who has interviews stays."""
    candidate = find_candidate(request, number)
    need_to_make(request.user, candidate.organisation_id)
    form = carried_out(request, lambda: remove_candidate(candidate.pk))
    if form.is_valid():
        messages.success(request, f"{candidate.name} was deleted.")
        return redirect("web:candidates")
    back = reverse("web:candidate", args=[candidate.pk])
    context = {"form": form, "candidate": candidate, "back": back, "stays": candidate.interviews.count()}
    return render(request, "web/candidates/delete.html", context)


def find_candidate(request: MemberRequest, number: int) -> Candidate:
    """Raises Http404 for a stranger's as for none."""
    rows: QuerySet[Candidate] = Candidate.objects.select_related("organisation")
    return find_mine(request.user, rows, number)


def _saved(
    request: MemberRequest, form: ConsoleForm, candidate: Candidate | None = None, **values: Any
) -> Candidate:
    """Raises what the interface refuses."""
    given = {name: value for name, value in form.cleaned_data.items() if value is not None}
    context = {"request": request, "user": request.user}
    read = CandidateFormSerializer(candidate, data=given, partial=candidate is not None, context=context)
    read.is_valid(raise_exception=True)
    save_candidate(read, **values)
    assert read.instance is not None  # noqa: S101 (it was saved)
    return read.instance


def _consents(candidate: Candidate) -> list[dict[str, Any]]:
    """What was agreed to, the newest first: in interviews, and outside of them."""
    rows = candidate.session_set.filter(deleted_at=None).exclude(consent={})
    kept = rows.order_by("-created_at").values("title", "job_role", "consent", "started_at")[:10]
    return [dict(one) for one in kept]


def _texting(candidate: Candidate) -> PhoneConsent | None:
    return PhoneConsent.objects.filter(number=candidate.phone).first() if candidate.phone else None
