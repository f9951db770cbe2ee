"""The recogniser of a process: one line for all sessions in front of its lanes.

Callers await `transcribe`. A job waits in the queue (speech/scheduling.py), a free lane takes it, and a task
of its own carries it out, so that a caller who goes away does not disturb the lane. What fails for a reason
that may pass is tried again on whichever lane is free next, while the failed lane gets ready again.
"""

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from speech.lanes import Lane
from speech.scheduling import Job, Queue
from speech.transcript import (
    BYTES_PER_SAMPLE,
    SAMPLE_RATE_HZ,
    EngineError,
    Kind,
    SupersededError,
    Transcript,
)

LONGEST_S = 30
MOST_TRIES = 3
PAUSE_BEFORE_RETRY_S = (
    0.2  # doubled each time: a server that said 429 or a process that starts anew gets a moment
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Crew:
    """What a recogniser works with. `at_once` is how many utterances one lane carries together.

    `capacity` is the number of sessions that may speak at once; None: `measure` finds it when the lanes are
    ready.
    """

    lanes: Sequence[Lane]
    at_once: int = 1
    capacity: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)  # shown in health


Measure = Callable[["Recognizer"], Awaitable[int]]


class _Call(Struct):
    job: Job
    pcm: bytes
    language: str
    result: "asyncio.Future[Transcript]"
    tries: int = 0


