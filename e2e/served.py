"""The project as `make run` serves it, in a folder that is thrown away afterwards."""

import atexit
import functools
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from e2e.server_process import ROOT, ServerProcess, local_settings

# Tests sign in far more often in a minute than a person, and have no secrets.
FOR_TESTS = {"RATE_LIMITS": "false", "DJANGO_SETTINGS_MODULE": "e2e.quick_settings"}


class Served(ServerProcess):
    """Use it as a context: outside of it nothing of it is left."""

    def __init__(self, model: Path | None, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="viva-served-"))
        super().__init__(local_settings(self.folder / "var", model, **settings), self.folder / "server.log")
        self._maker: subprocess.Popen[str] | None = None

    def run(self, *arguments: str) -> str:
        """Run a Python command of the project in the server's environment and give what it prints."""
        return _run(self.environment, *arguments)

    def make(self, what: str, *arguments: Any) -> Any:
        """Have something made beside the server, see e2e/maker.py. Raises RuntimeError when that failed."""
        if self._maker is None:
            self._maker = subprocess.Popen(
                [sys.executable, "-m", "e2e.maker"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._maker.stdin is not None
        assert self._maker.stdout is not None
        self._maker.stdin.write(json.dumps([what, arguments]) + "\n")
        self._maker.stdin.flush()
        answer = self._maker.stdout.readline()
        if not answer:
            self._dismiss_maker()
            raise RuntimeError(f"{what} could not be made; what the maker said stands in the captured output")
        return json.loads(answer)

    def _dismiss_maker(self) -> None:
        maker, self._maker = self._maker, None
        if maker is not None:
            maker.kill()
            maker.communicate()

    def __enter__(self) -> "Served":
        var = Path(self.environment["VAR_DIR"])
        var.mkdir()
        shutil.copy(_migrated_database(), var)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dismiss_maker()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def _migrated_database() -> Path:
    """One to copy, made once for all: migrating takes longer than starting a server."""
    folder = Path(tempfile.mkdtemp(prefix="viva-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _run(local_settings(folder, None, SPEECH_ENGINE="scripted"), "manage.py", "migrate", "--verbosity", "0")
    return folder / "viva.sqlite3"


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout
