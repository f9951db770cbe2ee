"""What an organisation tells its candidates, for those who are interviewed by text and see no room."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interviews.access import find_session
from messaging.links import notice_mark
from web.guests import Link
from web.notice import notice_for
from web.views.invitation import closed_link


@never_cache
@require_safe
def notice_page(request: HttpRequest, uuid: UUID, mark: str) -> HttpResponse:
    """This will show the notice and whom to ask; nothing of the interview or of whom it is with."""
    session = find_session(str(uuid)) if constant_time_compare(mark, notice_mark(uuid)) else None
    if session is None:
        return closed_link(request, Link.UNKNOWN)
    return render(request, "web/notice.html", {"notice": notice_for(session)})
