"""Finds the session that a request is about and what its sender may do there; a stranger's does not exist."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from msgspec import Struct
from rest_framework.authentication import CSRFCheck
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from accounts.api.people import account_of
from accounts.models import User
from interviews.access import (
    find_guest_session,
    find_session,
    is_own,
    may_command,
    may_note,
    watchable_sessions,
)
from interviews.api.authentication import Guest, is_plausible
from interviews.guest_cookie import cookie_name
from interviews.models import Session
from rest.errors import NotFoundError
from rest.throttling import READING

COOKIE_PREFIX = "viva_guest_"
SIGN_IN = "Please sign in, or use the link you were sent."


class Entry(Struct, frozen=True):
    """One sender in one session. `user` is None for a guest."""

    session: Session
    user: User | None = None

    @property
    def is_guest(self) -> bool:
        return self.user is None

    @property
    def is_guests_own(self) -> bool:
        """A session that a guest made: nobody else is responsible for it."""
        return self.user is None and self.session.owner_id is None and self.session.organisation_id is None

    @property
    def may_command(self) -> bool:
        return self.user is not None and may_command(self.user, self.session)

    @property
    def may_manage(self) -> bool:
        return self.may_command or self.is_guests_own

    @property
    def may_note(self) -> bool:
        return self.user is not None and may_note(self.user, self.session)

    @property
    def may_answer(self) -> bool:
        """The candidate by link, or the owner, as on the socket; others of the hiring team only watch."""
        return self.user is None or is_own(self.user, self.session)


def enter(request: Request, reference: str) -> Entry:
    """This will give the entry to the session with that id or UUID.

    Raises NotAuthenticated without any credential, NotFoundError for whoever may not know of it.
    """
    session = find_session(str(reference))
    user = account_of(request)
    if session is not None:
        if isinstance(request.user, Guest):
            if request.user.session.pk == session.pk:
                return Entry(session)
        elif user is not None and watchable_sessions(user).filter(pk=session.pk).exists():
            return Entry(session, user)
        elif holds_cookie(request, session):
            return Entry(session)
    if not request.user.is_authenticated:
        raise NotAuthenticated(SIGN_IN)
    raise NotFoundError


def holds_cookie(request: Request, session: Session) -> bool:
    """Whether the browser holds this session's link; what changes something needs the CSRF token as well."""
    token = request.COOKIES.get(cookie_name(session.uuid), "")
    if not is_plausible(token) or find_guest_session(token, timezone.now()) != session:
        return False
    require_csrf(request)
    return True


def require_csrf(request: Request) -> None:
    if request.method in READING:
        return
    plain = request._request  # noqa: SLF001 (as DRF's own SessionAuthentication does)
    check = CSRFCheck(lambda _: HttpResponse())
    check.process_request(plain)
    if check.process_view(plain, lambda _: HttpResponse(), (), {}) is not None:
        raise PermissionDenied("The page is too old. Load it again.", "csrf_failed")


def require_somebody(request: Request) -> None:
    """Raises NotAuthenticated for those with neither an account nor the link of any session."""
    has_link = any(name.startswith(COOKIE_PREFIX) for name in request.COOKIES)
    if not request.user.is_authenticated and not has_link:
        raise NotAuthenticated(SIGN_IN)


def enter_as_member(request: Request, reference: str, refusal: str) -> Entry:
    """As `enter`, for the hiring team. Raises PermissionDenied with `refusal` for a candidate."""
    entry = enter(request, reference)
    require_member(entry, refusal)
    return entry


def require_member(entry: Entry, refusal: str) -> None:
    if entry.is_guest:
        raise PermissionDenied(refusal)


def require_candidate(entry: Entry) -> None:
    """Raises PermissionDenied for those who only watch."""
    if not entry.may_answer:
        raise PermissionDenied("You may watch this interview, but not speak for the candidate.")


def sessions_seen_by(request: Request) -> QuerySet[Session]:
    """The one of a link, or those an account may watch. Raises NotAuthenticated for nobody."""
    if isinstance(request.user, Guest):
        return Session.objects.filter(pk=request.user.session.pk)
    user = account_of(request)
    if user is None:
        raise NotAuthenticated(SIGN_IN)
    return watchable_sessions(user)


def enter_own(request: Request) -> Entry:
    """The candidate's own session: by token, by the cookie of `?session=`, or by the only one.

    An owner in a browser of their own may enter theirs with `?session=` as well.
    """
    if isinstance(request.user, Guest):
        return Entry(request.user.session)
    wanted = request.query_params.get("session", "")
    session = find_session(wanted) if wanted else _only_cookie_session(request)
    if session is not None:
        if holds_cookie(request, session):
            return Entry(session)
        user = account_of(request)
        if user is not None and is_own(user, session):
            return Entry(session, user)
    if account_of(request) is not None and wanted:
        raise NotFoundError
    raise NotAuthenticated("Please use the link you were sent.")


def enter_as_candidate(request: Request, refusal: str = "This is the candidate's alone.") -> Session:
    """The candidate's own session, or one's own practice. Raises PermissionDenied for whoever made it for
    somebody else.
    """
    entry = enter_own(request)
    if not entry.is_guest and entry.session.purpose != Session.Purpose.PRACTICE:
        raise PermissionDenied(refusal)
    return entry.session


def _only_cookie_session(request: Request) -> Session | None:
    found = [name.removeprefix(COOKIE_PREFIX) for name in request.COOKIES if name.startswith(COOKIE_PREFIX)]
    if len(found) != 1:
        return None
    try:
        return find_session(str(UUID(found[0])))
    except ValueError:
        return None
