"""Reads a filled form out of whatever a model answered, and says in a sentence what does not fit."""

import json
import re
from typing import TypeVar

import msgspec

from interviews.language_model.ports import Message, Prompt
from interviews.language_model.schema import strict_schema
from interviews.language_model.thoughts import without_thoughts

Filled = TypeVar("Filled", bound=msgspec.Struct)
MOST_SHOWN_CHARS = 4_000  # of an unfit answer, when it is shown to the model again
_FENCED = re.compile(r"```(?:json)?\s*(\{.*?\})\s*```", re.DOTALL | re.IGNORECASE)


class UnfitAnswerError(Exception):
    """The answer is no such form; the message says where, without what was written there."""


def read_form(answer: str, form: type[Filled]) -> Filled:
    """The form in `answer`, bare or fenced or with words around it. Raises UnfitAnswerError."""
    text = without_thoughts(answer)
    try:
        return msgspec.json.decode(_find_object(text), type=form, strict=False)
    except msgspec.ValidationError as error:
        raise UnfitAnswerError(str(error)) from None
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise UnfitAnswerError("The answer holds no whole JSON object.") from None


def with_schema(prompt: Prompt, form: type[msgspec.Struct]) -> Prompt:
    """`prompt` for a server that is not told the schema any other way."""
    wish = (
        "Answer with one JSON object and nothing else: no words before or after it, no code fence. "
        "It must fit this JSON schema:\n" + json.dumps(strict_schema(form), ensure_ascii=False)
    )
    return msgspec.structs.replace(prompt, system=f"{prompt.system}\n\n{wish}")


def with_complaint(prompt: Prompt, answer: str, complaint: str) -> Prompt:
    """`prompt` once more, after an answer that did not fit."""
    again = f"That does not fit: {complaint} Give the whole JSON object again, and nothing else."
    shown = Message("assistant", without_thoughts(answer)[:MOST_SHOWN_CHARS] or "{}")
    return msgspec.structs.replace(prompt, messages=(*prompt.messages, shown, Message("user", again)))


def _find_object(text: str) -> bytes:
    fenced = _FENCED.search(text)
    if fenced is not None and text[: fenced.start()].count("{") == 0:
        return fenced.group(1).encode()
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1].encode() if 0 <= start < end else b""
