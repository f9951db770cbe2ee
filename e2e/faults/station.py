"""A real server that a test may kill, stop and start again, and a desk that looks into its database."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN_S = 90.0
STOPS_WITHIN_S = 20.0


class Station:
    """One database folder, one or more servers on it. Use it with `open_station`."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(folder),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "LOCAL": "true",
            "INTERVIEWER": "scripted",
            "SPEECH_WINDOW": "tight",
            "SPEECH_CAPACITY": "40",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        self._desk: subprocess.Popen[str] | None = None
        self.servers: list[Server] = []

    @property
    def server(self) -> "Server":
        return self.servers[0]

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def add_server(self) -> "Server":
        server = Server(self)
        self.servers.append(server)
        server.start()
        return server

    def ask(self, question: str, *arguments: Any) -> Any:
        """Ask the desk (e2e/faults/desk.py)."""
        if self._desk is None:
            self._desk = subprocess.Popen(
                [sys.executable, "-m", "e2e.faults.desk"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._desk.stdin is not None
        assert self._desk.stdout is not None
        self._desk.stdin.write(json.dumps([question, arguments]) + "\n")
        self._desk.stdin.flush()
        answer = self._desk.stdout.readline()
        assert answer, f"the desk failed at {question}"
        return json.loads(answer)

    def close_desk(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.kill()
            desk.communicate()

    def close(self) -> None:
        self.close_desk()
        for server in self.servers:
            server.stop()


class Server:
    """One daphne process."""

    def __init__(self, station: Station) -> None:
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._station = station
        self._log = station.folder / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**self._station.environment, "PORT": str(self.port)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()[-3000:]}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/", timeout=5):
                return True
        except (URLError, OSError):
            return False

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def socket_url(self, uuid: str) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/interviews/{uuid}/"

    def monitor_url(self, uuid: str) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/monitor/{uuid}/"

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

    def recognisers(self) -> list[int]:
        """The process ids of its recogniser workers."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == self.pid and b"speech.worker_main" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return sorted(found)


@contextlib.contextmanager
def open_station(model: Path, prepare: Callable[[Station], None], **settings: str) -> Iterator[Station]:
    """A station whose database `prepare` made, with one server; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="viva-faults-"))
    engine = {"SPEECH_ENGINE": "faster_whisper", "WHISPER_MODEL": str(model)}
    station = Station(folder, {**engine, **settings})
    try:
        prepare(station)
        station.add_server()
        yield station
    finally:
        station.close()
        shutil.rmtree(folder, ignore_errors=True)
