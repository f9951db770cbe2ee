"""A receiver of webhooks on this machine, and resolvers that follow a script."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from messaging.webhooks.addresses import AddressPolicy
from messaging.webhooks.backends.http import HttpSender

NAME = "hooks.example"


class Receiver(ThreadingHTTPServer):
    """Answers as its script says, with (status, body, headers); the last one stays."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[tuple[int, bytes, dict[str, str]]] = [(200, b"thanks", {})]
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.closed = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def answers(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.script = [(status, body, headers)]

    def handle_error(self, request: object, client_address: object) -> None:
        """Senders that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        script = self.server.script
        status, answer, headers = script.pop(0) if len(script) > 1 else script[0]
        if status == 0:  # says nothing until the test is over
            self.server.closed.wait(5)
            return
        self.send_response(status)
        for name, value in {"Content-Length": str(len(answer)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.closed.set()
        server.shutdown()
        thread.join()


class ScriptedResolver:
    """Answers with one list after the other; the last one stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def resolves() -> type[ScriptedResolver]:
    return ScriptedResolver


@pytest.fixture
def here(receiver: Receiver) -> AddressPolicy:
    """Lets the receiver be asked: by a policy of the test's own, as no setting would."""
    return AddressPolicy(to_private=True, plain_http=True, ports=frozenset({receiver.port}))


@pytest.fixture
def sender(here: AddressPolicy) -> HttpSender:
    return HttpSender(here, ScriptedResolver(["127.0.0.1"]))


@pytest.fixture
def serve_tls(receiver: Receiver, tmp_path: Path) -> Callable[[str], ssl.SSLContext]:
    """Has the receiver speak TLS with a certificate for a name; gives the context that trusts it."""

    def serve(name: str) -> ssl.SSLContext:
        certificate, key = _certificate(name, tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
        return ssl.create_default_context(cafile=str(certificate))

    return serve


def _certificate(name: str, folder: Path) -> tuple[Path, Path]:
    private, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files
