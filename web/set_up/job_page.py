"""The page of one job: what it asks for, its plans, its interviews, its open link."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import may_make_in
from hiring.models import Interview, Job
from hiring.open_links import link_of_job, state_of
from interviews.access import watchable_sessions
from interviews.report_batch import count_panel_reports
from web.console.members import MemberRequest, find_mine
from web.set_up.open_link_form import OpenLinkForm

SHOWN_INTERVIEWS = 10
SHOWN_PLANS = 20


def find_job(request: MemberRequest, number: int) -> Job:
    """Raises Http404 for a stranger's as for none."""
    return find_mine(request.user, Job.objects.select_related("organisation"), number)


def job_page(request: MemberRequest, job: Job, **more: Any) -> HttpResponse:
    """`more` is what was made just now and is shown once, or a form with what was wrong with it."""
    may_make = may_make_in(request.user, job.organisation_id)
    link = link_of_job(job)
    context = {
        "job": job,
        "plans": job.plans.filter(is_current=True)[:SHOWN_PLANS],
        "interviews": job.interviews.select_related("candidate")[:SHOWN_INTERVIEWS],
        "counts": _counts(job),
        "report_count": count_panel_reports(job, watchable_sessions(request.user), request.user),
        "dots": range(1, 6),
        "may_make": may_make,
        "link": link,
        "link_state": state_of(link, timezone.now()).value if link is not None else "",
        "link_form": OpenLinkForm(job) if may_make else None,
        **more,
    }
    return render(request, "web/set_up/job.html", context)


def _counts(job: Job) -> list[tuple[str, int]]:
    """How many interviews stand where, in the order of the work; where nobody is is left out."""
    counted = dict(job.interviews.order_by().values_list("status").annotate(Count("pk")))
    return [(str(label), counted[status]) for status, label in Interview.Status.choices if status in counted]
