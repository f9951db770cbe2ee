"""Forms found in whatever a model answered."""

import json

import pytest
from msgspec import Struct

from interviews.language_model import Message, Prompt
from interviews.language_model.filling import UnfitAnswerError, read_form, with_complaint, with_schema
from interviews.language_model.schema import strict_schema


class Card(Struct, frozen=True):
    colour: str
    number: int


RED = Card("red", 7)
PROMPT = Prompt("Fill in.", (Message("user", "A card, please."),), "v1")


@pytest.mark.parametrize(
    "answer",
    [
        '{"colour": "red", "number": 7}',
        '  {"colour": "red", "number": "7", "more": []}  ',
        '```json\n{"colour": "red", "number": 7}\n```',
        'Of course:\n```\n{"colour": "red", "number": 7}\n```\nDone.',
        'It is {"colour": "red", "number": 7}.',
        '<think>{"colour": "blue", "number": 1}</think>{"colour": "red", "number": 7}',
    ],
)
def test_a_form_is_found(answer: str) -> None:
    assert read_form(answer, Card) == RED


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("", "no whole JSON object"),
        ("red, seven", "no whole JSON object"),
        ('{"colour": "red", "number"', "no whole JSON object"),
        ("[]", "no whole JSON object"),
        ('{"colour": "red"}', "`number`"),
        ('{"colour": ["secret"], "number": 7}', "$.colour"),
        ('{"colour": "red", "number": "secret"}', "$.number"),
        ("<think>hm", "no whole JSON object"),
        ('{"colour": "\ud800", "number": 7}', "no whole JSON object"),
    ],
)
def test_what_does_not_fit_is_told_without_what_was_written(answer: str, complaint: str) -> None:
    with pytest.raises(UnfitAnswerError) as raised:
        read_form(answer, Card)
    assert complaint in str(raised.value)
    assert "secret" not in str(raised.value)


def test_the_schema_can_stand_in_the_prompt() -> None:
    shown = with_schema(PROMPT, Card)
    assert json.dumps(strict_schema(Card)) in shown.system
    assert shown.system.startswith(PROMPT.system)
    assert (shown.messages, shown.version) == (PROMPT.messages, PROMPT.version)


def test_a_complaint_shows_the_answer_again() -> None:
    again = with_complaint(PROMPT, "<think>Hm.</think>" + "x" * 9_000, "It is no form.")
    assert again.messages[0] == PROMPT.messages[0]
    assert again.messages[1] == Message("assistant", "x" * 4_000)
    assert "It is no form." in again.messages[2].text
