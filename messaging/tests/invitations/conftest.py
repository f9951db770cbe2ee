"""A mail server on this machine that speaks SMTP, and sessions whose candidates can be reached."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import Organisation
from hiring.models import Candidate
from interviews.models import Session
from interviews.sessions import Owner, SessionWish, create_session

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes what it is sent; a command in `refuses` is answered with what stands there."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Speaker)
        self.got: list[tuple[str, bytes]] = []
        self.refuses: dict[str, bytes] = {}


class _Speaker(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say(b"220 ready")
        receiver = ""
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper()
            if word in self.server.refuses:
                self._say(self.server.refuses[word])
                continue
            match word:
                case "EHLO":
                    self._say(b"250-here\r\n250 AUTH PLAIN LOGIN")
                case "RCPT":
                    receiver = line.decode().split("<")[1].split(">")[0]
                    self._say(b"250 ok")
                case "DATA":
                    self._say(b"354 go on")
                    self.server.got.append((receiver, self._letter()))
                    self._say(b"250 taken")
                case "QUIT":
                    self._say(b"221 bye")
                    return
                case "AUTH":
                    self._say(b"235 welcome")
                case _:
                    self._say(b"250 ok")

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, answer: bytes) -> None:
        self.wfile.write(answer + b"\r\n")


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def make_session(organisation: Organisation) -> Callable[..., Session]:
    def make(scheduled_at: datetime | None = None, **person: str) -> Session:
        known = {"name": "Ada Byron", "email": "ada@example.com", "phone": "+14155550123", **person}
        candidate = Candidate.objects.create(organisation=organisation, **known)
        wish = SessionWish(job_role="Backend engineer", num_questions=1, scheduled_at=scheduled_at)
        return create_session(wish, now=NOON, owner=Owner(organisation=organisation, candidate=candidate))[0]

    return make
