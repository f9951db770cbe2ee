"""The dashboard: figures of one's organisations, narrowed by what stands in the address."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisations_of
from accounts.models import Organisation, Role
from hiring.models import Job
from interviews.dashboard.impact import impact_of
from interviews.dashboard.quality import quality_of
from interviews.dashboard.queries import (
    count_active,
    count_funnel,
    count_groups,
    count_opened,
    count_progress,
    count_stops,
)
from interviews.dashboard.scope import Scope, readable_organisations
from rest.rows import find_row, number_in
from web.console.members import MemberRequest, for_members
from web.dashboard.drawing import Chart, all_charts
from web.dashboard.forms import MOST_JOBS, NarrowForm

MOST_OTHERS = 20


@for_members
@require_safe
def dashboard(request: MemberRequest) -> HttpResponseBase:
    """This will show the figures; a wish that is none is told beside its field, and nothing is counted."""
    jobs = Job.objects.filter(organisation__in=organisations_of(request.user)).order_by("-created_at", "-pk")
    recent = jobs.filter(pk__in=list(jobs.values_list("pk", flat=True)[:MOST_JOBS]))
    form = NarrowForm(request.GET, jobs=recent)
    shown: dict[str, Any] = {"form": form, "charts": [], "active": 0}
    if form.is_valid():
        shown["impact"] = impact_for(request)
        scope = scope_of(request, form)
        shown |= {
            "charts": charts_of(scope),
            "active": count_active(scope),
            "since": scope.since,
            "until": scope.until,
        }
    return render(request, "web/dashboard/dashboard.html", shown)


def impact_for(request: MemberRequest) -> dict[str, Any] | None:
    """How groups pass in the organisation that `request` is an admin of and that asks; `?organisation=` of
    several.
    """
    mine = Organisation.objects.filter(
        memberships__user=request.user, memberships__role=Role.ADMIN, collects_groups=True
    ).order_by("pk")
    asked = number_in(request.GET.get("organisation", ""))
    found = mine.first() if asked is None else find_row(mine, asked)
    if found is None:
        return None
    others = mine.exclude(pk=found.pk)[:MOST_OTHERS]
    return {"organisation": found, "others": others, "tables": impact_of(found.pk)}


def scope_of(request: MemberRequest, form: NarrowForm) -> Scope:
    job = form.cleaned_data.get("job")
    since, until = form.period
    return Scope(
        organisations=readable_organisations(request.user),
        since=since,
        until=until,
        job_id=job.pk if job is not None else None,
        reader=request.user,
    )


def charts_of(scope: Scope) -> list[Chart]:
    return all_charts(
        progress=count_progress(scope),
        opened=count_opened(scope),
        funnel=count_funnel(scope),
        weeks=count_groups(scope, "week"),
        stops=count_stops(scope),
        quality=quality_of(scope),
    )
