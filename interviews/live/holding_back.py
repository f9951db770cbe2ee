"""Keeps the candidate's words back while it can't be known yet whether they are a person's, come back.

A person who has taken over may be heard through the candidate's microphone. Their own words tell, but may be
known a moment later than the echo's. Whatever the ear reports behind such words waits too, in order.
"""

import asyncio
from collections.abc import Callable

from msgspec.structs import replace

from interviews.live.items import EarReported
from speech.listening import UtteranceHeard

LOOK_EVERY_S = 0.05
MOST_S = 3.0  # judged: an answer must not wait longer for somebody who goes on speaking


class HeldBack:
    """Reports of the candidate's ear that wait. For one event loop."""

    def __init__(self, is_behind: Callable[[], bool], put: Callable[[EarReported], None]) -> None:
        """`is_behind`: the person's own words are not known yet; `put` takes what has waited long enough."""
        self._is_behind = is_behind
        self._put = put
        self._reports: list[EarReported] = []
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def keeps(self, report: EarReported) -> bool:
        """Whether this report is to be handled later; it is put in again then."""
        if report.was_held:
            return False
        is_in_doubt = isinstance(report.value, UtteranceHeard) and self._is_behind()
        if not self._reports and not is_in_doubt:
            return False
        if not self._reports:
            loop = asyncio.get_running_loop()
            self._until = loop.time() + MOST_S
            self._timer = loop.call_later(LOOK_EVERY_S, self._look)
        self._reports.append(report)
        return True

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if self._is_behind() and loop.time() < self._until:
            self._timer = loop.call_later(LOOK_EVERY_S, self._look)
        else:
            self.release()

    def release(self) -> None:
        """Put everything in now, whoever is behind."""
        self.close()
        reports, self._reports = self._reports, []
        for report in reports:
            self._put(replace(report, was_held=True))
