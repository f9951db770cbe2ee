"""A candidate's résumé: uploaded, downloaded, removed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import need_to_make
from hiring.access import may_read_contacts
from hiring.api.resume_files import as_download, keep, taken
from hiring.models import Candidate
from hiring.resumes import drop_resume, read_file
from web.candidates.forms import ResumeForm
from web.candidates.views import candidate_page, find_candidate
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on


@for_members
@require_http_methods(["GET", "POST"])
def resume(request: MemberRequest, number: int) -> HttpResponse:
    """This will send the file to be saved, or take another in its place."""
    candidate = find_candidate(request, number)
    return _take(request, candidate) if request.method == "POST" else _send(request, candidate)


@for_members
@require_POST
def remove_resume(request: MemberRequest, number: int) -> HttpResponse:
    candidate = find_candidate(request, number)
    need_to_make(request.user, candidate.organisation_id)
    drop_resume(candidate)
    messages.success(request, "The résumé and what was read in it are gone.")
    return redirect("web:candidate", number=candidate.pk)


def _take(request: MemberRequest, candidate: Candidate) -> HttpResponse:
    need_to_make(request.user, candidate.organisation_id)
    form = ResumeForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            uploaded = taken(form.cleaned_data["resume"])
            if uploaded is not None:
                keep(candidate, uploaded)
    if not form.is_valid():
        return candidate_page(request, candidate, form)
    if candidate.resume_note:
        messages.warning(request, f"The résumé is saved. {candidate.resume_note}")
    else:
        messages.success(request, "The résumé is saved and was read.")
    return redirect("web:candidate", number=candidate.pk)


def _send(request: MemberRequest, candidate: Candidate) -> HttpResponse:
    if not may_read_contacts(request.user, candidate.organisation_id):
        raise PermissionDenied("Your role does not open résumés.")
    found = read_file(candidate)
    if found is None:
        raise Http404
    return as_download(candidate, *found)
