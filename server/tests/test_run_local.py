"""Starting on a laptop: a busy port is explained, the printed address works, data are kept."""

import hashlib
import signal
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

import pytest
from django.core.management import CommandError, call_command

from server.management.commands.run_local import require_free_port

ROOT = Path(__file__).resolve().parent.parent.parent
ATTEMPTS = 300


def test_a_free_port_is_fine(free_port: int) -> None:
    require_free_port("127.0.0.1", free_port)


def test_a_busy_port_is_explained(free_port: int) -> None:
    with (
        create_server(("127.0.0.1", free_port)),
        pytest.raises(CommandError, match=f"Port {free_port} is in use.*make run PORT="),
    ):
        require_free_port("127.0.0.1", free_port)


def test_it_is_found_before_the_database_is_touched(free_port: int, settings: object) -> None:
    settings.PORT = free_port  # type: ignore[attr-defined]
    with create_server(("127.0.0.1", free_port)), pytest.raises(CommandError, match="in use"):
        call_command("run_local")


@contextmanager
def running(manage: Callable[..., str], port: int, *arguments: str) -> Iterator[list[str]]:
    """`make run` without the installation; gives what it prints up to the moment when it serves."""
    serving = subprocess.Popen(
        [sys.executable, "manage.py", "run_local", *arguments],
        cwd=ROOT,
        env={**manage.environment, "PORT": str(port), "LOCAL": "true"},  # type: ignore[attr-defined]
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert serving.stdout
    told: list[str] = []
    try:
        for line in serving.stdout:
            told.append(line)
            if "Stop with Ctrl-C" in line:
                break
        yield told
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)


def open_room(told: list[str], context: ssl.SSLContext | None = None) -> str:
    """Open the printed address as soon as somebody answers there; gives the address it leads to."""
    room = next(line.strip() for line in told if "/i/" in line)
    handlers = [urllib.request.HTTPCookieProcessor(), urllib.request.HTTPSHandler(context=context)]
    browser = urllib.request.build_opener(*handlers)
    for _ in range(ATTEMPTS):
        try:
            with browser.open(room, timeout=10) as page:
                return str(page.url)
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            threading.Event().wait(0.1)
    raise AssertionError("".join(told))


def test_the_printed_address_leads_to_a_room_and_data_are_kept(
    manage: Callable[..., str], free_port: int
) -> None:
    rooms = []
    for _ in range(2):
        with running(manage, free_port) as told:
            rooms.append(open_room(told))
            assert any("password" in line for line in told)
    first, second = rooms
    assert "/room/" in first
    assert first != second
    count = "from interviews.models import Session; print(Session.objects.count())"
    assert manage("shell", "--no-imports", "-c", count).strip() == "2"


def test_over_https_the_certificate_is_the_one_announced(manage: Callable[..., str], free_port: int) -> None:
    with running(manage, free_port, "--https") as told:
        made = Path(manage.environment["VAR_DIR"]) / "https/certificate.pem"  # type: ignore[attr-defined]
        assert open_room(told, ssl.create_default_context(cafile=made)).startswith(
            f"https://localhost:{free_port}/room/"
        )
        shown = ssl.get_server_certificate(("127.0.0.1", free_port))
        fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest().upper()
        announced = next(line for line in told if "SHA-256" in line)
        assert announced.replace(":", "").split()[-1] == fingerprint
