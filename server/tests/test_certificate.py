"""Certificates made on this machine: what they cover, and when they are made anew."""

import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, create_server

from server.certificate import kept_certificate, own_names

NAMES = ["localhost", "127.0.0.1", "::1", "laptop"]
NOW = datetime(2026, 5, 4, tzinfo=UTC)


def test_it_is_kept_while_it_fits(tmp_path: Path) -> None:
    first = kept_certificate(tmp_path / "https", NAMES, NOW)
    assert kept_certificate(tmp_path / "https", NAMES[:2], NOW + timedelta(days=300)) == first
    assert stat.S_IMODE(first.key.stat().st_mode) == 0o600


def test_it_is_renewed_before_it_runs_out(tmp_path: Path) -> None:
    first = kept_certificate(tmp_path, NAMES, NOW)
    assert kept_certificate(tmp_path, NAMES, NOW + timedelta(days=391)) != first


def test_a_new_name_needs_a_new_one(tmp_path: Path) -> None:
    first = kept_certificate(tmp_path, NAMES, NOW)
    assert kept_certificate(tmp_path, [*NAMES, "10.1.2.3"], NOW).fingerprint != first.fingerprint


def test_a_client_that_trusts_it_connects_by_name(tmp_path: Path, free_port: int) -> None:
    held = kept_certificate(tmp_path, NAMES, datetime.now(UTC))
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(held.certificate, held.key)
    with create_server(("127.0.0.1", free_port)) as listening:
        server = threading.Thread(target=_greet, args=(ours, listening))
        server.start()
        theirs = ssl.create_default_context(cafile=str(held.certificate))
        with (
            create_connection(("127.0.0.1", free_port)) as raw,
            theirs.wrap_socket(raw, server_hostname="localhost") as secure,
        ):
            assert secure.recv(5) == b"hello"
        server.join()


def test_the_machine_knows_its_own_names() -> None:
    names = own_names(towards=("127.0.0.1", 9))
    assert names[:3] == ["localhost", "127.0.0.1", "::1"]
    assert len(set(names)) == len(names)


def _greet(context: ssl.SSLContext, listening: object) -> None:
    accepted, _ = listening.accept()  # type: ignore[attr-defined]
    with context.wrap_socket(accepted, server_side=True) as secure:
        secure.sendall(b"hello")
