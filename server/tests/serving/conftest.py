"""Servers of one's own, each a process as `manage.py serve` starts it, on a database they may share."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

PATIENCE_S = 30.0
SET_UP = """
import json
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken
from server.demo import make_demo
demo = make_demo(timezone.now(), retention_days=1)
demo.session.settings = {"away_pause_ms": 600_000}
demo.session.save()
bearer = str(AccessToken.for_user(demo.session.owner))
print(json.dumps({"uuid": str(demo.session.uuid), "token": demo.token, "bearer": bearer}))
"""


class Process:
    """One server; `folder` holds its database and log."""

    def __init__(self, root: Path, folder: Path, port: int, **environment: str) -> None:
        self.port = port
        self.log = folder / f"server-{port}.log"
        self.running: subprocess.Popen[bytes] | None = None
        self._root = root
        self._environment = {
            **os.environ,
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'served.sqlite3'}",
            "REDIS_URL": "",
            "PORT": str(port),
            "SPEECH_ENGINE": "scripted",
            "HF_HUB_OFFLINE": "1",
            **environment,
        }

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=self._root, env=self._environment, capture_output=True, text=True, check=True
        ).stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=self._root,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def until_open(self) -> "Process":
        async with asyncio.timeout(PATIENCE_S):
            while not self.is_open:
                assert self.running is not None
                assert self.running.poll() is None, self.log_text
                await asyncio.sleep(0.05)
        return self

    @property
    def is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def log_text(self) -> str:
        return self.log.read_text()

    def signal(self, sent: signal.Signals) -> None:
        assert self.running is not None
        self.running.send_signal(sent)

    async def ended(self) -> int:
        """Its exit status, once it has one."""
        assert self.running is not None
        async with asyncio.timeout(PATIENCE_S):
            while self.running.poll() is None:  # noqa: ASYNC110 (it is another process)
                await asyncio.sleep(0.02)
        return int(self.running.returncode)

    def kill(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait()

    def at(self, path: str) -> str:
        return f"ws://127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="module")
def prepared(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with a database to copy, and the ways into the demo interview in it."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Process(repo_root, folder, 1)
    made.manage("migrate", "--verbosity=0")
    ways: dict[str, str] = json.loads(made.manage("shell", "--verbosity=0", "-c", SET_UP))
    return folder, ways


@pytest.fixture
def demo(prepared: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return prepared[1]


@pytest.fixture
def make_process(
    repo_root: Path, tmp_path: Path, prepared: tuple[Path, dict[str, str]]
) -> Iterator[Callable[..., Process]]:
    """Servers that share one copy of the prepared database."""
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    made: list[Process] = []

    def make(**environment: str) -> Process:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            made.append(Process(repo_root, tmp_path, probe.getsockname()[1], **environment))
        return made[-1]

    yield make
    for process in made:
        process.kill()


@pytest.fixture
def process(make_process: Callable[..., Process]) -> Process:
    return make_process()


@pytest.fixture
async def served(process: Process) -> Process:
    process.start()
    return await process.until_open()


@pytest.fixture
def bearer(demo: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {demo['bearer']}"}


@pytest.fixture
def close_of() -> Callable[[Any], Awaitable[tuple[int | None, str]]]:
    """Reads a connection to its end; code and reason of its close."""

    async def read(connection: Any) -> tuple[int | None, str]:
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await connection.recv()
        return connection.close_code, connection.close_reason or ""

    return read
