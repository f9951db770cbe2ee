"""Every operation of the OpenAPI document says what it is for, shows its bodies, and names its errors."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from rest.examples import example_of

JSON = "application/json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    read: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return read


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_each_says_what_it_is_for(document: dict[str, Any]) -> None:
    assert [name for name, one in operations(document) if len(one.get("summary", "")) < 4] == []


def test_each_body_has_an_example(document: dict[str, Any]) -> None:
    bare = []
    for name, one in operations(document):
        answers = [answer for status, answer in one["responses"].items() if status.startswith("2")]
        for body in [one.get("requestBody", {}), *answers]:
            content = body.get("content", {}).get(JSON)
            if content is not None and not {"example", "examples"} & set(content):
                bare.append(name)
    assert bare == []


def test_each_names_its_errors_and_none_by_a_range(document: dict[str, Any]) -> None:
    for name, one in operations(document):
        statuses = set(one["responses"])
        assert "400" in statuses, name
        assert not {"4XX", "5XX", "default", "500"} & statuses, name
        for status in statuses:
            shown = one["responses"][status]["content"] if status[0] == "4" else {}
            for content in shown.values():
                assert "example" in content or "examples" in content, (name, status)


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"type": "string", "format": "uuid"}, "849ff4b1-b0af-47de-8c7b-959710f2b137"),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "array", "items": {"$ref": "#/components/schemas/A"}}, [{"email": "jane@example.com"}]),
        ({"enum": ["", "b"]}, "b"),
        ({"oneOf": [{"type": "boolean"}, {"enum": [None]}]}, True),
        ({"$ref": "#/components/schemas/Endless"}, None),
    ],
)
def test_examples_suit_their_schema(schema: dict[str, Any], made: Any) -> None:
    components = {
        "A": {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}},
        "Endless": {"$ref": "#/components/schemas/Endless"},
    }
    assert example_of(schema, components) == made


def test_what_schemathesis_is_told_of_is_there(document: dict[str, Any], repo_root: Path) -> None:
    told = tomllib.loads((repo_root / "deploy" / "schemathesis.toml").read_text())
    named = [name for one in told["operations"] for name in one.get("include-name", ())]
    assert set(named) <= {name for name, _ in operations(document)}
    assert len(named) == len(set(named)) < len(list(operations(document))) / 2
