"""Somebody at the monitor socket who commands an interview and speaks into it, beside a browser's page."""

import json
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import av
import numpy as np
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from e2e.microphone import ANSWERS
from speech.line import encode_chunk

RATE_HZ = 16_000
TENTH = RATE_HZ // 10
WAIT_S = 20.0


def read_answer(name: str) -> bytes:
    """The labelled answer of that name as a line's PCM."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    with av.open(str(ANSWERS / f"{name}.flac")) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    return b"".join(frame.to_ndarray().astype(np.int16).tobytes() for frame in frames)


class Observing:
    """Reads everything it is sent in a thread of its own."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.told: list[tuple[float, dict[str, Any]]] = []
        self._news = threading.Condition()
        self._offset = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for data in self._socket:
                if isinstance(data, str):
                    with self._news:
                        self.told.append((time.monotonic(), json.loads(data)))
                        self._news.notify_all()
        except ConnectionClosed:
            return

    def sees(self, type_name: str, **fields: Any) -> tuple[float, dict[str, Any]]:
        """The first message of that kind whose fields are so, and when it came."""

        def found() -> tuple[float, dict[str, Any]] | None:
            wanted = fields.items()
            told = ((at, one) for at, one in self.told if one["type"] == type_name)
            return next(((at, one) for at, one in told if wanted <= one.items()), None)

        with self._news:
            assert self._news.wait_for(found, WAIT_S), f"{type_name} {fields}"
            one = found()
        assert one is not None
        return one

    def command(self, type_name: str, **fields: Any) -> None:
        command_id = uuid.uuid4().hex
        self._socket.send(json.dumps({"type": type_name, "command_id": command_id, **fields}))
        self.sees("command.done", command_id=command_id)

    def speak(self, pcm: bytes, until: threading.Event | None = None) -> None:
        """Say it at the speed of speech, or as much of it as there is time for."""
        began = time.monotonic()
        for index, at in enumerate(range(0, len(pcm), 2 * TENTH)):
            if until is not None and until.is_set():
                return
            piece = pcm[at : at + 2 * TENTH]
            self._socket.send(encode_chunk(self._offset, piece))
            self._offset += len(piece) // 2
            time.sleep(max(0.0, began + (index + 1) / 10 - time.monotonic()))

    @contextmanager
    def speaking(self, pcm: bytes, *, is_cut: bool = False) -> Iterator[float]:
        """Say it meanwhile, to its end unless `is_cut`; gives when it began."""
        until = threading.Event()
        thread = threading.Thread(target=self.speak, args=(pcm, until))
        thread.start()
        yield time.monotonic()
        if is_cut:
            until.set()
        thread.join()

    def be_silent(self, seconds: float) -> None:
        self.speak(bytes(2 * int(seconds * RATE_HZ)))


@contextmanager
def observing(port: int, interview: Any) -> Iterator[Observing]:
    """This will watch `interview` as its recruiter."""
    asked = urllib.request.Request(
        f"http://localhost:{port}/api/auth/login/",
        json.dumps({"username": interview.user, "password": interview.password}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        bearer = json.load(answer)["access"]
    address = f"ws://localhost:{port}/ws/monitor/{interview.uuid}/"
    with connect(address, additional_headers={"Authorization": f"Bearer {bearer}"}) as socket:
        one = Observing(socket)
        one.sees("monitor.snapshot")
        yield one
