"""Where people with an account watch live interviews; everything that moves comes over the socket."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interviews.access import find_session, watchable_sessions
from interviews.api.entering import Entry
from interviews.models import Session
from web.console.members import MemberRequest, for_members
from web.monitor.waiting import waiting_sessions

ROWS = 12


@for_members
@require_safe
def live_list(request: MemberRequest) -> HttpResponse:
    """This will show the interviews that run now, those that wait for a person, and the newest others."""
    waiting = list(waiting_sessions(request.user)[: ROWS + 1])
    others = watchable_sessions(request.user).exclude(status=Session.Status.IN_PROGRESS)
    newest = others.exclude(pk__in=[one.pk for one in waiting]).order_by("-updated_at", "-pk")[:ROWS]
    context = {
        "waiting": waiting[:ROWS],
        "has_more_waiting": len(waiting) > ROWS,
        "sessions": newest,
        "config": {"socket": "/ws/monitor/", "me": request.user.pk},
    }
    return render(request, "web/monitor/list.html", context)


@for_members
@require_safe
def one_session(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will show one interview; a stranger's does not exist."""
    session = find_session(str(uuid))
    if session is None or not watchable_sessions(request.user).filter(pk=session.pk).exists():
        raise Http404
    entry = Entry(session, request.user)
    config = {
        "socket": f"/ws/monitor/{session.uuid}/",
        "ratings": f"/api/sessions/{session.uuid}/ratings/",
        "score": f"/api/sessions/{session.uuid}/score/?generate_summary=false",
        "may_command": entry.may_command,
        "may_note": entry.may_note,
    }
    context = {
        "session": session,
        "may_command": entry.may_command,
        "may_note": entry.may_note,
        "report_url": f"/api/reports/{session.uuid}/pdf/?edition=panel",
        "config": config,
    }
    return render(request, "web/monitor/one.html", context)
