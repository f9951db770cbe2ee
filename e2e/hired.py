"""An organisation with people and interviews in every state, and who may look at them."""

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


def hire(server: Served) -> Hired:
    return Hired(**server.make("hired"))
