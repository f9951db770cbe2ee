"""Work handed to others, where there are some: workers of their own that are told the numbers of rows.

The rows stay the truth. A crew that does not answer, loses a message or is busy loses no work: what has been
due for `TAKE_OVER` is done by whoever looks, and all of it at once where no crew is there.
"""

import asyncio
import importlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Protocol, cast

from interviews.background import rows
from interviews.live.patient_database import ask

logger = logging.getLogger(__name__)
TAKE_OVER = timedelta(seconds=60)  # longer than a crew with a free hand ever takes to begin
LOOK_EVERY_S = 10.0  # while a crew is there: nobody tells of its leaving, or of what it puts off


class CrewError(Exception):
    """The crew could not be told."""


class Crew(Protocol):
    """Both calls may block for some seconds."""

    def is_there(self) -> bool: ...

    def call(self, pks: Sequence[int]) -> None:
        """Tell it of work that is due; it claims what it begins. Raises CrewError."""
        ...


class HandOver:
    """Tells a crew of what is due, each once; and this process, what is left for it."""

    def __init__(self, crew: Crew, kinds: tuple[str, ...]) -> None:
        self._crew = crew
        self._kinds = kinds
        self._told: set[rows.Due] = set()
        self._thread = ThreadPoolExecutor(1, "crew")  # a broker that hangs holds up nobody else

    async def left_by(self, now: datetime) -> datetime | None:
        """What was due by then is this process's to do; None where it is all its own."""
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self._thread, self._crew.is_there):
            self._told.clear()
            return None
        due = set(await ask(rows.due, now=now, kinds=self._kinds))
        new = sorted(one.pk for one in due - self._told)
        try:
            await loop.run_in_executor(self._thread, self._crew.call, new)
        except CrewError as error:
            logger.warning("background work is done here: %s", error)
            return None
        self._told = due
        return now - TAKE_OVER

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


def build_crew(redis_url: str) -> Crew | None:
    """Celery's workers, where there is a broker. Celery is imported only then: it takes 0.3 s and 25 MB."""
    if not redis_url:
        return None
    return cast("Crew", importlib.import_module("interviews.background.backends.celery").CeleryCrew())
