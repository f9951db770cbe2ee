"""Finds out who opened a socket and whether they may, now and again while it stays open.

All of it is synchronous and small; call it through `database_sync_to_async`.
"""

from datetime import datetime
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.module_loading import import_string
from msgspec import Struct
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, TokenError
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from consumers.credentials import Handshake, is_own_origin
from consumers.wire import CloseCode
from interviews.access import find_guest_session, find_session, is_own, may_command, watchable_sessions
from interviews.guest_cookie import cookie_name
from interviews.models import Session


class AccessError(Exception):
    """This client may not come in, or not stay."""

    def __init__(self, close_code: CloseCode, code: str, message: str) -> None:
        super().__init__(message)
        self.close_code = close_code
        self.code = code
        self.message = message


class Entrant(Struct, frozen=True):
    """A candidate's way into one session."""

    session_id: int
    session_uuid: str


class Observer(Struct, frozen=True):
    """Someone with an account who watches."""

    user_id: int
    name: str
    role: str


class Watched(Struct, frozen=True):
    session_id: int
    session_uuid: str
    may_command: bool
    is_over: bool


def admit_candidate(handshake: Handshake, reference: str, now: datetime) -> Entrant:
    """This will find the session that `handshake` may enter as its candidate. Raises AccessError."""
    _check_origin(handshake)
    session = find_session(reference)
    if handshake.guest_token:
        return _by_guest_token(handshake.guest_token, session, now)
    if handshake.bearer:
        return _by_account(_user_of_bearer(handshake.bearer), session)
    if handshake.origin is not None:
        cookie = handshake.cookies.get(cookie_name(session.uuid), "") if session is not None else ""
        if cookie and find_guest_session(cookie, now) == session:
            return _entrant(session)
        user = _user_of_cookie(handshake)
        if user is not None:
            return _by_account(user, session)
    raise _unknown()


def admit_observer(handshake: Handshake) -> Observer:
    """This will find the account behind `handshake`. Raises AccessError, for a candidate's token too."""
    _check_origin(handshake)
    if handshake.bearer:
        return _observer(_user_of_bearer(handshake.bearer))
    user = _user_of_cookie(handshake) if handshake.origin is not None else None
    if user is not None:
        return _observer(user)
    if handshake.guest_token:
        raise AccessError(
            CloseCode.NOT_ALLOWED, "not_allowed", "A candidate's link does not open the monitor."
        )
    raise _unknown()


def admit_to_watch(handshake: Handshake, reference: str) -> tuple[Observer, Watched]:
    """This will find who wants to watch what. Raises AccessError; a stranger's session does not exist."""
    observer = admit_observer(handshake)
    user = User.objects.get(pk=observer.user_id)
    session = find_session(reference)
    if session is None or not watchable_sessions(user).filter(pk=session.pk).exists():
        raise _no_such_session()
    membership = user.memberships.filter(organisation=session.organisation).first()
    role = membership.role if membership is not None else observer.role
    watched = Watched(session.pk, str(session.uuid), may_command(user, session), session.is_over)
    return Observer(observer.user_id, observer.name, role), watched


def _check_origin(handshake: Handshake) -> None:
    """Browsers always send an Origin, other clients need none; a foreign or hidden one is refused."""
    if handshake.origin is not None and not is_own_origin(
        handshake, settings.ALLOWED_ORIGINS, settings.ALLOWED_HOSTS
    ):
        raise AccessError(CloseCode.NOT_ALLOWED, "foreign_origin", "This page may not open a socket here.")


def _by_guest_token(token: str, session: Session | None, now: datetime) -> Entrant:
    opened = find_guest_session(token, now)
    if opened is None:
        raise _unknown()
    if opened != session:
        raise _no_such_session()
    return _entrant(opened)


def _by_account(user: User, session: Session | None) -> Entrant:
    if session is None or not watchable_sessions(user).filter(pk=session.pk).exists():
        raise _no_such_session()
    if not is_own(user, session):
        raise AccessError(
            CloseCode.NOT_ALLOWED,
            "not_allowed",
            "You may watch this interview, but it is somebody else's to give.",
        )
    return _entrant(session)


def _user_of_bearer(bearer: str) -> User:
    """As REST takes them: access tokens only, and none that another password has ended.

    A refresh token, a foreign algorithm or key, or a disabled account is nobody.
    """
    try:
        user = JWTAuthentication().get_user(AccessToken(bearer))  # type: ignore[arg-type]  # (it reads text)
    except (TokenError, AuthenticationFailed, ValueError, OverflowError):
        raise _unknown() from None
    if not isinstance(user, User):
        raise _unknown()
    return user


def _user_of_cookie(handshake: Handshake) -> User | None:
    key = handshake.cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return None
    store: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)
    # Django's own check: the session lives, its user is active and has not changed the password since.
    user = get_user(cast("HttpRequest", SimpleNamespace(session=store)))
    return user if isinstance(user, User) else None


def _entrant(session: Session | None) -> Entrant:
    if session is None:
        raise _no_such_session()
    return Entrant(session.pk, str(session.uuid))


def _observer(user: User) -> Observer:
    return Observer(user.pk, user.display_name, "admin" if user.is_superuser else "observer")


def _unknown() -> AccessError:
    return AccessError(
        CloseCode.NOT_AUTHENTICATED, "not_authenticated", "Please sign in, or use the link you were sent."
    )


def _no_such_session() -> AccessError:
    return AccessError(CloseCode.NO_SUCH_SESSION, "no_such_session", "There is no such interview.")
