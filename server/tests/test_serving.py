"""The server as `manage.py serve` starts it: a process of its own, real sockets, signals."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.serving import endpoint

PATIENCE_S = 30.0
SIGN_UP = """
from accounts.models import User
from rest_framework_simplejwt.tokens import AccessToken
print(AccessToken.for_user(User.objects.create_user("rae", "rae@example.org", "long-enough-1")))
"""


class Process:
    """One `manage.py serve` with a database of its own."""

    def __init__(self, root: Path, folder: Path, port: int) -> None:
        self.port = port
        self.log = folder / "server.log"
        self._root = root
        self._environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'served.sqlite3'}",
            "REDIS_URL": "",
            "PORT": str(port),
            "LOCAL": "true",
            "SPEECH_ENGINE": "scripted",
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=self._root, env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def start(self) -> "subprocess.Popen[bytes]":
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=self._root,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


@pytest.fixture(scope="module")
def prepared(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a database to copy, and the bearer token of somebody in it."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Process(repo_root, folder, 1)
    made.manage("migrate", "--verbosity=0")
    return folder, made.manage("shell", "--verbosity=0", "-c", SIGN_UP).strip()


@pytest.fixture
def process(repo_root: Path, tmp_path: Path, free_port: int, prepared: tuple[Path, str]) -> Process:
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    return Process(repo_root, tmp_path, free_port)


@pytest.fixture
def bearer(prepared: tuple[Path, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {prepared[1]}"}


@pytest.fixture
async def served(process: Process) -> AsyncIterator["subprocess.Popen[bytes]"]:
    running = process.start()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not is_open(process.port):
                assert running.poll() is None, process.log.read_text()
                await asyncio.sleep(0.05)
        yield running
    finally:
        running.kill()
        running.wait()


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def closed(connection: Any) -> tuple[int | None, str]:
    async with asyncio.timeout(PATIENCE_S):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await connection.recv()
    return connection.close_code, connection.close_reason or ""


async def gone(running: "subprocess.Popen[bytes]") -> int:
    async with asyncio.timeout(PATIENCE_S):
        while running.poll() is None:  # noqa: ASYNC110 (it is another process)
            await asyncio.sleep(0.02)
    return running.returncode


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_tells_everyone_to_come_back(
    process: Process, served: Any, bearer: dict[str, str], sent: signal.Signals
) -> None:
    address = f"ws://127.0.0.1:{process.port}/ws/monitor/"
    async with contextlib.AsyncExitStack() as stack:
        sockets = [
            await stack.enter_async_context(connect(address, additional_headers=bearer)) for _ in range(3)
        ]
        for one in sockets:
            await one.recv()
        served.send_signal(sent)
        assert [await closed(one) for one in sockets] == [(4012, "restarting")] * 3
    assert await gone(served) == 0
    assert "Traceback" not in process.log.read_text()


async def test_a_client_that_is_gone_does_not_hold_up_the_end(
    process: Process, served: Any, bearer: dict[str, str]
) -> None:
    address = f"ws://127.0.0.1:{process.port}/ws/monitor/"
    async with connect(address, additional_headers=bearer) as connection:
        await connection.recv()
        connection.transport.pause_reading()
        served.send_signal(signal.SIGTERM)
        assert await gone(served) == 0
        connection.transport.abort()


async def test_no_token_reaches_the_log(process: Process, served: Any) -> None:
    token = "a-very-secret-token"
    address = f"ws://127.0.0.1:{process.port}/ws/interviews/1/?t={token}"
    async with connect(address, subprotocols=["viva.v1", f"token.{token}"]) as connection:
        assert (await closed(connection))[0] == 4401
    reader, writer = await asyncio.open_connection("127.0.0.1", process.port)
    writer.write(f"GET /i/{token}/?t={token} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    await reader.read()
    writer.close()
    served.send_signal(signal.SIGTERM)
    await gone(served)
    log = process.log.read_text()
    assert "/ws/interviews/1/" in log
    assert token not in log


async def test_a_half_open_handshake_is_given_up(process: Process, served: Any) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", process.port)
    writer.write(b"GET /ws/monitor/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n")
    await writer.drain()
    async with connect(f"ws://127.0.0.1:{process.port}/ws/monitor/") as other:
        assert (await closed(other))[0] == 4401
    writer.close()
    await reader.read()


async def test_a_plain_request_to_a_sockets_address_is_no_socket(process: Process, served: Any) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(f"ws://127.0.0.1:{process.port}/ws/monitor/", origin="garbage"):
            pass


def test_a_port_that_is_taken_is_explained(process: Process) -> None:
    with socket.create_server(("127.0.0.1", process.port)):
        running = process.start()
        assert running.wait(PATIENCE_S) != 0
    assert f"port {process.port}" in process.log.read_text()


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"host": "127.0.0.1"}, "tcp:8000:interface=127.0.0.1"),
        ({"host": "[::1]"}, r"tcp:8000:interface=\:\:1"),
        (
            {"host": "192.0.2.1", "certificate": "c:/a=b.pem", "key": "k.pem"},
            r"ssl:8000:privateKey=k.pem:certKey=c\:/a\=b.pem:interface=192.0.2.1",
        ),
    ],
)
def test_where_to_listen(given: dict[str, str], wanted: str) -> None:
    assert endpoint(given.pop("host"), 8_000, **given) == wanted
