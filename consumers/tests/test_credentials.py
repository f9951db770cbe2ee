"""What a handshake says, and whether its page is ours."""

from typing import Any

import pytest

from consumers.credentials import Handshake, is_own_origin, read_handshake

HOSTS = ("viva.example.org", ".apps.example.org", "[::1]")


def scope(
    *headers: tuple[str, str], query: str = "", offered: tuple[str, ...] = (), **rest: Any
) -> dict[str, Any]:
    return {
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "query_string": query.encode(),
        "subprotocols": list(offered),
        **rest,
    }


def test_each_way_of_bringing_a_token() -> None:
    assert read_handshake(scope(("x-interview-token", "a"))).guest_token == "a"
    assert read_handshake(scope(query="x=1&t=a%2Bb")).guest_token == "a+b"
    assert read_handshake(scope(offered=("viva.v1", "token.a"))).guest_token == "a"
    assert read_handshake(scope(("authorization", "Bearer j.w.t"))).bearer == "j.w.t"
    assert read_handshake(scope(offered=("bearer.j.w.t",))).bearer == "j.w.t"


def test_secrets_are_no_subprotocols_and_in_no_text() -> None:
    shown = read_handshake(scope(offered=("viva.v1", "token.secret", "bearer.secret")))
    assert shown.offered == ("viva.v1",)
    assert "secret" not in repr(shown)
    assert "secret" not in f"{shown}"


def test_other_authorisations_are_no_bearers() -> None:
    assert read_handshake(scope(("authorization", "Basic YTpi"))).bearer == ""


def test_cookies_as_browsers_write_them() -> None:
    cookies = read_handshake(scope(("cookie", 'a=1; odd; b="2=3"; =x; c='))).cookies
    assert cookies == {"a": "1", "odd": "", "b": "2=3", "c": ""}


@pytest.mark.parametrize(
    "query", ["&".join(f"a{n}=1" for n in range(500)), "t=" + "a" * 5_000, "%ff%00", "t=%00"]
)
def test_odd_addresses_bring_no_token(query: str) -> None:
    assert read_handshake(scope(query=query)).guest_token == ""


@pytest.mark.parametrize(
    ("origin", "host", "is_secure", "is_ours"),
    [
        ("https://viva.example.org", "viva.example.org", True, True),
        ("https://viva.example.org", "viva.example.org", False, True),  # an unnamed proxy ended TLS
        ("https://viva.example.org:443", "viva.example.org", True, True),
        ("http://viva.example.org", "viva.example.org", False, True),
        ("http://viva.example.org", "viva.example.org", True, False),
        ("https://VIVA.example.org", "viva.example.org", True, True),
        ("https://viva.example.org:8443", "viva.example.org", True, False),
        ("http://viva.example.org:8000", "viva.example.org:8000", False, True),
        ("https://one.apps.example.org", "one.apps.example.org", True, True),
        ("http://[::1]:8000", "[::1]:8000", False, True),
        ("https://evil.example", "viva.example.org", True, False),
        ("https://evil.example", "evil.example", True, False),  # a name that a stranger points here
        ("https://viva.example.org.evil.example", "viva.example.org", True, False),
        ("https://user@viva.example.org", "viva.example.org", True, False),
        ("https://viva.example.org/path", "viva.example.org", True, False),
        ("null", "viva.example.org", True, False),
        ("", "viva.example.org", True, False),
        ("file://", "viva.example.org", True, False),
        ("http://viva.example.org:port", "viva.example.org", True, False),
        ("chrome-extension://abc", "viva.example.org", True, False),
        ("https://partner.example.com", "viva.example.org", True, True),
        ("http://partner.example.com", "viva.example.org", True, False),
    ],
)
def test_whose_page_it_is(origin: str, host: str, is_secure: bool, is_ours: bool) -> None:
    shown = Handshake(origin=origin, host=host, is_secure=is_secure)
    assert is_own_origin(shown, ["https://partner.example.com"], HOSTS) is is_ours
