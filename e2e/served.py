"""The project as `make run` serves it, in a folder that is thrown away afterwards."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from socket import socket
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 120


class Served:
    """Use it as a context: outside of it nothing of it is left."""

    def __init__(self, model: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="viva-e2e-"))
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {
            **os.environ,
            "VAR_DIR": str(self.folder / "var"),
            "PORT": str(self.port),
            "LOCAL": "true",
            "LOG_LEVEL": "WARNING",
            "SPEECH_ENGINE": "faster_whisper",
            "WHISPER_MODEL": str(model),
            "SPEECH_WINDOW": "tight",
            "INTERVIEWER": "scripted",
        }

    def run(self, *arguments: str) -> str:
        """Run a Python command of the project in the server's environment and give what it prints."""
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def __enter__(self) -> "Served":
        self.run("manage.py", "migrate", "--verbosity", "0")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()[-3000:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """As a crash does: no farewell."""
        self._process.kill()
        self._process.wait()

    def log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")
