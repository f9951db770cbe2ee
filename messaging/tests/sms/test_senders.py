"""The back ends: Twilio's REST API as a real local server speaks it, and the terminal."""

import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from messaging.backends.console import ConsoleSender
from messaging.backends.twilio import TwilioSender
from messaging.sms.port import SmsError
from messaging.sms.settings import SmsSettings

SID = "SM" + "a" * 32
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class TwilioServer(ThreadingHTTPServer):
    """Keeps what it was sent, and answers with the next of `answers`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, list[str]], str]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: TwilioServer

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(form)

    def do_GET(self) -> None:
        self._answer({})

    def _answer(self, form: dict[str, list[str]]) -> None:
        self.server.asked.append((self.path, form, self.headers.get("Authorization", "")))
        status, body = self.server.answers.pop(0)
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its own name for it)
        pass


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    server = TwilioServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def sender(twilio: TwilioServer, **more: str) -> TwilioSender:
    return TwilioSender(
        SmsSettings(account_sid="AC" + "1" * 32, auth_token="secret", api_url=twilio.url, **more)
    )


def test_a_text_is_handed_over(twilio: TwilioServer) -> None:
    twilio.answers = [(201, {"sid": SID, "status": "queued"})] * 2
    sent = sender(twilio).send(
        "+14155550123", "Hello", sender="+14155550100", status_callback="https://viva.example/x/"
    )
    path, form, authorization = twilio.asked[0]
    assert sent == SID
    assert path == f"/2010-04-01/Accounts/AC{'1' * 32}/Messages.json"
    assert form == {
        "To": ["+14155550123"],
        "Body": ["Hello"],
        "From": ["+14155550100"],
        "StatusCallback": ["https://viva.example/x/"],
    }
    assert authorization.startswith("Basic ")
    service = sender(twilio, messaging_service_sid="MG1")
    service.send("+14155550123", "Hello", sender="MG1", status_callback="")
    assert twilio.asked[1][1] == {"To": ["+14155550123"], "Body": ["Hello"], "MessagingServiceSid": ["MG1"]}


@pytest.mark.parametrize(
    ("status", "code", "is_permanent"),
    [(400, 21610, True), (400, 21211, True), (429, 20429, False), (401, 20003, False), (503, 20503, False)],
)
def test_errors_say_whether_to_try_again(
    twilio: TwilioServer, status: int, code: int, is_permanent: bool
) -> None:
    twilio.answers = [(status, {"code": code, "message": "No.", "status": status})]
    with pytest.raises(SmsError) as raised:
        sender(twilio).send("+14155550123", "Hello", sender="+14155550100", status_callback="")
    assert (raised.value.code, raised.value.is_permanent) == (str(code), is_permanent)


def test_nobody_answers() -> None:
    gone = TwilioSender(SmsSettings(account_sid="AC1", auth_token="t", api_url="http://127.0.0.1:9"))
    with pytest.raises(SmsError) as raised:
        gone.send("+14155550123", "Hello", sender="+14155550100", status_callback="")
    assert (raised.value.code, raised.value.is_permanent) == ("unreachable", False)


def test_a_text_whose_outcome_was_lost_is_found(twilio: TwilioServer) -> None:
    page = {
        "messages": [{"sid": "SM1", "body": "Other"}, {"sid": SID, "body": "Hello"}],
        "next_page_uri": None,
    }
    twilio.answers = [(200, page), (200, {"messages": [], "next_page_uri": None})]
    assert sender(twilio).find("+14155550123", "Hello", since=START) == SID
    assert sender(twilio).find("+14155550123", "Hello", since=START) is None
    assert "To=%2B14155550123" in twilio.asked[0][0]


def test_the_terminal_shows_the_text_and_never_the_number() -> None:
    stream = io.StringIO()
    sent = ConsoleSender(SmsSettings(), stream).send("+14155550123", "Hello", sender="", status_callback="")
    assert sent.startswith("console-")
    assert stream.getvalue() == "text to …23: Hello\n"
