"""The reports of all interviews that are over: found, opened in both editions, shared by links."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import organisations_of
from accounts.models import User
from hiring.models import Job
from interviews.access import may_command, watchable_sessions
from interviews.models import ReportShare, Session
from interviews.report_batch import count_panel_reports, finished
from interviews.report_sharing import Made, ShareError, revoke, share_report
from interviews.sealing import sealed_for
from rest.rows import find_row, number_in
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members
from web.review.forms import ShareForm
from web.review.opening import enter_review, enter_to_lead

MOST_JOBS = 200
STATUSES = [(one.value, one.label) for one in Session.Status if one.value in Session.OVER]


@for_members
@require_safe
def reports(request: MemberRequest) -> HttpResponse:
    """This will list the reports one may read, newest first, narrowed by what stands in the address."""
    job = _job(request)
    rows = _rows(request, job)
    mine = watchable_sessions(request.user)
    return render(
        request,
        "web/review/reports.html",
        {
            "page": page_of(request, rows),
            "jobs": _jobs(request.user)[:MOST_JOBS],
            "job": job,
            "has_reports": job is not None and finished(job, mine).exists(),
            "panel_count": count_panel_reports(job, mine, request.user) if job is not None else 0,
            "statuses": STATUSES,
            "status": request.GET.get("status", ""),
            "is_narrowed": any(request.GET.get(name) for name in ("q", "job", "status")),
        },
    )


def _jobs(user: User) -> QuerySet[Job]:
    return Job.objects.filter(organisation__in=organisations_of(user)).order_by("title", "pk")


def _job(request: MemberRequest) -> Job | None:
    """The one that `?job=` names; Http404 for a stranger's."""
    wanted = request.GET.get("job", "")
    if not wanted:
        return None
    found = find_row(_jobs(request.user), number_in(wanted) or 0)
    if found is None:
        raise Http404
    return found


def _rows(request: MemberRequest, job: Job | None) -> QuerySet[Session]:
    mine = watchable_sessions(request.user).filter(status__in=Session.OVER, started_at__isnull=False)
    rows = Session.objects.filter(pk__in=mine.order_by().values("pk"))
    rows = searched(request, rows, "candidate_name", "job_role", "title", "job__title")
    if job is not None:
        rows = rows.filter(job=job)
    if request.GET.get("status") in Session.OVER:
        rows = rows.filter(status=request.GET["status"])
    is_open = Q(report_shares__revoked_at=None, report_shares__expires_at__gt=timezone.now())
    return (
        rows.select_related("job")
        .defer("plan")
        .annotate(
            open_links=Count("report_shares", filter=is_open),
            is_sealed=Case(When(sealed_for(request.user), then=True), default=False),
        )
        .order_by("-ended_at", "-pk")
    )


@for_members
def share(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will show the links to a report, and make a new one that is shown this once."""
    entry = (
        enter_to_lead(request.user, uuid) if request.method == "POST" else enter_review(request.user, uuid)
    )
    form = ShareForm(request.POST or None)
    made: Made | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = share_report(
                entry.session, **form.cleaned_data, by=request.user, now=timezone.now(), request=request
            )
        except ShareError as error:
            form.add_error(None, error.message)
    return render(request, "web/review/shares.html", _shares(request, entry.session, form, made))


def _shares(request: HttpRequest, session: Session, form: ShareForm, made: Made | None) -> dict[str, Any]:
    assert isinstance(request.user, User)  # noqa: S101 (pages are for members)
    return {
        "session": session,
        "form": ShareForm() if made else form,
        "made": made,
        "address": request.build_absolute_uri(made.path) if made else "",
        "shares": session.report_shares.order_by("-pk"),
        "may_share": may_command(request.user, session),
        "now": timezone.now(),
    }


@for_members
@require_POST
def revoke_share(request: MemberRequest, uuid: UUID, share_id: int) -> HttpResponse:
    """This will close a link for good."""
    entry = enter_to_lead(request.user, uuid)
    found: ReportShare | None = find_row(entry.session.report_shares.all(), share_id)
    if found is None:
        raise Http404
    revoke(found, by=request.user, now=timezone.now(), request=request)
    messages.success(request, "The link is closed. Whoever opens it is told so.")
    return redirect(reverse("web:review_share", args=[uuid]))
