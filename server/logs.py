"""Log lines as JSON, with the session's id where there is one, and never a token."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# What callers may hand over as `extra={…}`; anything else (a transcript, say) never reaches a line.
FACTS = ("session", "seq", "code", "command", "engine", "duration_ms")

TOKENS = (
    (re.compile(r"(/i/|/apply/|/shared/report/)[^/?#\s\"']+"), r"\1…"),
    (re.compile(r"(/join/|/password/reset/[^/?#\s\"']+/)[^/?#\s\"']+"), r"\1…"),
    (re.compile(r"([?&](?:t|token)=)[^&#\s\"']+"), r"\1…"),
    (re.compile(r"\b(token|bearer)\.[\w~.+-]+"), r"\1.…"),
    (re.compile(r"(?i)\b(bearer\s+)[\w~.+-]{8,}"), r"\1…"),
    (re.compile(r"(?i)(x-interview-token\W{1,4})[\w~.+-]+"), r"\1…"),
    (re.compile(r"(\w+://[^/\s:@]*:)[^@\s/]+@"), r"\1…@"),  # passwords in addresses
)


def hide_tokens(text: str) -> str:
    """This will blot out whatever opens a door: guest tokens, JWTs, passwords in addresses."""
    for pattern, replacement in TOKENS:
        text = pattern.sub(replacement, text)
    return text


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hide_tokens(record.getMessage()),
        }
        line.update({name: str(getattr(record, name)) for name in FACTS if hasattr(record, name)})
        if record.exc_info:
            line["exception"] = hide_tokens(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """For people at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        session = getattr(record, "session", "")
        return hide_tokens(super().format(record)) + (f" [{session}]" if session else "")


def log_settings(*, is_json: bool, level: str) -> dict[str, Any]:
    """This will give Django's LOGGING: everything to standard error, in one format."""
    formatter = JsonFormatter if is_json else PlainFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{formatter.__module__}.{formatter.__qualname__}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        # Django attaches handlers of its own to these; their lines go the common way instead.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Every candidate's line would be here, at a socket's and a request's start and end.
            "django.channels.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "daphne.server": {"level": "WARNING"},  # it would only praise HTTP/2
            "httpx": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "openai": {"level": "WARNING"},
        },
    }
