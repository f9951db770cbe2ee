"""What a runner needs of the rest of the process, gathered in one place so that tests can bring their own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from interviews.interviewer.ports import Interviewer
from interviews.live.bus import Bus
from interviews.live.hearing import Ear
from interviews.models import Session
from speech.listening import Heard


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


class Services:
    """The process's parts as the live session sees them."""

    def __init__(
        self,
        *,
        owner: str,
        clock: Callable[[], datetime],
        bus: Bus,
        door: Door,
        interviewer: Interviewer,
        fallback: Interviewer,
        make_ear: Callable[[Session, int, Callable[[Heard], None]], Ear],
        facts: Callable[[], dict[str, Any]],
        finish: Callable[[int], None],
    ) -> None:
        self.owner = owner  # names this process in leases
        self.clock = clock
        self.bus = bus
        self.door = door
        self.interviewer = interviewer
        self.fallback = fallback
        self.make_ear = make_ear
        self.facts = facts  # which engines are live, for the page
        self.finish = finish  # evaluates a session that has ended; sync, may take a moment
