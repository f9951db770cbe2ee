"""A shared report: whoever has the link reads that edition and nothing else, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.rendering import RenderingError, render_report_pdf
from interviews.report_files import shown_in_place
from interviews.report_sharing import Door, count_opening, find_share, note_refusal
from interviews.reporting import report_content
from reports.content import Edition
from rest.throttling import AddressThrottle
from web.console.throttling import is_too_often

STATUS = {Door.UNKNOWN: 404, Door.EXPIRED: 410, Door.REVOKED: 410}
LONGEST_TOKEN = 100


class SharedReportThrottle(AddressThrottle):
    """A report takes a second to make, and tokens are not to be tried out."""

    scope = "shared_reports"


@never_cache
@require_safe
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """This will give the PDF, or say why the link opens nothing."""
    if is_too_often(SharedReportThrottle(), request):
        return _kept_apart(render(request, "web/review/shared_wait.html", status=429))
    now = timezone.now()
    door, share = find_share(token[:LONGEST_TOKEN], now)
    if share is None:
        note_refusal(door, request=request)
        page = f"web/review/shared_{door.value}.html"
        return _kept_apart(render(request, page, status=STATUS[door]))
    if request.method == "HEAD":  # programs that look at links before people do read nothing
        return _kept_apart(HttpResponse(content_type="application/pdf"))
    edition: Edition = "candidate" if share.edition == "candidate" else "panel"
    try:
        pdf = render_report_pdf(report_content(share.session, edition))
    except RenderingError:
        return _kept_apart(render(request, "web/review/shared_wait.html", status=503))
    count_opening(share, now=now, request=request)
    response = HttpResponse(pdf, content_type="application/pdf")
    name, uuid = share.session.candidate_name, str(share.session.uuid)
    response["Content-Disposition"] = shown_in_place(name, uuid, edition)
    return _kept_apart(response)


def _kept_apart(response: HttpResponse) -> HttpResponse:
    """The address is the key: it goes to no other site, and into no search engine."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
