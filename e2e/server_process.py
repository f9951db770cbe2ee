"""One `manage.py serve` of a test or a benchmark: started until ready, stopped kindly or killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from socket import socket
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 180
STOPS_WITHIN_S = 20


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def local_settings(var_dir: Path, model: Path | None, **settings: str) -> dict[str, str]:
    """The environment of a server as `make run` starts it, with all of its data in `var_dir`."""
    engine = {"SPEECH_ENGINE": "faster_whisper", "WHISPER_MODEL": str(model)} if model else {}
    return {
        **os.environ,
        "ENV_FILE": os.devnull,
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "VAR_DIR": str(var_dir),
        "LOCAL": "true",
        "LOG_LEVEL": "WARNING",
        "INTERVIEWER": "scripted",
        "SPEECH_WINDOW": "tight",
        **engine,
        **settings,
    }


class ServerProcess:
    """Serves on a port of its own; started again it keeps the port."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.environment = {**environment, "PORT": str(self.port)}
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it is ready, its model loaded. Raises RuntimeError with the end of its log."""
        command = [sys.executable, "manage.py", "serve"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()[-3000:]}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/api/health/", timeout=5) as answer:
                return bool(json.load(answer)["ready"])
        except (URLError, OSError):
            return False

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def stop(self) -> None:
        """As a deployment does: SIGTERM, then wait."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def kill(self) -> None:
        """As a crash does: no farewell."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()
