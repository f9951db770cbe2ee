"""An organisation with people and interviews in every state, and who may look at them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from e2e.served import Served


@dataclass(frozen=True)
class Hired:
    """Numbers of its rows, by the place of each state in e2e/make_hired.py."""

    user: str
    watcher: str
    password: str
    interviews: list[int]
    candidates: list[int]
    job: int

    @property
    def for_watcher(self) -> "Hired":
        """The same, as somebody sees it who may only look."""
        return replace(self, user=self.watcher)


@contextmanager
def served_without_limits() -> Iterator[Served]:
    """Signing in often is what these tests do."""
    with Served(None, SPEECH_ENGINE="scripted", RATE_LIMITS="false") as running:
        yield running


def hire(server: Served) -> Hired:
    return Hired(**json.loads(server.run("-m", "e2e.make_hired").splitlines()[-1]))
