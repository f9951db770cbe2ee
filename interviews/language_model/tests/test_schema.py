"""Forms as strict servers want to have them described."""

import json
from typing import Annotated, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from interviews.evaluation.form import AdviceForm, AnswerForm, SummaryForm
from interviews.interviewer.coverage_judge import CoverageForm
from interviews.language_model.schema import strict_schema


class Part(Struct, frozen=True):
    name: Annotated[str, Meta(max_length=20, title="A name")]
    note: str | None = None


class Whole(Struct, frozen=True):
    kind: Literal["one", "two"]
    size: Annotated[int, Meta(ge=1, le=5)] = 3
    parts: tuple[Part, ...] = ()


def test_nothing_is_optional_and_nothing_stands_beside() -> None:
    part = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "note": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
        "required": ["name", "note"],
        "additionalProperties": False,
    }
    assert strict_schema(Whole) == {
        "type": "object",
        "properties": {
            "kind": {"enum": ["one", "two"]},
            "size": {"type": "integer", "minimum": 1, "maximum": 5},
            "parts": {"type": "array", "items": part},
        },
        "required": ["kind", "size", "parts"],
        "additionalProperties": False,
    }


class Endless(Struct, frozen=True):
    inner: "Endless | None" = None


class Loose(Struct, frozen=True):
    points: dict[str, int]


class Fixed(Struct, frozen=True):
    pair: tuple[int, str]


@pytest.mark.parametrize("form", [Endless, Loose, Fixed])
def test_what_strict_servers_do_not_know_is_refused_here(form: type[msgspec.Struct]) -> None:
    with pytest.raises(TypeError):
        strict_schema(form)


@pytest.mark.parametrize("form", [CoverageForm, AnswerForm, AdviceForm, SummaryForm])
def test_every_form_of_ours_is_strict(form: type[msgspec.Struct]) -> None:
    written = json.dumps(strict_schema(form))
    assert "$ref" not in written
    assert written.count('"type": "object"') == written.count('"additionalProperties": false')
