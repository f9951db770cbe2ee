"""Makes handlers of plain functions, each call in a thread of its own, as a request has."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import ThreadSensitiveContext

from interviews.background.kinds import Handler
from interviews.live.patient_database import ask


def in_a_thread(work: Callable[[dict[str, Any]], None]) -> Handler:
    """For work that waits for a mail server, or for the process that runs a session.

    That may be this very process: in the thread that all background work shares, it would wait for itself.
    """

    async def handle(payload: dict[str, Any]) -> None:
        async with ThreadSensitiveContext():
            await ask(work, payload)

    return handle
