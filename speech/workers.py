"""A lane whose model lives in a process of its own: a crash costs one utterance a retry, never the server.

The event loop talks to it over a socket pair, so it never waits for the model's hold on the interpreter lock.
"""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

from speech.backends.options import EngineOptions
from speech.transcript import EngineError, Transcript
from speech.worker_messages import (
    LENGTH,
    LONGEST,
    Failed,
    FromWorker,
    Load,
    Loaded,
    Recognise,
    Recognised,
    decode_from_worker,
    framed,
)

PROJECT = Path(__file__).resolve().parent.parent
KILLED_WITHIN_S = 5.0
# NumPy's BLAS would start a thread per core for the small products of the log-mel features: measured 2026-11
# on two busy cores, 28 to 55 ms for 4 s of audio instead of 1 to 5.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

logger = logging.getLogger(__name__)


class _Process:
    """A started worker and the socket to it."""

    def __init__(self, popen: "subprocess.Popen[bytes]") -> None:
        self.popen = popen
        self.is_usable = True
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    @classmethod
    async def start(cls) -> "_Process":
        ours, theirs = socket.socketpair()
        with theirs:
            process = cls(_spawn(theirs.fileno()))
        try:
            process.reader, process.writer = await asyncio.open_connection(sock=ours, limit=LONGEST)
        except BaseException:  # cancelled while starting: the process must not outlive this call
            ours.close()
            process.popen.kill()
            process.popen.wait()
            raise
        return process

    async def ask(self, message: Load | Recognise) -> FromWorker:
        """This will send and await the answer. Raises EngineError when the process has died."""
        try:
            self.writer.write(framed(message))
            await self.writer.drain()
            head = await self.reader.readexactly(LENGTH.size)
            return decode_from_worker(await self.reader.readexactly(LENGTH.unpack(head)[0]))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise EngineError("The recogniser's process died.") from None

    async def end(self) -> None:
        """This will kill the process, which holds nothing worth saving, and reap it."""
        self.popen.kill()
        self.writer.close()
        await asyncio.gather(self.writer.wait_closed(), return_exceptions=True)
        await asyncio.to_thread(self.popen.wait, KILLED_WITHIN_S)


def _spawn(descriptor: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "speech.worker_main", str(descriptor)],
        cwd=PROJECT,
        env={**os.environ, **ONE_THREAD},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(descriptor,),
    )


class ProcessLane:
    """One worker process, started anew after a crash, a job that hung and a call that was cancelled."""

    is_remote = False

    def __init__(self, module: str, options: EngineOptions) -> None:
        self._load = Load(module, options)
        self._settings = options.settings
        self._process: _Process | None = None
        self._turn = asyncio.Lock()
        self._jobs = 0
        self._is_closed = False
        self.restarts = -1

    @property
    def process_id(self) -> int | None:
        return self._process.popen.pid if self._process else None

    async def start(self) -> None:
        """This will start the process and load the model. Raises EngineError."""
        async with self._turn:
            await self._running()

    async def transcribe(self, pcm: bytes, *, language: str, is_partial: bool) -> Transcript:
        """This will recognise in the process, within `job_timeout_s`; a process that hangs is killed.

        Cancelling kills it as well and costs a reload, so a result no longer wanted is better awaited.
        """
        async with self._turn:
            process = await self._running()
            self._jobs += 1
            job = Recognise(self._jobs, pcm, language, is_partial)
            answer = await self._within(process, job, self._settings.job_timeout_s)
        if isinstance(answer, Recognised):
            return answer.transcript
        assert isinstance(answer, Failed)  # noqa: S101 (Loaded answers Load only)
        raise EngineError(answer.message, permanent=answer.permanent)

    async def close(self) -> None:
        self._is_closed = True
        if self._process is not None:
            process, self._process = self._process, None
            await process.end()

    async def _running(self) -> _Process:
        if self._is_closed:
            raise EngineError("The recogniser is closed.", permanent=True)
        if self._process and self._process.is_usable and self._process.popen.poll() is None:
            return self._process
        await self._drop()
        self.restarts += 1
        self._process = process = await _Process.start()
        answer = await self._within(process, self._load, self._settings.load_timeout_s)
        if isinstance(answer, Loaded):
            return process
        await self._drop()
        assert isinstance(answer, Failed)  # noqa: S101 (Recognised answers Recognise only)
        raise EngineError(answer.message, permanent=answer.permanent)

    async def _within(self, process: _Process, message: Load | Recognise, limit_s: float) -> FromWorker:
        """The answer to `message`; a process that died, hangs or was left in mid-job is of no more use."""
        try:
            async with asyncio.timeout(limit_s):
                return await process.ask(message)
        except TimeoutError:
            await self._drop()
            raise EngineError(f"The recogniser did not answer within {limit_s:g} s.") from None
        except EngineError:
            await self._drop()
            raise
        except asyncio.CancelledError:
            process.is_usable = False  # its late answer would be taken for the next job's
            process.popen.kill()
            raise

    async def _drop(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            logger.warning("a recogniser process (%s) is ended", process.popen.pid)
            await process.end()
