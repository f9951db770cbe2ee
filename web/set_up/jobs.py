"""Jobs: listed, shown, made, changed, deleted."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import need_to_make, organisation_to_make_in, organisations_of
from hiring.api.serializers.jobs import MOST_COMPETENCIES, JobSerializer
from hiring.jobs import remove_job
from hiring.models import Job
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members, may_make_anything
from web.console.refusals import carried_out, refusals_on
from web.set_up.job_form import JobForm, blank_competency
from web.set_up.job_page import find_job, job_page
from web.set_up.rows import done


@for_members
@require_safe
def jobs(request: MemberRequest) -> HttpResponse:
    """This will list them, the newest first, with how many interviews there are for each."""
    rows: QuerySet[Any] = Job.objects.filter(organisation__in=organisations_of(request.user)).annotate(
        interview_count=Count("interviews", distinct=True),
        plan_count=Count("plans", filter=Q(plans__is_current=True), distinct=True),
    )
    found = searched(request, rows.defer("description", "facts"), "title", "description")
    context = {
        "page": page_of(request, found.order_by("-created_at", "-pk")),
        "may_make": may_make_anything(request.user),
    }
    return render(request, "web/set_up/jobs.html", context)


@for_members
@require_http_methods(["GET", "POST"])
def new_job(request: MemberRequest) -> HttpResponse:
    organisation = organisation_to_make_in(request.user)
    form = JobForm.sent(request.POST) if request.method == "POST" else JobForm.of(None)
    if request.method == "POST" and not _redrawn(request, form) and form.is_valid():
        with refusals_on(form):
            made = _saved(form, organisation=organisation)
        if form.is_valid():
            messages.success(request, f"“{made.title}” is saved. Draft a plan for it next.")
            return redirect("web:job", number=made.pk)
    return _form_page(request, form, None)


@for_members
@require_http_methods(["GET", "POST"])
def change_job(request: MemberRequest, number: int) -> HttpResponse:
    job = find_job(request, number)
    need_to_make(request.user, job.organisation_id)
    form = JobForm.sent(request.POST) if request.method == "POST" else JobForm.of(job)
    if request.method == "POST" and not _redrawn(request, form) and form.is_valid():
        with refusals_on(form):
            _saved(form, job)
        if form.is_valid():
            messages.success(request, "Your changes are saved.")
            return redirect("web:job", number=job.pk)
    return _form_page(request, form, job)


@for_members
@require_http_methods(["GET", "POST"])
def delete_job(request: MemberRequest, number: int) -> HttpResponse:
    """This will ask first; a job that interviews rest on stays."""
    job = find_job(request, number)
    need_to_make(request.user, job.organisation_id)
    form = carried_out(request, lambda: remove_job(job.pk))
    if form.is_valid():
        messages.success(request, f"“{job.title}” was deleted.")
        return redirect("web:jobs")
    back = reverse("web:job", args=[job.pk])
    context = {"form": form, "job": job, "back": back, "stays": job.interviews.count()}
    return render(request, "web/set_up/job_delete.html", context)


@for_members
@require_safe
def one_job(request: MemberRequest, number: int) -> HttpResponse:
    return job_page(request, find_job(request, number))


def _redrawn(request: MemberRequest, form: JobForm) -> bool:
    """Whether only a row was added, moved or taken away: nothing is kept yet."""
    rows = done(form.rows, request.POST.get("do", ""), blank_competency, MOST_COMPETENCIES)
    form.rows = form.rows if rows is None else rows
    return rows is not None


def _form_page(request: MemberRequest, form: JobForm, job: Job | None) -> HttpResponse:
    if request.POST.get("do"):
        form = _unjudged(request, form)
    context = {"form": form, "job": job, "weights": range(1, 6), **form.SHARED}
    return render(request, "web/set_up/job_form.html", context)


def _unjudged(request: MemberRequest, form: JobForm) -> JobForm:
    """What was typed so far, before anybody asked whether it is right."""
    drawn = JobForm(initial={name: request.POST.get(name, "") for name in form.fields})
    drawn.rows = form.rows
    return drawn


def _saved(form: JobForm, job: Job | None = None, **values: Any) -> Job:
    """Raises what the interface refuses."""
    read = JobSerializer(job, data=form.facts_of_job())
    read.is_valid(raise_exception=True)
    kept: Job = read.save(**values)
    return kept
