"""What runs beside a test's server, in its environment: commands, and a process that is asked things."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from e2e.server_process import ROOT


def run_beside(environment: dict[str, str], *arguments: str) -> str:
    """Run a Python command of the project and give what it prints. Raises CalledProcessError."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


class Desk:
    """Has a module that calls `answer` do things, one after the other: Django is loaded once for all of them.

    It starts with the first question. Call `close` when done; a later question starts it anew.
    """

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self._module = module
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def ask(self, name: str, *arguments: Any) -> Any:
        """Raises RuntimeError where it failed; why stands in the captured output."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            self.close()
            raise RuntimeError(f"{self._module} failed at {name}; why stands in the captured output")
        return json.loads(answer)

    def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def answer(doing: Mapping[str, Callable[..., Any]]) -> None:
    """The desk's own side: one question a line on stdin, one answer a line on stdout, both JSON."""
    for line in sys.stdin:
        name, arguments = json.loads(line)
        sys.stdout.write(json.dumps(doing[name](*arguments)) + "\n")
        sys.stdout.flush()
