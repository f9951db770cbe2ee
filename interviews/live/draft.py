"""A decision in the making: rules log events and ask for effects, and see the state that follows at once."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from interviews.live.effects import Effect
from interviews.live.events import Event
from interviews.live.evolving import evolve
from interviews.live.state import SessionState


class Rejection(Struct, frozen=True):
    """Why an input was not taken; the side that sent it is told."""

    code: str
    message: str


class Decision(Struct, frozen=True):
    events: tuple[Event, ...] = ()
    effects: tuple[Effect, ...] = ()
    rejection: Rejection | None = None


class Draft:
    """Collects one decision. `state` already holds what was logged in it."""

    def __init__(self, state: SessionState, at: datetime) -> None:
        self.state = state
        self.at = at
        self._events: list[Event] = []
        self._effects: list[Effect] = []
        self._rejection: Rejection | None = None

    def log(self, event: Event) -> None:
        stamped = replace(event, at=self.at)
        self._events.append(stamped)
        self.state = evolve(self.state, stamped)

    def do(self, *effects: Effect) -> None:
        self._effects.extend(effects)

    def reject(self, code: str, message: str) -> None:
        self._rejection = Rejection(code, message)

    @property
    def is_rejected(self) -> bool:
        return self._rejection is not None

    def decision(self) -> Decision:
        return Decision(tuple(self._events), tuple(self._effects), self._rejection)
