"""Believes X-Forwarded-* only from the proxies that are named, for requests and sockets alike.

It sits outside everything else and rewrites the scope, so that nothing further in (throttles, secure
cookies, origin checks, logs) has to know about proxies, or could be fooled by a header a stranger sent.
"""

from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

FORWARDED = {b"forwarded", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port"}
SECURE_SCHEMES = {"http": {"https": "https"}, "websocket": {"https": "wss", "wss": "wss"}}


class TrustedProxies:
    """An ASGI application around another one."""

    def __init__(self, application: Application, networks: Iterable[Network]) -> None:
        self._application = application
        self._networks = tuple(networks)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] in SECURE_SCHEMES:
            scope = self.seen_from_outside(scope)
        await self._application(scope, receive, send)

    def seen_from_outside(self, scope: dict[str, Any]) -> dict[str, Any]:
        """This will give the scope with the real client and scheme, and without any forwarding header."""
        headers = scope.get("headers") or []
        cleaned = {**scope, "headers": [pair for pair in headers if pair[0].lower() not in FORWARDED]}
        peer = _address((scope.get("client") or [""])[0])
        if peer is None or not self._is_trusted(peer):
            return cleaned
        cleaned["client"] = [str(self._client(peer, _values(headers, b"x-forwarded-for"))), 0]
        proto = (_values(headers, b"x-forwarded-proto") or [""])[-1].lower()
        secure = SECURE_SCHEMES[scope["type"]].get(proto)
        return {**cleaned, "scheme": secure} if secure else cleaned

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._networks)

    def _client(self, peer: Address, hops: list[str]) -> Address:
        """The nearest address that no trusted proxy vouches for; what lies behind it anyone can write."""
        client = peer
        for hop in reversed(hops):
            address = _address(hop)
            if address is None:
                break
            client = address
            if not self._is_trusted(address):
                break
        return client


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    joined = ",".join(value.decode("latin-1") for key, value in headers if key.lower() == name)
    return [part.strip() for part in joined.split(",") if part.strip()]


def _address(text: str) -> Address | None:
    """An address with or without a port; None for anything else."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return ip_address(bare)
    except ValueError:
        return None
