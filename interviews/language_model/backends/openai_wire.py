"""What goes to and comes from servers with the OpenAI chat API, apart from the client that carries it."""

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from interviews.language_model.options import ModelOptions
from interviews.language_model.ports import LanguageModelError, Message, Prompt
from interviews.language_model.schema import strict_schema

OPENAI_HOST = "api.openai.com"
CHARS_PER_TOKEN = 4  # OpenAI's rule of thumb for English
MORE_ROOM = 4  # times the longest answer, for models that spend most of it on thinking

Feature = Literal[
    "streaming",
    "token counts",  # while streaming
    "temperature",
    "max_completion_tokens",
    "max_tokens",
    "system messages",
    "strict schemas",
    "JSON mode",
    "short answers",  # lacking: the model needs MORE_ROOM
]

LIMITS: tuple[Feature, ...] = ("max_tokens", "max_completion_tokens")


class Part(Struct, frozen=True):
    type: str = ""
    text: str | None = None


class Words(Struct, frozen=True):
    """A delta or a message; what a model thought (`reasoning_content` and the like) is not even read."""

    content: str | list[Part] | None = None
    refusal: str | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "".join(part.text or "" for part in self.content if part.type in {"text", ""})
        return self.content or ""


class Choice(Struct, frozen=True):
    delta: Words | None = None
    message: Words | None = None
    finish_reason: str | None = None

    @property
    def words(self) -> Words:
        return self.delta or self.message or Words()


class Cached(Struct, frozen=True):
    cached_tokens: int | None = 0


class Usage(Struct, frozen=True):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0
    prompt_tokens_details: Cached | None = None


class Answer(Struct, frozen=True):
    """A whole answer, or one chunk of a streamed one."""

    choices: list[Choice] | None = None
    usage: Usage | None = None
    error: msgspec.Raw | None = None


def read_answer(data: object) -> Answer:
    """Check what the server sent. Raises LanguageModelError."""
    try:
        answer = msgspec.convert(data, Answer) if isinstance(data, dict) else None
    except msgspec.ValidationError:
        answer = None
    if answer is None or (answer.choices is None and answer.usage is None):
        raise LanguageModelError("The language model's server answered something that is no answer.")
    return answer


def host_of(options: ModelOptions) -> str:
    return urlsplit(options.base_url).hostname or OPENAI_HOST


def tokens_in(*texts: str) -> int:
    """An estimate, for servers that count nothing."""
    return -(-sum(len(text) for text in texts) // CHARS_PER_TOKEN)


def room_in(body: dict[str, Any]) -> int | str:
    """How long the answer to `body` may be, in tokens."""
    return next((body[name] for name in LIMITS if name in body), "its own limit of")


def features_of(body: dict[str, Any]) -> frozenset[Feature]:
    """What a server must know that answers `body` well."""
    kind = body.get("response_format", {}).get("type")
    asked: dict[Feature, bool] = {
        "streaming": "stream" in body,
        "token counts": "stream_options" in body,
        "temperature": "temperature" in body,
        "max_completion_tokens": "max_completion_tokens" in body,
        "max_tokens": "max_tokens" in body,
        "system messages": body["messages"][0]["role"] == "system",
        "strict schemas": kind == "json_schema",
        "JSON mode": kind == "json_object",
    }
    return frozenset(name for name, is_asked in asked.items() if is_asked)


def request_body(
    prompt: Prompt,
    options: ModelOptions,
    lacks: frozenset[Feature],
    *,
    form: type[Struct] | None = None,
    is_exact: bool = False,
) -> dict[str, Any]:
    """The request in words that this server is known to understand; a stream, or `form` filled in."""
    body: dict[str, Any] = {"model": options.model, "messages": _messages(prompt, lacks)}
    if (limit := limit_name(options, lacks)) is not None:
        body[limit] = options.max_tokens * (MORE_ROOM if "short answers" in lacks else 1)
    if "temperature" not in lacks:
        body["temperature"] = 0.0 if is_exact else options.temperature
    if form is not None:
        return body | _format(form, lacks)
    if "streaming" in lacks:
        return body
    counts = {} if "token counts" in lacks else {"stream_options": {"include_usage": True}}
    return body | {"stream": True} | counts


def limit_name(options: ModelOptions, lacks: frozenset[Feature]) -> Feature | None:
    """OpenAI's reasoning models refuse `max_tokens`; Ollama and older servers know no other."""
    names = LIMITS[::-1] if host_of(options) == OPENAI_HOST else LIMITS
    return next((name for name in names if name not in lacks), None)


def _messages(prompt: Prompt, lacks: frozenset[Feature]) -> list[dict[str, str]]:
    messages = prompt.messages or (Message("user", "Begin."),)
    if "system messages" not in lacks:
        return [{"role": "system", "content": prompt.system}, *map(_message, messages)]
    first = Message(messages[0].side, f"{prompt.system}\n\n{messages[0].text}")
    return [_message(message) for message in (first, *messages[1:])]


def _message(message: Message) -> dict[str, str]:
    return {"role": message.side, "content": message.text}


def _format(form: type[Struct], lacks: frozenset[Feature]) -> dict[str, Any]:
    if "strict schemas" not in lacks:
        named = {"name": form.__name__, "strict": True, "schema": strict_schema(form)}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    return {} if "JSON mode" in lacks else {"response_format": {"type": "json_object"}}
