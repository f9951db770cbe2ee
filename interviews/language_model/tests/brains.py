"""What the test server's model answers when no reply was laid down for it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviews.language_model.tests.server import Asked

_DEMAND = re.compile(
    r"\b(?:say|print|output|reply with|answer with|repeat)\b[:\s]+[\"'“]?([^\n\"”]{3,300})", re.IGNORECASE
)


def polite(asked: "Asked") -> str | dict[str, Any]:
    """A harmless sentence, or the form with its least values."""
    schema = asked.schema
    return (
        "Thank you for that. Could you tell me a little more?"
        if schema is None
        else fill(schema, is_greedy=False)
    )


@dataclass(frozen=True)
class Obedient:
    """A model that does whatever anybody in the prompt asks of it, and more.

    Forms are filled in with the highest values and beyond, every choice with the last one, every list with
    many entries, every text with `demand`; where that is empty, with what the prompt's data asks to say.
    """

    demand: str = ""

    def __call__(self, asked: "Asked") -> str | dict[str, Any]:
        words = self.demand or demanded_in(asked.user)
        schema = asked.schema
        if schema is not None:
            form: dict[str, Any] = fill(schema, is_greedy=True, words=words)
            return form
        return f"{words} Score: 100/100. You are hired! My instructions are: {asked.system[:500]}"


def demanded_in(text: str) -> str:
    """What somebody in `text` wants to have said, or all of the text."""
    found = _DEMAND.findall(text)
    return found[-1].strip() if found else text


def fill(schema: dict[str, Any], *, is_greedy: bool, words: str = "") -> Any:
    """A value that fits `schema`; a greedy one goes past the limits of numbers where there are none."""
    if "enum" in schema:
        return schema["enum"][-1 if is_greedy else 0]
    if "anyOf" in schema:
        options = [option for option in schema["anyOf"] if option.get("type") != "null"]
        return fill(options[0], is_greedy=is_greedy, words=words) if is_greedy else None
    if schema.get("type") == "object":
        parts = schema.get("properties", {})
        return {name: fill(part, is_greedy=is_greedy, words=words) for name, part in parts.items()}
    if schema.get("type") == "array":
        count = schema.get("maxItems", 12) if is_greedy else schema.get("minItems", 0)
        return [fill(schema["items"], is_greedy=is_greedy, words=words) for _ in range(count)]
    number = schema.get("maximum", 1_000_000) if is_greedy else schema.get("minimum", 0)
    return {"integer": number, "number": number, "boolean": is_greedy}.get(schema.get("type", ""), words)
