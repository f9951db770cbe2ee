"""Every operation of the schema at once: who is kept out, and that nothing strange breaks it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = {"/api/", "/api/health/", "/api/health/ready/", "/api/info/"}
MAKES_GUESTS = ("post", "/api/sessions/")
OPEN_BY_SIGNATURE = {"/api/sms/webhook/"}  # 403 without one: no account opens it
FOR_ACCOUNTS = "/api/interview/"  # practice of one's own; a link is told so, whatever it names
SIGNING_IN = {
    f"/api/auth/{name}/" for name in ("login", "register", "registration", "token/refresh", "refresh")
}
STRANGE = (
    "\x00",
    "9" * 40,
    "-1",
    "1e9",
    "NaN",
    "٣",
    "'; DROP TABLE",
    "9999-12-31T23:59:59-23:59",
    "💥",
    "a" * 3000,
)


def operations() -> Iterator[tuple[str, str, list[str]]]:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            named = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
            yield method, path, named


def filled(path: str, reference: Any, question: Any = 1) -> str:
    named = path.replace("{reference}", str(reference)).replace("{question_id}", str(question))
    return re.sub(r"\{\w+\}", "1", named)


def test_nobody_gets_anything_that_is_not_meant_for_all(hiring: Any) -> None:
    let_in = []
    for method, path, _ in operations():
        if path in OPEN or path in SIGNING_IN or (method, path) == MAKES_GUESTS:
            continue
        answer = APIClient().generic(method.upper(), filled(path, hiring.made["session_id"]), "")
        wanted = 403 if path in OPEN_BY_SIGNATURE else 401
        if answer.status_code != wanted:
            let_in.append((method, path, answer.status_code))
    assert let_in == []


def test_a_guest_of_another_session_gets_nothing_of_this_one(hiring: Any, guest: Any) -> None:
    reached = []
    for method, path, _ in operations():
        if "{reference}" not in path:
            continue
        answer = guest.generic(method.upper(), filled(path, hiring.made["session_id"]), "")
        wanted = 403 if path.startswith(FOR_ACCOUNTS) else 404
        if answer.status_code != wanted:
            reached.append((method, path, answer.status_code))
    assert reached == []


def test_nothing_strange_in_an_address_breaks_it(recruiter: Any) -> None:
    broken = []
    for method, path, names in operations():
        if method != "get" or path in OPEN:
            continue
        for value in STRANGE:
            answer = recruiter.get(filled(path, 1), dict.fromkeys(names, value))
            if answer.status_code >= 500:
                broken.append((path, value, answer.status_code))
    assert broken == []


def test_every_address_answers_options(recruiter: Any, hiring: Any) -> None:
    for path in {path for _, path, _ in operations()}:
        cache.clear()  # asking what an address takes counts as an attempt there
        answer = recruiter.options(filled(path, hiring.made["session_id"]))
        assert answer.status_code in {200, 409}, (path, answer.content)


def test_a_browser_gets_a_page_at_every_list(hiring: Any) -> None:
    for path in ("sessions/", f"sessions/{hiring.made['id']}/", "questions/", "reports/", "question-bank/"):
        answer = hiring.recruiter.get(f"/api/{path}", HTTP_ACCEPT="text/html")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
