"""The open link on a job's page: made, renewed, revoked, and shown once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.access import need_to_make
from hiring.open_links import link_of_job
from interviews.api.open_link_making import make_open_link, revoke_open_link
from web.console.codes import qr_svg
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.set_up.job_page import find_job, job_page
from web.set_up.open_link_form import OpenLinkForm


@for_members
@require_POST
def make_link(request: MemberRequest, number: int) -> HttpResponse:
    """This will make or renew it; its address stands in this answer alone."""
    job = find_job(request, number)
    need_to_make(request.user, job.organisation_id)
    form = OpenLinkForm(job, request.POST)
    if form.is_valid():
        with refusals_on(form):
            _, url = make_open_link(request, job, form.wish(), request.user)
        if form.is_valid():
            return job_page(request, job, link_url=url, link_code=qr_svg(url))
    return job_page(request, job, link_form=form)


@for_members
@require_POST
def close_link(request: MemberRequest, number: int) -> HttpResponse:
    """Who came by it before goes on."""
    job = find_job(request, number)
    need_to_make(request.user, job.organisation_id)
    link = link_of_job(job)
    if link is not None:
        revoke_open_link(request, link, request.user)
        messages.success(request, "The link is closed. Who came by it before goes on.")
    return redirect("web:job", number=job.pk)
