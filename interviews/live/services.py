"""What a runner needs of the rest of the process, gathered in one place so that tests can bring their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from interviews.interviewer.ports import Interviewer
from interviews.language_model import Spend
from interviews.live.bus import Bus
from interviews.live.hearing import Ear
from interviews.mind.ports import Mind
from interviews.models import Session
from speech.listening import Heard
from speech.speaking import Voice


class Door(Protocol):
    """Admission of live voice sessions to this machine."""

    def enter(self, session_key: str, *, is_return: bool) -> None:
        """Take a place. Raises OverloadedError when there is none."""
        ...

    def leave(self, session_key: str) -> None: ...


class OverloadedError(Exception):
    """Every place is taken; come back after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"all places are taken, come back in {retry_after_s} s")
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, kw_only=True)
class Services:
    """The process's parts as the live session sees them."""

    owner: str  # names this process in leases
    clock: Callable[[], datetime]
    bus: Bus
    door: Door
    mind: Mind
    fallback: Interviewer  # carries on where the mind's own interviewer fails
    spend_for: Callable[[int], Spend]  # where the cost of what is asked for a session goes
    has_prepared_replies: bool = False
    make_ear: Callable[[Session, int, Callable[[Heard], None]], Ear]
    facts: Callable[[], dict[str, Any]]  # which engines are live, for the page
    make_person_ear: Callable[[Session, Callable[[Heard], None]], Ear] | None = None  # None: as candidates'
    voice: Voice | None = None  # None: the page speaks by itself
    work_waits: Callable[[], None]  # background work was asked for; returns at once
