"""Which interview a browser may open: the guest's cookie, or the account that owns the interview."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.guest_tokens import hash_token
from interviews.access import find_guest_session, is_own, watchable_sessions
from interviews.guest_cookie import cookie_name
from interviews.models import Session


class Link(Enum):
    """What became of an invitation link."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    OPEN = "open"


def read_link(token: str, now: datetime) -> tuple[Link, Session | None]:
    """This will tell what `token` opens now, and why not if it does not."""
    session = find_guest_session(token, now)
    if session is None:
        was_known = bool(token) and Session.objects.filter(token_hash=hash_token(token)).exists()
        return (Link.EXPIRED if was_known else Link.UNKNOWN), None
    return _state(session), session


def link_of(request: HttpRequest, uuid: UUID, now: datetime) -> tuple[Link, Session | None]:
    """This will tell what this browser may do with `uuid`; a stranger never learns that it exists."""
    link, session = read_link(request.COOKIES.get(cookie_name(uuid), ""), now)
    if session is not None and session.uuid == uuid:
        return link, session
    if request.user.is_authenticated:
        own = watchable_sessions(request.user).filter(uuid=uuid, owner=request.user).first()
        if own is not None and is_own(request.user, own):
            return _state(own), own
    return (link if session is None else Link.UNKNOWN), None


def _state(session: Session) -> Link:
    """Who has begun may always come back, to read what was said."""
    never_begun = session.status == Session.Status.CANCELLED and session.started_at is None
    return Link.CANCELLED if never_begun else Link.OPEN


def keep_token(
    response: HttpResponse, session: Session, token: str, *, is_secure: bool, now: datetime
) -> None:
    """This will put the token where scripts and logs can't see it, for as long as it opens anything."""
    expires = session.token_expires_at
    response.set_cookie(
        cookie_name(session.uuid),
        token,
        max_age=None if expires is None else max(0, int((expires - now).total_seconds())),
        httponly=True,
        samesite="Lax",
        secure=is_secure,
    )
