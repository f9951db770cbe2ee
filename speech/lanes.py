"""What carries out recognitions: a worker process, or a connection to a server elsewhere."""

from typing import Protocol

from speech.transcript import Transcript


class Lane(Protocol):
    """One of several equal carriers, given one utterance at a time (a remote one: several)."""

    is_remote: bool

    async def start(self) -> None:
        """This will get ready. Raises EngineError when that is not to be."""
        ...

    async def transcribe(self, pcm: bytes, *, language: str, is_partial: bool) -> Transcript:
        """This will recognise mono s16le PCM at 16 kHz. Raises EngineError.

        Cancelling may cost a reload: a result no longer wanted is better awaited and dropped.
        """
        ...

    async def close(self) -> None:
        """This will give back everything it holds; safe to call twice."""
        ...
