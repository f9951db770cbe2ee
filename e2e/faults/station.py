"""A real server that a test may kill, stop and start again, and a desk that looks into its database."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from e2e.beside import Desk, run_beside
from e2e.server_process import ServerProcess, local_settings


class Station:
    """One database folder, one or more servers on it. Use it with `open_station`."""

    def __init__(self, folder: Path, model: Path | None, settings: dict[str, str]) -> None:
        self.folder = folder
        embedded = {"DATABASE_URL": "", "REDIS_URL": "", "SPEECH_CAPACITY": "40"}
        self.environment = local_settings(folder, model, **(embedded | settings))
        self._desk = Desk("e2e.faults.desk", self.environment)
        self.servers: list[Server] = []

    @property
    def server(self) -> "Server":
        return self.servers[0]

    def manage(self, *arguments: str) -> str:
        return run_beside(self.environment, "manage.py", *arguments)

    def start(self) -> None:
        """Start every server that does not run."""
        resting = [server for server in self.servers if not server.is_running]
        with ThreadPoolExecutor() as threads:
            list(threads.map(Server.start, resting))

    def ask(self, question: str, *arguments: Any) -> Any:
        """Ask the desk (e2e/faults/desk.py)."""
        return self._desk.ask(question, *arguments)

    def close_desk(self) -> None:
        self._desk.close()

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
