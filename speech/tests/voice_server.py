"""A real speech server on loopback for tests: answers `/audio/speech` well, late, half, wrong or never."""

import asyncio
import io
import json
import math
import threading
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from typing import Any

RATE_HZ = 24_000
PIECE_BYTES = 4_800
HEAD = b"HTTP/1.1 %d X\r\nContent-Type: %s\r\n"


def tone(seconds: float, *, rate_hz: int = RATE_HZ, pitch_hz: float = 440.0) -> bytes:
    """Mono s16le PCM that is plainly not silence."""
    turn = 2 * math.pi * pitch_hz / rate_hz
    return array("h", (int(9_000 * math.sin(turn * at)) for at in range(int(seconds * rate_hz)))).tobytes()


def wav_bytes(pcm: bytes, *, rate_hz: int = 16_000) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(pcm)
    return buffer.getvalue()


class Answer:
    """How one request is answered; the default is a tone as long as its text takes to say."""

    def __init__(
        self,
        body: bytes | None = None,
        *,
        status: int = 200,
        kind: str = "audio/pcm",
        cut_after: int | None = None,
        pace_s: float = 0.0,
        hangs_after: int | None = None,
        rate_hz: int = 0,
    ) -> None:
        """`cut_after`, `hangs_after`: after so many pieces the connection goes, or nothing more comes."""
        self.body, self.status, self.kind, self.rate_hz = body, status, kind, rate_hz
        self.cut_after, self.pace_s, self.hangs_after = cut_after, pace_s, hangs_after


class VoiceServer:
    """`answers` are used up in order, then `usual` is given; `asked` holds what was asked for."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.usual = Answer()
        self.asked: list[dict[str, Any]] = []
        self.open_requests = 0
        self.chars_per_second = 14.0
        self.address = ""
        self.changed = asyncio.Event()

    @property
    def texts(self) -> list[str]:
        return [str(one["input"]) for one in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._exchange(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        headers = BytesParser().parsebytes(rest)
        body = json.loads(await reader.readexactly(int(headers["Content-Length"])))
        self.asked.append({"line": line.decode(), "key": headers["Authorization"], **body})
        self.open_requests += 1
        self.changed.set()
        try:
            await self._answer(self.answers.pop(0) if self.answers else self.usual, body, reader, writer)
        finally:
            self.open_requests -= 1
            self.changed.set()

    async def _answer(
        self,
        answer: Answer,
        asked: dict[str, Any],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        if answer.hangs_after == 0:
            await reader.read()  # until the client gives up
            return
        body = tone(len(asked["input"]) / self.chars_per_second) if answer.body is None else answer.body
        rate = b"X-Sample-Rate: %d\r\n" % answer.rate_hz if answer.rate_hz else b""
        head = HEAD % (answer.status, answer.kind.encode()) + rate + b"Transfer-Encoding: chunked\r\n\r\n"
        writer.write(head)
        pieces = [body[at : at + PIECE_BYTES] for at in range(0, len(body), PIECE_BYTES)]
        for number, piece in enumerate(pieces, 1):
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
            if number == answer.cut_after:
                raise ConnectionResetError
            if number == answer.hangs_after:
                await reader.read()
                return
            await asyncio.sleep(answer.pace_s)
        writer.write(b"0\r\n\r\n")
        await writer.drain()


@contextmanager
def voice_server_in_thread() -> Iterator[VoiceServer]:
    """For tests whose own loop is busy with something else, such as a browser."""
    loop = asyncio.new_event_loop()
    server = VoiceServer()

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(server.serve, "127.0.0.1", 0)

    async def end(listening: asyncio.Server) -> None:
        listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    server.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    yield server
    asyncio.run_coroutine_threadsafe(end(listening), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
