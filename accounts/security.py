"""The log of what concerns security: written by whoever lets people in or out, read in the admin."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from accounts.models import SecurityEvent, User

KEPT = timedelta(days=180)  # judged: long enough to look into a break-in, short enough for what is personal
MOST_AGENT_CHARS = 200
Outcome = SecurityEvent.Outcome


def note(
    kind: str,
    outcome: Outcome = Outcome.OK,
    *,
    request: Any = None,
    user: User | None = None,
    detail: str = "",
) -> None:
    """Write it down. `detail` is a word of ours, never anything that was typed."""
    meta = getattr(request, "META", {})
    SecurityEvent.objects.create(
        kind=kind,
        outcome=outcome,
        user=user,
        address=str(meta.get("REMOTE_ADDR") or "")[:45],
        agent=_printable(str(meta.get("HTTP_USER_AGENT") or ""))[:MOST_AGENT_CHARS],
        detail=detail[:200],
    )


def erase_old(now: datetime) -> int:
    """Erase what is older than `KEPT`, and tokens that have expired; gives how much of the log it was."""
    OutstandingToken.objects.filter(expires_at__lt=now).delete()
    return SecurityEvent.objects.filter(at__lt=now - KEPT).delete()[0]


def listen() -> None:
    """Note what Django's own pages let in: the admin's and ours."""
    user_logged_in.connect(_signed_in, dispatch_uid="security log")
    user_logged_out.connect(_signed_out, dispatch_uid="security log")
    user_login_failed.connect(_failed, dispatch_uid="security log")


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    note("sign_in", request=request, user=user)


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    note("sign_out", request=request, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """People type their password into the wrong field: a name that is nobody's is not kept."""
    user = User.objects.filter(username=credentials.get("username") or "").first()
    note("sign_in", Outcome.REFUSED, request=request, user=user, detail="wrong credentials")


def _printable(text: str) -> str:
    return "".join(one for one in text if one.isprintable())
