"""Reports are typeset in a process of their own, which may die."""

import os
import signal
from collections.abc import Iterator

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
