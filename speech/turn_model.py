"""The port to the turn model: from the sound alone, does this speaker seem to have finished?"""

from typing import Protocol


class TurnModel(Protocol):
    async def completeness(self, pcm: bytes) -> float | None:
        """This will give 0..1, how much the end of `pcm` (mono s16le 16 kHz, the last 8 s) sounds like an
        end.

        None means no opinion: no model, or no time for it. Never raises but when cancelled.
        """
        ...

    def describe(self) -> str:
        """Its name for logs and health, or why there is none."""
        ...


class NoTurnModel:
    """Stands where no turn model is installed; the other hints decide then."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    async def completeness(self, pcm: bytes) -> float | None:
        return None

    def describe(self) -> str:
        return f"none ({self._reason})"
