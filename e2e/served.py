"""The project as `make run` serves it, in a folder that is thrown away afterwards."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from e2e.beside import Desk, run_beside
from e2e.server_process import ServerProcess, local_settings

# Tests sign in far more often in a minute than a person, and have no secrets.
FOR_TESTS = {"RATE_LIMITS": "false", "DJANGO_SETTINGS_MODULE": "e2e.quick_settings"}


class Served(ServerProcess):
    """Use it as a context: outside of it nothing of it is left."""

    def __init__(self, model: Path | None, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="viva-served-"))
        super().__init__(local_settings(self.folder / "var", model, **settings), self.folder / "server.log")
        self._maker = Desk("e2e.maker", self.environment)

    def run(self, *arguments: str) -> str:
        """Run a Python command of the project in the server's environment and give what it prints."""
        return run_beside(self.environment, *arguments)

    def make(self, what: str, *arguments: Any) -> Any:
        """Have something made beside the server, see e2e/maker.py. Raises RuntimeError when that failed."""
        return self._maker.ask(what, *arguments)

    def __enter__(self) -> "Served":
        var = Path(self.environment["VAR_DIR"])
        var.mkdir()
        shutil.copy(migrated_database(), var)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._maker.close()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def migrated_database() -> Path:
    """One to copy, made once for all: migrating takes longer than starting a server."""
    folder = Path(tempfile.mkdtemp(prefix="viva-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    run_beside(
        local_settings(folder, None, SPEECH_ENGINE="scripted"), "manage.py", "migrate", "--verbosity", "0"
    )
    return folder / "viva.sqlite3"
