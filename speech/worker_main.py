"""A worker process: loads one engine and recognises what it is sent, until the socket closes.

    python -m speech.worker_main FD

It is started afresh, not forked: threads of the server and of BLAS do not survive a fork.
"""

import contextlib
import importlib
import signal
import socket
import sys

import numpy as np

from speech.transcript import EngineError, Transcriber
from speech.worker_messages import (
    LENGTH,
    Failed,
    FromWorker,
    Load,
    Loaded,
    Recognise,
    Recognised,
    decode_to_worker,
    framed,
)


def _receive(connection: socket.socket) -> bytes:
    """The next frame, or b"" when the server has gone."""
    head = _exactly(connection, LENGTH.size)
    return _exactly(connection, LENGTH.unpack(head)[0]) if head else b""


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        part = connection.recv(size - len(received))
        if not part:
            return b""
        received += part
    return bytes(received)


def load(message: Load) -> Transcriber:
    """This will import the back end and load it. Raises EngineError for whatever goes wrong there."""
    try:
        transcriber: Transcriber = importlib.import_module(message.module).load(message.options)
    except EngineError:
        raise
    except Exception as error:  # whatever a back end's own failure is, it must be told
        raise EngineError(f"The engine could not be loaded: {error}", permanent=True) from error
    return transcriber


def recognise(transcriber: Transcriber, job: Recognise) -> FromWorker:
    """This will answer one job, a failed one as well."""
    samples = np.frombuffer(job.pcm, "<i2").astype(np.float32) / np.float32(32768)
    try:
        return Recognised(
            job.job, transcriber.transcribe(samples, language=job.language, is_partial=job.is_partial)
        )
    except EngineError as error:
        return Failed(str(error), error.permanent, job.job)
    except Exception as error:  # noqa: BLE001 (one bad utterance must not end the worker)
        return Failed(f"{type(error).__name__}: {error}", permanent=False, job=job.job)


def serve(connection: socket.socket) -> None:
    """This will load, then recognise until the other side closes."""
    opening = decode_to_worker(_receive(connection))
    if not isinstance(opening, Load):
        raise TypeError("a worker is told first what to load")
    try:
        transcriber = load(opening)
    except EngineError as error:
        connection.sendall(framed(Failed(str(error), error.permanent)))
        return
    connection.sendall(framed(Loaded(transcriber.name)))
    while frame := _receive(connection):
        job = decode_to_worker(frame)
        if isinstance(job, Recognise):
            connection.sendall(framed(recognise(transcriber, job)))


def main() -> None:
    # Ctrl-C goes to the whole group; the server decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=int(sys.argv[1])) as connection, contextlib.suppress(ConnectionError):
        serve(connection)


if __name__ == "__main__":
    main()
