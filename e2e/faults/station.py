"""A real server that a test may kill, stop and start again, and a desk that looks into its database."""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from e2e.server_process import ROOT, ServerProcess, local_settings


class Station:
    """One database folder, one or more servers on it. Use it with `open_station`."""

    def __init__(self, folder: Path, model: Path | None, settings: dict[str, str]) -> None:
        self.folder = folder
        embedded = {"DATABASE_URL": "", "REDIS_URL": "", "SPEECH_CAPACITY": "40"}
        self.environment = local_settings(folder, model, **(embedded | settings))
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

    def start(self) -> None:
        """Start every server that does not run."""
        resting = [server for server in self.servers if not server.is_running]
        with ThreadPoolExecutor() as threads:
            list(threads.map(Server.start, resting))

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


class Server(ServerProcess):
    """One daphne process."""

    def __init__(self, station: Station, number: int) -> None:
        super().__init__(station.environment, station.folder / f"server-{number}.log")

    def socket_url(self, uuid: str) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/interviews/{uuid}/"

    def monitor_url(self, uuid: str) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/monitor/{uuid}/"

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
def open_station(
    model: Path, prepare: Callable[[Station], None], *, servers: int = 1, **settings: str
) -> Iterator[Station]:
    """A station whose database `prepare` made, with its servers running; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="viva-faults-"))
    station = Station(folder, model, settings)
    try:
        prepare(station)
        station.servers = [Server(station, number) for number in range(servers)]
        station.start()
        yield station
    finally:
        station.close()
        shutil.rmtree(folder, ignore_errors=True)