class Recognizer:
    """Recognises for all sessions of this process, fairly, on `lanes`. Used from one event loop."""

    def __init__(self, prepare: Callable[[], Awaitable[Crew]], measure: Measure | None = None) -> None:
        """`prepare` is awaited by `start` and may take as long as a model takes to load."""
        self.capacity = 1  # until it is known
        self._prepare = prepare
        self._measure = measure
        self._facts: dict[str, Any] = {}
        self._lanes: list[Lane] = []
        self._free: list[Lane] = []
        self._queue = Queue()
        self._calls: dict[int, _Call] = {}
        self._keys = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._running_partials = 0
        self._counts = {"finals": 0, "partials": 0, "retries": 0, "failures": 0, "superseded": 0}
        self._state = "loading"

    async def start(self) -> None:
        """This will get the lanes ready and measure the capacity; what is asked meanwhile waits in line.

        Raises EngineError when there is no engine, or none of its lanes could start.
        """
        try:
            crew = await self._prepare()
            self._lanes, self._facts = list(crew.lanes), crew.facts
            self._free = await self._start_lanes() * crew.at_once
        except EngineError as error:
            self._facts = {**self._facts, "error": str(error)}
            self._fail_all()
            raise
        self._queue.lanes = len(self._free)
        self._state = "ready"
        logger.info("%s listens", self._facts.get("label", "the recogniser"))
        self._dispatch()
        if crew.capacity is not None:
            self.capacity = crew.capacity
        elif self._measure is not None:
            self.capacity = await self._measure(self)

    async def _start_lanes(self) -> list[Lane]:
        results = await asyncio.gather(*(lane.start() for lane in self._lanes), return_exceptions=True)
        started = [lane for lane, result in zip(self._lanes, results, strict=True) if result is None]
        for error in results:
            if isinstance(error, EngineError):
                logger.error("a recogniser could not start: %s", error)
            if error is not None and (not started or not isinstance(error, EngineError)):
                raise error
        return started

    def _fail_all(self) -> None:
        self._state = "failed"
        for job in self._queue.drain():
            self._settle(self._calls[job.key], EngineError("No recogniser could be started.", permanent=True))

    async def close(self) -> None:
        """This will end the lanes; whoever still waits gets an EngineError."""
        self._state = "closed"
        self._queue.drain()
        for call in list(self._calls.values()):
            self._settle(call, EngineError("The recogniser is closing."))
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(lane.close() for lane in self._lanes))

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        """This will recognise `pcm` (mono s16le at 16 kHz, up to 30 s) in its turn, fairly among sessions.

        Cancelling takes it out of the line. Raises SupersededError when a newer partial took the place of
        this one or there was no room for it, and EngineError when the engine failed, also when tried again.
        """
        call = self._admit(pcm, session, kind, language)
        try:
            return await call.result
        finally:
            self._calls.pop(call.job.key, None)
            self._queue.remove(call.job)

    @property
    def lanes(self) -> int:
        """How many carriers there are."""
        return len(self._lanes)

    def health(self) -> dict[str, Any]:
        """What an operator wants to know: engine and window, lanes, what waits, what went wrong."""
        return {
            **self._facts,
            "state": self._state,
            "lanes": len(self._lanes),
            "capacity": self.capacity,
            "restarts": sum(max(0, getattr(lane, "restarts", 0)) for lane in self._lanes),
            "waiting": {"finals": self._queue.waiting_finals, "partials": self._queue.waiting_partials},
            "done": dict(self._counts),
        }

    def _admit(self, pcm: bytes, session: str, kind: Kind, language: str) -> _Call:
        if self._state in {"closed", "failed"}:
            raise EngineError("The recogniser is not running.", permanent=True)
        if len(pcm) % BYTES_PER_SAMPLE or len(pcm) > LONGEST_S * SAMPLE_RATE_HZ * BYTES_PER_SAMPLE:
            raise EngineError("Audio must be whole samples and at most 30 s long.", permanent=True)
        audio_ms = len(pcm) * 1000 // (SAMPLE_RATE_HZ * BYTES_PER_SAMPLE)
        job = Job(next(self._keys), session, kind, audio_ms)
        offered = self._queue.offer(job, _now_ms())
        if offered.displaced is not None:
            self._supersede(offered.displaced)
        if not offered.is_taken:
            if kind == "partial":
                raise SupersededError("there is no room for partials")
            raise EngineError("Too much is waiting to be recognised.")
        call = _Call(job, pcm, language, asyncio.get_running_loop().create_future())
        self._calls[job.key] = call
        self._dispatch()
        return call

    def _supersede(self, job: Job) -> None:
        self._counts["superseded"] += 1
        if job.key in self._calls:
            self._settle(self._calls[job.key], SupersededError("a newer one took its place"))

    def _dispatch(self) -> None:
        """Gives work to free lanes while there is both."""
        while self._state == "ready" and self._free:
            job = self._queue.take(self._running_partials)
            if job is None:
                return
            if job.key in self._calls:
                self._begin(self._calls[job.key], self._free.pop(0))

    def _begin(self, call: _Call, lane: Lane) -> None:
        self._running_partials += call.job.kind == "partial"
        task = asyncio.get_running_loop().create_task(self._carry_out(call, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, call: _Call, lane: Lane) -> None:
        try:
            call.tries += 1
            transcript = await lane.transcribe(
                call.pcm, language=call.language, is_partial=call.job.kind == "partial"
            )
            self._counts[f"{call.job.kind}s"] += 1
            self._settle(call, transcript)
        except EngineError as error:
            self._fail(call, error)
            with contextlib.suppress(EngineError):
                await lane.start()  # a dead process loads anew here, and not before the next utterance
        except Exception:  # an engine's own bug must not lose the caller and the lane
            logger.exception("an engine raised what it should not")
            self._fail(call, EngineError("The recogniser failed.", permanent=True))
        finally:
            self._running_partials -= call.job.kind == "partial"
            self._free.append(lane)
            self._dispatch()

    def _fail(self, call: _Call, error: EngineError) -> None:
        may_pass = not error.permanent and call.job.kind == "final" and call.tries < MOST_TRIES
        if may_pass and not call.result.done():
            self._counts["retries"] += 1
            logger.warning("an utterance is tried again: %s", error)
            pause_s = PAUSE_BEFORE_RETRY_S * 2 ** (call.tries - 1)
            asyncio.get_running_loop().call_later(pause_s, self._try_again, call)
            return
        self._counts["failures"] += 1
        self._settle(call, error)

    def _try_again(self, call: _Call) -> None:
        if not call.result.done() and call.job.key in self._calls and self._state == "ready":
            self._queue.put_back(call.job, _now_ms())
            self._dispatch()

    def _settle(self, call: _Call, outcome: Transcript | Exception) -> None:
        if call.result.done():
            return
        if isinstance(outcome, Exception):
            call.result.set_exception(outcome)
        else:
            call.result.set_result(outcome)


def _now_ms() -> int:
    return round(time.monotonic() * 1000)
