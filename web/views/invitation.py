"""An invitation link: its token goes into a cookie, and the address bar no longer shows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from web.guests import Link, keep_token, read_link

STATUS = {Link.UNKNOWN: 404, Link.EXPIRED: 410, Link.CANCELLED: 410}


@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """This will exchange the token for the cookie and lead to the room, or say why not."""
    now = timezone.now()
    link, session = read_link(token, now)
    if link is not Link.OPEN or session is None:
        return closed_link(request, link)
    response = redirect("web:room", uuid=session.uuid)
    keep_token(response, session, token, is_secure=request.is_secure(), now=now)
    return response


def closed_link(request: HttpRequest, link: Link) -> HttpResponse:
    """The page of a link that opens nothing; it names nobody, since nobody has shown who they are."""
    return render(request, f"web/link_{link.value}.html", status=STATUS[link])
