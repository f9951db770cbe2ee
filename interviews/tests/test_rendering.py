"""Reports are typeset in a process of their own, which may die."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviews.rendering import Renderer
from reports import sample
from reports.pdf.render import render_pdf


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def test_the_same_bytes_as_without_it(renderer: Renderer) -> None:
    assert renderer.pdf(sample.short()) == render_pdf(sample.short())


def test_a_killed_worker_costs_one_fresh_start(renderer: Renderer) -> None:
    first = renderer.pdf(sample.none())
    assert renderer._pool is not None
    for pid in list(renderer._pool._processes):
        os.kill(pid, signal.SIGKILL)
    assert renderer.pdf(sample.none()) == first


SERVER = """
import os, time
from interviews.rendering import Renderer
from reports import sample

if __name__ == "__main__":
    renderer = Renderer()
    renderer.pdf(sample.none())
    print("rendered", flush=True)
    time.sleep(60)
"""


def test_a_worker_does_not_outlive_its_server(tmp_path: Path, repo_root: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    environment = {**os.environ, "PYTHONPATH": str(repo_root)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"rendered\n"
        server.kill()
        server.communicate(timeout=20)  # the worker writes to the same pipe: it ends with the last of them
