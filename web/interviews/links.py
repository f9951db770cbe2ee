"""Shows a candidate's link, once: it is kept nowhere."""

from django.http import HttpResponse
from django.shortcuts import render

from hiring.models import Interview
from interviews.models import Session
from web.console.codes import qr_svg
from web.console.members import MemberRequest


def link_page(
    request: MemberRequest, session: Session, token: str, *, made: Interview | None = None
) -> HttpResponse:
    """The link to copy, to scan or to hand on otherwise; `made` is the interview it was just made for."""
    url = request.build_absolute_uri(f"/i/{token}/")
    interview = made or (session.round.interview if session.round is not None else None)
    context = {
        "session": session,
        "url": url,
        "qr": qr_svg(url),
        "interview": interview,
        "is_new": bool(made),
    }
    return render(request, "web/interviews/link.html", context)
