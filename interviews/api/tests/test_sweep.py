"""Every operation of the schema at once: nothing strange breaks it. Who may ask: server/tests/permissions."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = {"/api/", "/api/health/", "/api/health/ready/", "/api/info/"}
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
