"""How servers with the OpenAI chat API differ: what they refuse, what they ignore, how they word errors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviews.language_model.tests.server import Fails, Says


def _openai_error(fails: "Fails") -> Any:
    kind = "invalid_request_error" if fails.status < 500 else "server_error"
    return {"error": {"message": fails.message, "type": kind, "param": fails.param, "code": fails.code}}


def _vllm_error(fails: "Fails") -> Any:
    return {
        "object": "error", "message": fails.message, "type": "BadRequestError",
        "param": None, "code": fails.status,
    }  # fmt: skip


def _ollama_error(fails: "Fails") -> Any:
    return {"error": fails.message}


def _llama_cpp_error(fails: "Fails") -> Any:
    return {"error": {"code": fails.status, "message": fails.message, "type": "invalid_request_error"}}


def _gemini_error(fails: "Fails") -> Any:
    return [{"error": {"code": fails.status, "message": fails.message, "status": "INVALID_ARGUMENT"}}]


@dataclass(frozen=True)
class Dialect:
    """`refused` maps a part of the request, as a path of keys, to the server's words about it."""

    name: str
    error: Callable[["Fails"], Any] = _openai_error
    refused: dict[str, str] = field(default_factory=dict)
    needs_key: bool = False
    has_streaming: bool = True
    counts_streams: bool = True
    models: tuple[str, ...] = ("a-model",)

    def refuse(self, body: dict[str, Any], key: str) -> tuple[int, str, str | None] | None:
        """Status, message and parameter of a refusal, or None."""
        if self.needs_key and key != "sk-test":
            return 401, f"Incorrect API key provided: {key}.", None
        if body["model"] not in self.models:
            return 404, f"model '{body['model']}' not found, try pulling it first", None
        for path, words in self.refused.items():
            name, _, value = path.partition("=")
            if _at(body, name) is not None and (not value or str(_at(body, name)) == value):
                return 400, words, name
        return None

    def answer(self, body: dict[str, Any], says: "Says") -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": says.content}
        if says.thoughts:
            message["reasoning_content"] = says.thoughts
        if says.refusal:
            message |= {"content": None, "refusal": says.refusal}
        choice = {"index": 0, "message": message, "finish_reason": says.finish}
        answer = {"id": "1", "object": "chat.completion", "model": body.get("model")}
        answer |= {"choices": [choice] if says.has_choices else []}
        return answer | ({"usage": _usage(body, says)} if says.has_usage else {})

    def chunks(self, body: dict[str, Any], says: "Says") -> Iterator[dict[str, Any]]:
        yield _chunk({"role": "assistant", "content": ""})
        if says.thoughts:
            yield _chunk({"reasoning_content": says.thoughts})
        if says.refusal:
            yield _chunk({"refusal": says.refusal})
        if not says.has_choices:
            yield {"object": "chat.completion.chunk", "choices": []}
        else:
            step = max(1, -(-len(says.content) // says.pieces))
            for start in range(0, len(says.content), step):
                yield _chunk({"content": says.content[start : start + step]})
        if says.finish is not None:
            yield _chunk({}, says.finish)
        if says.has_usage and self.counts_streams and body.get("stream_options", {}).get("include_usage"):
            yield {"object": "chat.completion.chunk", "choices": [], "usage": _usage(body, says)}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "choices": [choice]}


def _usage(body: dict[str, Any], says: "Says") -> dict[str, Any]:
    """Words are tokens here."""
    read = len(json.dumps(body.get("messages", [])).split())
    written = len(says.content.split())
    details = {"cached_tokens": read // 2}
    return {
        "prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written,
        "prompt_tokens_details": details,
    }  # fmt: skip


def _at(body: dict[str, Any], path: str) -> Any:
    found: Any = body
    for key in path.split("."):
        if isinstance(found, list):
            found = found[int(key)] if found else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found


OPENAI = Dialect("OpenAI", needs_key=True)
OPENAI_REASONING = Dialect(
    "OpenAI, a reasoning model",
    needs_key=True,
    refused={
        "max_tokens": "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead.",
        "temperature": "Unsupported value: 'temperature' does not support 0.4 with this model. "
        "Only the default (1) value is supported.",
    },
)
VLLM = Dialect(
    "vLLM",
    error=_vllm_error,
    refused={
        "stream_options": "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), "
        "'msg': 'Extra inputs are not permitted'}]",
        "response_format.json_schema": "The JSON schema contains features not supported by xgrammar.",
    },
)
OLLAMA = Dialect("Ollama", error=_ollama_error, counts_streams=False)
LLAMA_CPP = Dialect(
    "llama.cpp",
    error=_llama_cpp_error,
    counts_streams=False,
    refused={"response_format.json_schema": "Failed to parse grammar"},
)
GEMINI = Dialect(
    "Gemini",
    error=_gemini_error,
    needs_key=True,
    refused={
        "stream_options": 'Invalid JSON payload received. Unknown name "stream_options": Cannot find field.',
        "messages.0.role=system": "Developer instruction is not enabled for models/gemma-3-27b-it",
    },
)
PLAIN = Dialect(
    "a server that knows the least",
    error=_ollama_error,
    counts_streams=False,
    refused={
        "stream": "streaming is not available",
        "response_format": "response_format is not available",
        "temperature": "temperature is not available",
        "max_tokens": "max_tokens: unknown field",
        "max_completion_tokens": "max_completion_tokens: unknown field",
    },
)
ALL = (OPENAI, OPENAI_REASONING, VLLM, OLLAMA, LLAMA_CPP, GEMINI, PLAIN)
