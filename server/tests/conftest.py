"""A whole server of one's own, as `make run` starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ATTEMPTS = 200


@pytest.fixture(scope="module")
def manage(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a management command on a database of this module's own and gives what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"VAR_DIR": str(tmp_path_factory.mktemp("var")), "ENV_FILE": os.devnull}
    environment |= {"SPEECH_ENGINE": "scripted", "LOG_FORMAT": "plain", "HF_HUB_OFFLINE": "1"}

    def run(*arguments: str, **extra: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env={**environment, **extra}, capture_output=True, text=True, check=True
        ).stdout

    run.environment = environment  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="module")
def site(manage: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with a migrated database."""
    manage("migrate", "--no-input")
    manage(
        "createsuperuser",
        "--no-input",
        DJANGO_SUPERUSER_USERNAME="root",
        DJANGO_SUPERUSER_EMAIL="root@viva.example",
        DJANGO_SUPERUSER_PASSWORD="a password for tests",
    )
    port = _free_port()
    log = tmp_path_factory.mktemp("log") / "serve.log"
    with log.open("w") as output:
        serving = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**manage.environment, "PORT": str(port)},  # type: ignore[attr-defined]
            stdout=output,
            stderr=output,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, serving, log)
            yield address
        finally:
            serving.terminate()
            serving.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, serving: "subprocess.Popen[bytes]", log: Path) -> None:
    """Ask until the server answers; each refused connection takes its own short while."""
    for _ in range(ATTEMPTS):
        try:
            urlopen(f"{address}/static/admin/css/base.css", timeout=5).close()
        except URLError:
            try:
                serving.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"The server ended: {log.read_text()}") from None
        else:
            return
    raise AssertionError(f"The server never answered: {log.read_text()}")
