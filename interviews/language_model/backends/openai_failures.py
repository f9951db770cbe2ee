"""What a failed request means: try again, ask in other words, or give up; never in the server's own words."""

import email.utils
import math
import re
import time
from typing import Any

import openai

from interviews.language_model.backends.openai_wire import LIMITS, Feature, features_of
from interviews.language_model.ports import LanguageModelError

PASSING_STATUSES = {408, 409, 425, 429}  # and all from 500 on
REFUSING_STATUSES = {400, 405, 415, 422, 501}  # something in the request may be unknown to this server
MOST_READ_CHARS = 4_000  # of an error's body
_OUT_OF_MONEY = re.compile(r"insufficient_quota|billing")
_TOO_LONG = re.compile(
    r"context[_ ](?:length|size|window)|maximum context|exceeds? the (?:available|maximum)"
)

_FORMAT = re.compile(
    r"json_?schema|json_object|json mode|response_?(?:format|schema)|mime type"
    r"|grammar|guided|structured|\bschema\b"
)

# What servers say when they don't know a part of the request, most telling first; from the issue trackers
# of OpenAI's clients, vLLM, Ollama, llama.cpp and Gemini, 2025 and 2026.
_COMPLAINTS: tuple[tuple[Feature, re.Pattern[str]], ...] = (
    ("token counts", re.compile(r"stream_options|include_usage")),
    ("temperature", re.compile(r"temperature")),
    ("JSON mode", _FORMAT),
    ("strict schemas", _FORMAT),
    ("system messages", re.compile(r"system (?:role|message|instruction|prompt)|developer instruction")),
    ("streaming", re.compile(r"\bstream(?:ing|ed)?\b")),
)

_SENTENCES: tuple[tuple[type[Exception], str, bool], ...] = (
    (openai.APITimeoutError, "The language model's server did not answer in time.", True),
    (openai.APIConnectionError, "The language model's server can't be reached.", True),
    (openai.APIError, "The language model's server reported an error in mid-answer.", True),
    (TimeoutError, "The language model took too long.", False),
)


class AskingError(LanguageModelError):
    """A request that failed, with what is to be learned from it."""

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        may_pass: bool = False,
        retry_after_s: float = 0.0,
        complaint: str | None = None,
        lesson: Feature | None = None,
    ) -> None:
        super().__init__(message, permanent=permanent)
        self.may_pass = may_pass
        self.retry_after_s = retry_after_s
        self.complaint = complaint  # lower-case words of the server, for `refused_feature` alone; else None
        self.lesson = lesson  # what this server does not know, where that is plain

    def bare(self) -> LanguageModelError:
        """The error as others may see it."""
        return LanguageModelError(str(self), permanent=self.permanent)


def as_asking_error(error: Exception) -> AskingError:
    """Say what happened without the server's own text, which may hold anything."""
    if isinstance(error, AskingError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _from_status(error)
    if isinstance(error, LanguageModelError):
        return AskingError(str(error), permanent=error.permanent)
    for kind, message, may_pass in _SENTENCES:
        if isinstance(error, kind):
            return AskingError(message, may_pass=may_pass)
    return AskingError("The language model's server answered something that is no answer.")


def refused_feature(complaint: str, body: dict[str, Any]) -> Feature | None:
    """The part of the request `body` that the server complains about; None where it can't be told."""
    sent = features_of(body)
    limit = next((name for name in LIMITS if name in sent), None)
    if limit is not None and re.search(rf"\b{limit}\b", complaint):
        return limit
    return next((name for name, said in _COMPLAINTS if name in sent and said.search(complaint)), None)


def likely_feature(body: dict[str, Any]) -> Feature | None:
    """What is most often unknown, for a refusal that names nothing."""
    sent = features_of(body)
    likely: tuple[Feature, ...] = ("strict schemas", "JSON mode", "token counts", "streaming")
    return next((name for name in likely if name in sent), None)


def _from_status(error: openai.APIStatusError) -> AskingError:
    status, told = error.status_code, _told(error)
    if _TOO_LONG.search(told):
        return AskingError("The prompt is longer than the language model can read.", permanent=True)
    message = f"The language model's server answered {status}."
    if status in PASSING_STATUSES or status >= 500:
        is_over = status == 429 and _OUT_OF_MONEY.search(told) is not None
        refusal = told if status == 501 else None
        retry_after_s = _retry_after_s(error.response.headers.get("retry-after", ""))
        return AskingError(
            message, permanent=is_over, may_pass=not is_over, retry_after_s=retry_after_s, complaint=refusal
        )
    if status == 404:
        message = "The language model's server answered 404: it knows no such model or address."
    elif status in {401, 403}:
        message = f"The language model's server answered {status}: it does not accept the key."
    return AskingError(message, permanent=True, complaint=told if status in REFUSING_STATUSES else None)


def _told(error: openai.APIStatusError) -> str:
    try:
        return error.response.text[:MOST_READ_CHARS].lower()
    except (ValueError, RuntimeError):  # undecodable, or never read
        return ""


def _retry_after_s(header: str) -> float:
    """Seconds or an HTTP date, as RFC 9110 allows; 0 for anything else."""
    try:
        seconds = float(header)
    except ValueError:
        parsed = email.utils.parsedate_tz(header)
        seconds = email.utils.mktime_tz(parsed) - time.time() if parsed else 0.0
    return max(seconds, 0.0) if math.isfinite(seconds) else 0.0
