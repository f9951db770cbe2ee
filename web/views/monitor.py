"""Where people with an account watch live interviews; everything that moves comes over the socket."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from interviews.access import find_session, may_command, watchable_sessions

RECENT = 12


@never_cache
@login_required
@require_safe
def live_list(request: HttpRequest) -> HttpResponse:
    """This will show the interviews that run now, and below them the newest that do not."""
    assert isinstance(request.user, User)  # noqa: S101 (login_required has seen to it)
    sessions = watchable_sessions(request.user).order_by("-updated_at")[:RECENT]
    context = {"sessions": sessions, "config": {"socket": "/ws/monitor/"}}
    return render(request, "web/monitor/list.html", context)


@never_cache
@login_required
@require_safe
def one_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """This will show one interview; a stranger's does not exist."""
    assert isinstance(request.user, User)  # noqa: S101
    session = find_session(str(uuid))
    if session is None or not watchable_sessions(request.user).filter(pk=session.pk).exists():
        raise Http404
    context = {
        "session": session,
        "questions": session.questions.all(),
        "may_command": may_command(request.user, session),
        "report_url": f"/api/reports/{session.uuid}/pdf/?edition=panel",
        "config": {
            "socket": f"/ws/monitor/{session.uuid}/",
            "may_command": may_command(request.user, session),
        },
    }
    return render(request, "web/monitor/one.html", context)
