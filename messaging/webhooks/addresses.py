"""Which addresses a webhook may have: what somebody types must not make this server ask its own network.

A name is looked up by us, every address it has must be allowed, and the connection goes to the very address
that was looked at, so a name that changes its mind in between gains nothing.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

MOST_URL_CHARS = 500
WEB_PORTS = frozenset({80, 443, *range(8000, 9000)})  # no mail, database or cache listens there by custom
DEFAULT_PORTS = {"http": 80, "https": 443}
PRIVATE = tuple(
    ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
)
# Addresses that carry an IPv4 address inside, which a gateway may be kind enough to unwrap.
_WRAPPING = (
    IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
    IPv6Network("64:ff9b:1::/48"),  # NAT64 of a site's own, RFC 8215
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("2001::/32"),  # Teredo
    IPv6Network("::/96"),  # IPv4-compatible, long gone
)
# Where clouds tell a machine its own keys; some of them are not private by their number.
_METADATA = frozenset(
    ip_address(address)
    for address in ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")
)
Address = IPv4Address | IPv6Address


class AddressError(Exception):
    """This address is none for a webhook; the message tells a person why."""


class Resolver(Protocol):
    async def resolve(self, host: str, port: int) -> list[str]:
        """Every address of a name. Raises AddressError when it has none."""
        ...


@dataclass(frozen=True)
class Target:
    """A webhook's address in parts: what is connected to comes from `address`, what is said from the rest."""

    scheme: str
    host: str  # as it is written in a certificate: lower case, ASCII, an IPv6 address without brackets
    port: int
    path: str  # with the query

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True)
class AddressPolicy:
    """What is allowed: by default HTTPS to public addresses, on the ports of the web."""

    to_private: bool = False
    plain_http: bool = False
    ports: frozenset[int] = WEB_PORTS

    def read(self, url: str) -> Target:
        """The parts of `url`. Raises AddressError; looks nothing up."""
        parts, port = _split(url)
        if parts.scheme not in DEFAULT_PORTS or (parts.scheme == "http" and not self.plain_http):
            raise AddressError("It must begin with https://.")
        if parts.username is not None or parts.password is not None:
            raise AddressError("It must hold no user and no password.")
        host = _host(parts)
        target = Target(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], _path(parts))
        if target.port not in self.ports:
            usual = "443, 80," if self.plain_http else "443,"
            raise AddressError(f"Port {target.port} is not taken; use {usual} or one from 8000 to 8999.")
        literal = _literal(host)
        if literal is not None:
            self.require(literal)
        return target

    def require(self, address: Address) -> None:
        """Raises AddressError for one that must not be asked."""
        if not self.allows(address):
            raise AddressError("It leads to a private or reserved network.")

    def allows(self, address: Address) -> bool:
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped is not None:
                return self.allows(address.ipv4_mapped)
            if address.scope_id or (address != IPv6Address(1) and _is_wrapping(address)):
                return False
        if address in _METADATA:
            return False
        if self.to_private and any(address in network for network in PRIVATE):
            return True
        return address.is_global and not (address.is_multicast or address.is_reserved)

    async def find(self, target: Target, resolver: Resolver) -> list[str]:
        """The addresses to connect to, in order. Raises AddressError when one of them must not be asked."""
        is_name = _literal(target.host) is None
        found = await resolver.resolve(target.host, target.port) if is_name else [target.host]
        addresses = [_literal(one) for one in found]
        for address in addresses:
            if address is None:
                raise AddressError("Its name leads nowhere.")
            self.require(address)
        return list(dict.fromkeys(str(address) for address in addresses))


def _split(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > MOST_URL_CHARS or not url.isprintable() or " " in url or "\\" in url:
        raise AddressError("It is no address of the web.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressError("It is no address of the web.") from None
    return parts, port


def _host(parts: SplitResult) -> str:
    """The host in ASCII. What inet_aton reads as an address and nobody else does (0x7f.1) is refused."""
    written = (parts.hostname or "").rstrip(".")
    try:
        host = written if written.isascii() else written.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    is_name = all(
        part and part.strip("-_0123456789abcdefghijklmnopqrstuvwxyz") == "" for part in host.split(".")
    )
    if not host or len(host) > 253 or not (is_name or _literal(host) is not None):
        raise AddressError("It names no host.")
    last = host.rpartition(".")[2]
    if _literal(host) is None and (last.isdigit() or last.startswith("0x")):
        raise AddressError("It names no host.")
    return host


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _is_wrapping(address: IPv6Address) -> bool:
    return any(address in network for network in _WRAPPING)
