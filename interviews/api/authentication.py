"""A guest is asking: by the token of one session."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from interviews.access import find_guest_session
from interviews.models import Session

GUEST_HEADER = "X-Interview-Token"
GUEST_PARAMETER = "t"
LONGEST_TOKEN = 256


class Guest:
    """Whoever holds the link of `session`: no account, and nothing beyond that one interview."""

    is_authenticated = True
    is_active = True
    is_anonymous = False
    is_staff = False
    is_superuser = False

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pk = f"guest-{session.pk}"

    def __str__(self) -> str:
        return self.session.candidate_name or "Guest"


class GuestAuthentication(BaseAuthentication):
    """The token in a header or in `?t=`; the cookie is looked at where its session is known (entering.py)."""

    def authenticate(self, request: Request) -> tuple[Guest, Session] | None:
        token = request.headers.get(GUEST_HEADER) or request.query_params.get(GUEST_PARAMETER, "")
        if not token:
            return None
        session = find_guest_session(token, timezone.now()) if is_plausible(token) else None
        if session is None:
            raise AuthenticationFailed("This link is not valid or has expired.", "token_not_valid")
        return Guest(session), session

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def is_plausible(token: str) -> bool:
    return 0 < len(token) <= LONGEST_TOKEN and token.isascii() and "\0" not in token


class GuestScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "interviews.api.authentication.GuestAuthentication"
    name = "guest"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": GUEST_HEADER,
            "description": "The token of one interview; also as `?t=` or as the cookie of its page.",
        }
