"""Every page: which are open to everybody, and that all others ask to sign in first."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Open to whoever has the address: the first page, signing in, and what a link or cookie opens by itself.
OPEN = frozenset(
    {
        "landing",
        "sign_in",
        "sign_out",
        "register",
        "password_forgotten",
        "password_reset",
        "join",
        "join_register",
        "invitation",
        "notice",
        "shared_report",
        "room",
        "own_correction",
        "own_groups",
        "own_redo",
        "own_request",
        "appointment",
        "apply",
    }
)
VALUES = {"int": "1", "uuid": str(uuid4()), "str": "nothing", "slug": "nothing"}


def pages(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages(one.url_patterns, before + str(one.pattern))
        else:
            address = re.sub(
                r"<(?:(\w+):)?\w+>", lambda found: VALUES[found[1] or "str"], before + str(one.pattern)
            )
            yield str(one.name), f"/{address}"


ALL = sorted(pages(get_resolver("web.urls").url_patterns))


def test_names_are_given_once() -> None:
    names = [name for name, _ in ALL]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(("name", "address"), [one for one in ALL if one[0] not in OPEN])
def test_everything_else_leads_to_signing_in(client: Client, db: None, name: str, address: str) -> None:
    for method in ("get", "post"):
        answer = getattr(client, method)(address)
        assert answer.status_code in {302, 405}, f"{name} answers {answer.status_code} to {method}"
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/?next=")
