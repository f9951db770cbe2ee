"""Starts a real server of its own for a benchmark: own database, own port, chosen speech engine."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

from bench.machine import Usage, usage_of_tree

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 180


class Server:
    """A server as `make run` starts it, in a folder that is thrown away afterwards."""

    def __init__(self, *, model: Path | None, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="viva-bench-"))
        self.port = _free_port()
        engine = {"SPEECH_ENGINE": "faster_whisper", "WHISPER_MODEL": str(model)} if model else {}
        self.environment = {
            **os.environ,
            "ENV_FILE": "/dev/null",
            "VAR_DIR": str(self.folder / "var"),
            "PORT": str(self.port),
            "LOCAL": "true",
            "INTERVIEWER": "scripted",
            "SPEECH_WINDOW": "tight",
            "LOG_LEVEL": "WARNING",
            **engine,
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def __enter__(self) -> "Server":
        self.manage("migrate", "--verbosity", "0")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Start and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the server ended:\n{self.log_text()[-3000:]}")
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/api/health/", timeout=2) as answer:
                    if json.load(answer)["ready"]:
                        return
            except (URLError, OSError):
                pass
            time.sleep(0.2)
        raise RuntimeError(f"the server did not answer:\n{self.log_text()[-3000:]}")

    def log_text(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def kill(self) -> None:
        """As a crash does: no farewell."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()

    def usage(self) -> Usage:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return usage_of_tree(self._process.pid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
