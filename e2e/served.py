"""The project as `make run` serves it, in a folder that is thrown away afterwards."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from e2e.server_process import ROOT, ServerProcess, local_settings


class Served(ServerProcess):
    """Use it as a context: outside of it nothing of it is left."""

    def __init__(self, model: Path | None, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="viva-served-"))
        super().__init__(local_settings(self.folder / "var", model, **settings), self.folder / "server.log")

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
