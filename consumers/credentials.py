"""Reads from a handshake who someone says they are, and where the page they use came from. Pure."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from consumers.wire import SUBPROTOCOL

TOKEN_PREFIX = "token."  # noqa: S105 (a prefix, not a token)
BEARER_PREFIX = "bearer."
DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
LONGEST_SECRET = 4_096


class Handshake(Struct, frozen=True, kw_only=True):
    """What a client showed when it connected. Its text form tells nothing, so that no log can."""

    guest_token: str = ""
    bearer: str = ""
    cookies: dict[str, str] = {}
    origin: str | None = None
    host: str = ""
    is_secure: bool = False
    offered: tuple[str, ...] = ()  # subprotocols, without those that are secrets

    def __repr__(self) -> str:
        return "<Handshake>"

    @property
    def subprotocol(self) -> str | None:
        return SUBPROTOCOL if SUBPROTOCOL in self.offered else None

    @property
    def speaks_another_protocol(self) -> bool:
        """Whoever offers nothing gets version 1; whoever offers only something else is told."""
        return bool(self.offered) and SUBPROTOCOL not in self.offered


def read_handshake(scope: dict[str, Any]) -> Handshake:
    """This will gather the credentials of an ASGI WebSocket scope; headers beat the address."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    offered = tuple(scope.get("subprotocols") or ())
    query = scope.get("query_string", b"").decode("latin-1")
    return Handshake(
        guest_token=_bounded(
            headers.get("x-interview-token") or _first(query, "t") or _after(TOKEN_PREFIX, offered)
        ),
        bearer=_bounded(_bearer_header(headers.get("authorization", "")) or _after(BEARER_PREFIX, offered)),
        cookies=_cookies(headers.get("cookie", "")),
        origin=headers.get("origin"),
        host=headers.get("host", ""),
        is_secure=scope.get("scheme") == "wss",
        offered=tuple(name for name in offered if not name.startswith((TOKEN_PREFIX, BEARER_PREFIX))),
    )


def is_own_origin(handshake: Handshake, allowed: Iterable[str], hosts: Iterable[str]) -> bool:
    """Whether the page behind the Origin header is ours: from the host that was asked, or a listed one.

    `hosts` are the names this server answers to, as in ALLOWED_HOSTS; without them a name that a stranger
    points at this address would be its own origin.
    """
    origin = _origin(handshake.origin or "")
    if origin is None:
        return False
    if origin in {_origin(entry) for entry in allowed}:
        return True
    # A proxy that ends TLS and is not named as trusted makes our own scheme uncertain, never host and port.
    schemes = ("https",) if handshake.is_secure else ("http", "https")
    asked = {_origin(f"{scheme}://{handshake.host}") for scheme in schemes}
    return origin in asked and _is_served(origin[1], hosts)


def _is_served(name: str, hosts: Iterable[str]) -> bool:
    for pattern in (host.lower().strip("[]") for host in hosts):
        if pattern in {"*", name} or (pattern.startswith(".") and f".{name}".endswith(pattern)):
            return True
    return False


def _origin(text: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname or parts.path not in {"", "/"} or parts.username:
        return None
    return scheme, parts.hostname.lower(), port if port is not None else DEFAULT_PORTS[scheme]


def _bearer_header(value: str) -> str:
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _after(prefix: str, offered: Iterable[str]) -> str:
    return next((name.removeprefix(prefix) for name in offered if name.startswith(prefix)), "")


def _bounded(secret: str) -> str:
    return secret if len(secret) <= LONGEST_SECRET and "\x00" not in secret else ""


def _cookies(header: str) -> dict[str, str]:
    """As browsers write them; the standard library's reader gives up at the first odd one."""
    pairs = (chunk.partition("=") for chunk in header.split(";"))
    return {name.strip(): value.strip().strip('"') for name, _, value in pairs if name.strip()}


def _first(query: str, name: str) -> str:
    try:
        return parse_qs(query, max_num_fields=20).get(name, [""])[0]
    except ValueError:
        return ""
