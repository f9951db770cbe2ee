"""Log lines: machine-readable, with the session, without anything that opens a door."""

import json
import logging
import logging.config
import sys
from pathlib import Path

import pytest
from django.conf import settings

from server.logs import JsonFormatter, PlainFormatter, hide_tokens, log_settings

TOKEN = "q7ZxUe-4kB_9sT2wYvN0aMdLhRfJcPgE1iXo5uK8b3A"  # the shape of a guest token


def line(message: str, **extra: object) -> dict[str, str]:
    record = logging.LogRecord("viva.test", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(extra)
    return json.loads(JsonFormatter().format(record))


@pytest.mark.parametrize(
    "text",
    [
        f"GET /i/{TOKEN}/ 302",
        f"GET /ws/interviews/7/?t={TOKEN}&x=1",
        f"/api/me/session/?t={TOKEN}",
        f"subprotocols viva.v1, token.{TOKEN}",
        f"bearer.{TOKEN}.{TOKEN}.{TOKEN}",
        f"Authorization: Bearer {TOKEN}.{TOKEN}",
        f"X-Interview-Token: {TOKEN}",
        f"could not reach postgres://viva:{TOKEN}@db/viva",
    ],
)
def test_no_token_gets_through(text: str) -> None:
    assert TOKEN not in hide_tokens(text)
    assert TOKEN not in json.dumps(line(text))


@pytest.mark.parametrize("text", ["GET /room/7/ 200", "the token expired", "bearer of news"])
def test_plain_words_stay(text: str) -> None:
    assert hide_tokens(text) == text


def test_the_shipped_proxy_logs_none_of_these_paths_either() -> None:
    shipped = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    for path in ("/i/", "/apply/", "/shared/report/", "/join/", "/password/reset/"):
        assert TOKEN not in hide_tokens(f"{path}MQ/{TOKEN}/" if "reset" in path else f"{path}{TOKEN}/")
        assert f"~^{path} " in shipped, path


def test_a_line_carries_its_session_and_nothing_unasked() -> None:
    facts = line("turn ended", session="abc", seq=4, transcript="what I said")
    assert (facts["session"], facts["seq"], facts["message"]) == ("abc", "4", "turn ended")
    assert "transcript" not in facts


def test_an_exception_is_told_without_its_tokens() -> None:
    try:
        int(f"/i/{TOKEN}/")
    except ValueError:
        record = logging.LogRecord("viva", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    told = json.loads(JsonFormatter().format(record))["exception"]
    assert "ValueError" in told
    assert TOKEN not in told


def test_people_get_plain_lines() -> None:
    record = logging.LogRecord("viva", logging.INFO, __file__, 1, "joined /i/%s/", (TOKEN,), None)
    record.session = "abc"
    text = PlainFormatter().format(record)
    assert text.endswith("viva: joined /i/…/ [abc]")


def test_the_settings_make_working_loggers() -> None:
    config = logging.config.DictConfigurator(log_settings(is_json=True, level="INFO"))
    assert isinstance(config.configure_formatter(config.config["formatters"]["line"]), JsonFormatter)
