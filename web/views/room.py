"""The candidate's room: before, during and after the interview at one address."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.guest_tokens import matches
from interviews.guest_cookie import cookie_name
from interviews.models import Session
from messaging.calendar import calendar_file
from web.afterwards.page import after_page
from web.guests import Link, keep_token, link_of
from web.notice import notice_for
from web.views.invitation import closed_link

DOORS_OPEN = timedelta(minutes=15)  # so that the microphone can be tried before the hour


@never_cache
@ensure_csrf_cookie
@require_safe
def room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """This will show the page that fits: too early, the interview itself, or what comes after it."""
    now = timezone.now()
    link, session = link_of(request, uuid, now)
    if link is not Link.OPEN or session is None:
        return closed_link(request, link)
    if session.is_over:
        response = render(request, "web/after.html", after_page(request, session, now))
        token = request.COOKIES.get(cookie_name(session.uuid), "")
        if matches(token, session.token_hash):  # the link now opens this page for as long as anything is kept
            keep_token(response, session, token, is_secure=request.is_secure(), now=now)
        return response
    context = {"session": session, "notice": notice_for(session)}
    if _is_early(session, now):
        return render(request, "web/link_early.html", context)
    return render(request, "web/room.html", context | {"config": _config(session)})


@never_cache
@require_safe
def appointment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """This will give the interview's time as a calendar file. Its way in is the invitation, not this file."""
    now = timezone.now()
    link, session = link_of(request, uuid, now)
    if link is not Link.OPEN or session is None or session.scheduled_at is None:
        return closed_link(request, Link.UNKNOWN)
    response = HttpResponse(calendar_file(session, now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response


def _is_early(session: Session, now: datetime) -> bool:
    is_new = session.status == Session.Status.SCHEDULED and session.scheduled_at is not None
    return is_new and session.scheduled_at - DOORS_OPEN > now  # type: ignore[operator]


def _config(session: Session) -> dict[str, Any]:
    """What the scripts of the page need to know before the socket tells them more."""
    return {
        "uuid": str(session.uuid),
        "language": session.language,
        "notice_version": notice_for(session).version,
        "consent": session.consent or None,
        "accommodations": session.accommodations,
        "has_begun": session.status == Session.Status.IN_PROGRESS,
        "voice": settings.VOICE,
        "socket": f"/ws/interviews/{session.uuid}/",
        "api": f"/api/me/session/?session={session.uuid}",
        "requests": f"/api/me/session/requests/?session={session.uuid}",
        "resume_hours": settings.RESUME_WINDOW // timedelta(hours=1),
    }
