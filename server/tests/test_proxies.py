"""Who the client is, with and without proxies in front."""

from ipaddress import ip_network
from typing import Any

import pytest

from server.proxies import TrustedProxies


def seen(client: str | None, kind: str = "http", **headers: str) -> dict[str, Any]:
    inner = TrustedProxies(_unused, [ip_network("10.0.0.0/8"), ip_network("::1")])
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "scheme": "ws" if kind == "websocket" else "http", "headers": raw}
    return inner.seen_from_outside({**scope, "client": [client, 5] if client else None})


async def _unused(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("not called here")


def test_a_stranger_is_taken_at_its_own_address() -> None:
    scope = seen("203.0.113.9", x_forwarded_for="127.0.0.1", x_forwarded_proto="https")
    assert scope["client"] == ["203.0.113.9", 5]
    assert scope["scheme"] == "http"


def test_no_forwarding_header_comes_through() -> None:
    for client in ("203.0.113.9", "10.0.0.1"):
        scope = seen(
            client, x_forwarded_for="1.2.3.4", forwarded="for=1.2.3.4", x_forwarded_host="evil", host="a"
        )
        assert scope["headers"] == [(b"host", b"a")]


def test_a_trusted_proxy_names_the_client() -> None:
    scope = seen("10.0.0.1", x_forwarded_for="203.0.113.9", x_forwarded_proto="https")
    assert scope["client"][0] == "203.0.113.9"
    assert scope["scheme"] == "https"


def test_what_the_client_wrote_in_front_is_not_believed() -> None:
    assert seen("10.0.0.1", x_forwarded_for="127.0.0.1, 203.0.113.9")["client"][0] == "203.0.113.9"


def test_a_chain_of_trusted_proxies_is_walked() -> None:
    assert seen("::1", x_forwarded_for="203.0.113.9, 10.2.2.2")["client"][0] == "203.0.113.9"


@pytest.mark.parametrize("hops", ["", "unknown", "10.0.0.1, garbage"])
def test_nonsense_leaves_the_nearest_known_address(hops: str) -> None:
    assert seen("10.0.0.1", x_forwarded_for=hops)["client"][0] == "10.0.0.1"


@pytest.mark.parametrize("hop", ["[2001:db8::7]:4711", "2001:db8::7", "[2001:db8::7]"])
def test_addresses_may_carry_a_port(hop: str) -> None:
    assert seen("10.0.0.1", x_forwarded_for=hop)["client"][0] == "2001:db8::7"


def test_a_socket_behind_https_is_secure() -> None:
    assert seen("10.0.0.1", kind="websocket", x_forwarded_proto="https")["scheme"] == "wss"


def test_an_odd_proto_changes_nothing() -> None:
    assert seen("10.0.0.1", x_forwarded_proto="gopher")["scheme"] == "http"


def test_a_unix_socket_has_no_address() -> None:
    assert seen(None, x_forwarded_for="1.2.3.4")["client"] is None


async def test_the_application_gets_the_rewritten_scope() -> None:
    scopes: list[dict[str, Any]] = []

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        scopes.append(scope)

    wrapped = TrustedProxies(application, [ip_network("10.0.0.0/8")])
    headers = [(b"x-forwarded-for", b"203.0.113.9")]
    await wrapped({"type": "http", "client": ["10.0.0.1", 1], "headers": headers}, None, None)
    await wrapped({"type": "lifespan"}, None, None)
    assert scopes[0]["client"][0] == "203.0.113.9"
    assert scopes[1] == {"type": "lifespan"}
