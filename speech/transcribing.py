"""The recognition tasks of one listener: finals, a final on speculation, and one partial at a time."""

import asyncio
import logging
from collections.abc import Callable

from msgspec import Struct

from speech.reports import Recognised
from speech.transcript import EngineError, Recognition, SupersededError

logger = logging.getLogger(__name__)

MOST_FINALS_AT_ONCE = (
    16  # a quarter of what the recogniser takes of one session: a long re-send is never refused
)


class Speculation(Struct, frozen=True):
    start: int
    end: int
    task: "asyncio.Task[Recognised]"


class Transcribing:
    """Starts recognitions and drops those that nobody wants any more. Call `aclose()` when done."""

    def __init__(self, recognition: Recognition, *, session: str, language: str) -> None:
        self._recognition = recognition
        self._session = session
        self._language = language
        self._speculation: Speculation | None = None
        self._partial: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._places = asyncio.Semaphore(MOST_FINALS_AT_ONCE)

    def speculate(self, start: int, end: int, pcm: bytes) -> None:
        """Begin the final of [start, end) before it is certain that nothing more is said."""
        self.drop_speculation()
        self._speculation = Speculation(start, end, self._spawn_final(pcm))

    def drop_speculation(self) -> None:
        if self._speculation is not None:
            self._speculation.task.cancel()
            self._speculation = None

    def finish(self, start: int, end: int, pcm: bytes, then: Callable[[Recognised], None]) -> None:
        """Have [start, end) recognised, from the speculation if that was the same audio, and call `then`."""
        guess, self._speculation = self._speculation, None
        if guess is not None and (guess.start, guess.end) != (start, end):
            guess.task.cancel()
            guess = None
        task = guess.task if guess is not None else self._spawn_final(pcm)

        def report(done: "asyncio.Task[Recognised]") -> None:
            if not done.cancelled():
                then(done.result())

        task.add_done_callback(report)

    @property
    def is_partial_running(self) -> bool:
        return self._partial is not None

    def start_partial(self, pcm: bytes, then: Callable[[str], None]) -> None:
        """Recognise the open utterance so far; `then` is not called when it was superseded or has failed."""
        self.drop_partial()
        self._partial = task = asyncio.get_running_loop().create_task(self._run_partial(pcm, then))
        self._keep(task)

    def drop_partial(self) -> None:
        if self._partial is not None:
            self._partial.cancel()
            self._partial = None

    @property
    def tasks(self) -> "set[asyncio.Task[object]]":
        return set(self._tasks)

    async def aclose(self) -> None:
        """Stop everything; nothing is reported afterwards."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _spawn_final(self, pcm: bytes) -> "asyncio.Task[Recognised]":
        task = asyncio.get_running_loop().create_task(self._run_final(pcm))
        self._keep(task)
        return task

    def _keep(self, task: "asyncio.Task[object] | asyncio.Task[Recognised] | asyncio.Task[None]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_final(self, pcm: bytes) -> Recognised:
        clock = asyncio.get_running_loop().time
        began = clock()
        transcript, message = None, ""
        try:
            async with self._places:
                transcript = await self._recognition.transcribe(
                    pcm, session=self._session, kind="final", language=self._language
                )
        except (EngineError, SupersededError) as error:
            message = str(error) or type(error).__name__
        except Exception as error:
            logger.exception("recognition failed in an unknown way", extra={"session": self._session})
            message = type(error).__name__
        return Recognised(transcript, message, int((clock() - began) * 1_000))

    async def _run_partial(self, pcm: bytes, then: Callable[[str], None]) -> None:
        me = asyncio.current_task()
        try:
            transcript = await self._recognition.transcribe(
                pcm, session=self._session, kind="partial", language=self._language
            )
        except (EngineError, SupersededError):
            return
        finally:
            if self._partial is me:
                self._partial = None
        if transcript.text:
            then(transcript.text)
