"""Tells the page which audio it may forget: what held no speech, or whose words are in the log."""

import logging
from collections.abc import Awaitable, Callable

from django.db import DatabaseError, InterfaceError

from interviews.live import log
from interviews.live.hearing import Hearing
from interviews.live.patient_database import ask
from interviews.live.recording import store_spans
from interviews.live.signals import AudioAck, Signal
from interviews.models import Session

logger = logging.getLogger(__name__)


class AudioKeeper:
    """Stores the recording first, notes the offset with the lease, and only then lets the page forget."""

    def __init__(
        self, session: Session, *, send: Callable[[Signal], None], note: Callable[[int], Awaitable[None]]
    ) -> None:
        """`note` writes an acknowledged offset to the session; it raises FencedError."""
        self._session_id: int = session.pk
        self._name = str(session.uuid)
        self._send = send
        self._note = note
        self._is_failing = False

    async def acknowledge(self, line: Hearing, offset: int) -> None:
        """Everything before `offset` is settled; its words are in the log by now."""
        if offset <= line.acked:
            return
        if not line.is_practice:
            if not await self._store(line, offset):
                return
            await self._note(offset)
        line.acked = offset
        self._send(AudioAck(offset=offset))

    async def _store(self, line: Hearing, until: int) -> bool:
        """False where the recording can't be kept just now: the page keeps it, a later second tries again."""
        spans = line.recorder.take(until)
        if not spans:
            return True
        try:
            await ask(store_spans, self._session_id, self._name, spans)
        except (DatabaseError, InterfaceError, log.FencedError):
            raise
        except Exception as error:  # noqa: BLE001 (each storage has errors of its own; none may end an interview)
            line.recorder.put_back(spans)
            self._tell("the recording can't be stored, it is tried again: %s", error, is_failing=True)
            return False
        self._tell("the recording is stored again", is_failing=False)
        return True

    def _tell(self, message: str, *details: object, is_failing: bool) -> None:
        """Once for each change."""
        if is_failing != self._is_failing:
            level = logging.ERROR if is_failing else logging.WARNING
            logger.log(level, message, *details, extra={"session": self._session_id})
        self._is_failing = is_failing
