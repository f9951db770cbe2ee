"""A candidate without a browser: protocol version 1 over a real socket, keeping what is not acknowledged.

Tests, the benchmark and `manage.py talk` share it. Its microphone is a queue of PCM; when that is empty it
sends silence, as a room would. Time runs `speed` times as fast as on the wall, up to the eight times that a
server takes.
"""

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import websockets
from websockets.asyncio.client import ClientConnection, connect

from speech.line import encode_chunk

SAMPLE_RATE = 16_000
CHUNK_SAMPLES = 1_600
CHUNK_S = CHUNK_SAMPLES / SAMPLE_RATE
CATCH_UP_SPEED = 7.0  # below the eight times real time that a server takes
BACK_OFF_S = (0.0, 0.3, 1.2, 2.7, 4.8, 7.0)
FINAL_CODES = frozenset({4400, 4401, 4403, 4404, 4409, 4410})
CHARS_PER_SECOND = 14.0

Message = dict[str, Any]


class TalkError(Exception):
    """The conversation can't go on; `code` is the close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"closed with {code}: {reason}")
        self.code = code


@dataclass
class _Chunk:
    offset: int
    pcm: bytes


@dataclass
class CandidateClient:
    """Connects to `socket_url` with a guest `token`; every message from the server goes to `on_message`.

    `voice_speed` is how much faster than reading aloud replies are heard (they are not really played).
    """

    socket_url: str
    token: str
    speed: float = 1.0
    voice_speed: float = 1.0
    on_message: Callable[[Message], None] = lambda message: None
    messages: list[Message] = field(default_factory=list)
    state: str = ""
    seq: int = 0
    reconnects: int = 0
    missing_samples: int = 0
    close_codes: list[int | None] = field(default_factory=list)  # of every connection that has ended

    def __post_init__(self) -> None:
        self._socket: ClientConnection | None = None
        self._microphone: deque[bytes] = deque()
        self._kept: deque[_Chunk] = deque()
        self._by_type: defaultdict[str, list[Message]] = defaultdict(list)
        self._offset = 0
        self._wall_of: dict[int, float] = {}
        self._has_line = False
        self._is_live = False
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._plays: set[asyncio.Task[None]] = set()
        self._resender: asyncio.Task[None] | None = None
        self._problem: TalkError | None = None
        self.closed: int | None = None

    # --- the conversation

    async def start(self) -> None:
        """Connect and wait for the snapshot."""
        self._tasks.append(asyncio.create_task(self._stay_connected()))
        await self.until(lambda: self.state)

    async def begin(self, *, recording: bool = True) -> None:
        """Consent to the AI evaluation and be ready; the audio line begins."""
        consent = {"ai_evaluation": True, "recording": recording, "listening": False}
        await self.send({"type": "consent.set", "notice_version": "1", **consent})
        await self.send({"type": "candidate.ready"})
        self._start_line()

    def _start_line(self) -> None:
        if not self._has_line:
            self._has_line = True
            self._is_live = True
            self._tasks.append(asyncio.create_task(self._record()))

    def say(self, pcm: bytes) -> int:
        """Speak mono s16le PCM of 16 kHz once what was queued before is said; gives its first sample."""
        start = self._offset + sum(len(part) for part in self._microphone) // 2
        for at in range(0, len(pcm), CHUNK_SAMPLES * 2):
            self._microphone.append(pcm[at : at + CHUNK_SAMPLES * 2].ljust(CHUNK_SAMPLES * 2, b"\0"))
        return start

    async def send(self, message: Message) -> None:
        """Send one JSON message; while the line is down it waits for the next connection."""
        socket = self._socket
        while True:
            if socket is not None:
                with contextlib.suppress(websockets.ConnectionClosed):
                    await socket.send(json.dumps(message))
                    return
            socket = await self._line_after(socket)

    async def _line_after(self, closed: ClientConnection | None) -> ClientConnection:
        """The next connection; the one that broke still stands there until its reader has noticed."""
        await self.until(lambda: self._socket not in {None, closed})
        assert self._socket is not None  # noqa: S101
        return self._socket

    async def until(self, is_there: Callable[[], Any], *, timeout_s: float = 120.0) -> Any:
        """Wait until `is_there()` is truthy; asked after every message. Raises TalkError, TimeoutError."""
        async with asyncio.timeout(timeout_s):
            while not (found := is_there()):
                if self._problem is not None:
                    raise self._problem
                self._arrived.clear()
                await self._arrived.wait()
        return found

    async def wait_for_floor(self, *, timeout_s: float = 120.0) -> None:
        await self.until(lambda: self.state == "listening" or self.is_over, timeout_s=timeout_s)

    @property
    def is_over(self) -> bool:
        return "session.ended" in self._by_type

    def of(self, type_name: str) -> list[Message]:
        """The messages of one type so far, oldest first; the list goes on growing."""
        return self._by_type.get(type_name, [])

    @property
    def recorded_ms(self) -> float:
        """How much of the candidate's time has passed on the audio line."""
        return self._offset / SAMPLE_RATE * 1_000

    def wall_of(self, ms: float) -> float | None:
        """The loop's time at which the sample at `ms` was spoken; None when it was not yet."""
        offset = int(ms * SAMPLE_RATE / 1_000)
        end = (offset // CHUNK_SAMPLES + 1) * CHUNK_SAMPLES
        spoken_at = self._wall_of.get(end)
        return None if spoken_at is None else spoken_at - (end - offset) / SAMPLE_RATE / self.speed

    # --- trouble on purpose

    def drop(self) -> None:
        """Cut TCP without a word, as a lost network does."""
        if self._socket is not None:
            self._socket.transport.abort()

    def reload(self) -> None:
        """Forget what a reloaded page forgets: all but the audio it keeps in its database."""
        self.seq = 0
        self.drop()

    async def close(self) -> None:
        resender = [] if self._resender is None else [self._resender]
        tasks = [*self._tasks, *self._plays, *resender]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()

    # --- the connection

    async def _stay_connected(self) -> None:
        attempt = 0
        while True:
            await asyncio.sleep(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)])
            try:
                code = await self._converse()
            except (OSError, websockets.InvalidHandshake, websockets.ConnectionClosed):
                code = None
            was_let_in = self._socket is not None
            attempt = 0 if was_let_in else attempt + 1
            self._socket = None
            if code in FINAL_CODES:
                return
            self.reconnects += 1

    async def _converse(self) -> int | None:
        """One connection from hello to its end; gives the close code when it was one to obey."""
        headers = {"X-Interview-Token": self.token}
        subprotocols = [websockets.Subprotocol("viva.v1")]
        async with connect(
            self.socket_url, additional_headers=headers, subprotocols=subprotocols, compression=None
        ) as socket:
            hello: Message = {"type": "hello", "last_seq": self.seq}
            if self._kept:
                hello |= {"audio_from": self._kept[0].offset, "audio_to": self._offset}
            await socket.send(json.dumps(hello))
            self._is_live = False
            try:
                async for raw in socket:
                    await self._receive(socket, raw)
            except websockets.ConnectionClosed:
                pass
            code = socket.close_code
        self.close_codes.append(code)
        self._arrived.set()
        if code in FINAL_CODES:
            self.closed = code
            self._fail(TalkError(code or 0, socket.close_reason or ""))
            return code
        return None

    def _fail(self, problem: TalkError) -> None:
        self._problem = None if problem.code == 4410 and self.is_over else problem
        self._arrived.set()

    async def _receive(self, socket: ClientConnection, raw: str | bytes) -> None:
        if isinstance(raw, bytes):
            return
        message: Message = json.loads(raw)
        # Where the candidate's own time and audio stood when it came: what latencies are measured against.
        message["@wall"] = asyncio.get_running_loop().time()
        message["@audio_ms"] = self.recorded_ms
        self.messages.append(message)
        self._by_type[message["type"]].append(message)
        self.seq = max(self.seq, message.get("seq", 0) if message["type"] != "session.snapshot" else 0)
        react = self._REACTIONS.get(message["type"])
        if react is not None:
            await react(self, socket, message)
        self.on_message(message)
        self._arrived.set()

    async def _on_snapshot(self, socket: ClientConnection, message: Message) -> None:
        self.state = message["state"]
        self._socket = socket
        if message["state"] not in {"waiting", "practice"}:
            self._start_line()
        reply = message["reply"]
        if reply and reply["finished"]:
            self._play(reply["reply_id"], reply["text"])
        if self._has_line:
            self._resend(socket, message["audio_offset"])

    async def _on_state(self, socket: ClientConnection, message: Message) -> None:
        self.state = message["state"]

    async def _on_ack(self, socket: ClientConnection, message: Message) -> None:
        while self._kept and self._kept[0].offset + CHUNK_SAMPLES <= message["offset"]:
            self._kept.popleft()

    async def _on_resend(self, socket: ClientConnection, message: Message) -> None:
        self._resend(socket, message["offset"])

    async def _on_reply_finished(self, socket: ClientConnection, message: Message) -> None:
        self._play(message["reply_id"], message["text"])

    async def _on_playback_stop(self, socket: ClientConnection, message: Message) -> None:
        for task in self._plays:
            task.cancel()

    _REACTIONS: ClassVar[dict[str, Callable[..., Any]]] = {
        "session.snapshot": _on_snapshot,
        "state.changed": _on_state,
        "audio.ack": _on_ack,
        "audio.resend": _on_resend,
        "reply.finished": _on_reply_finished,
        "playback.stop": _on_playback_stop,
    }

    # --- audio

    async def _record(self) -> None:
        """The microphone: one chunk every 100 ms of the candidate's time, spoken or silent."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self.is_over:
            due += CHUNK_S / self.speed
            await asyncio.sleep(max(0.0, due - loop.time()))
            pcm = self._microphone.popleft() if self._microphone else bytes(CHUNK_SAMPLES * 2)
            chunk = _Chunk(self._offset, pcm)
            self._kept.append(chunk)
            self._offset += CHUNK_SAMPLES
            self._wall_of[self._offset] = loop.time()
            if self._is_live and self._socket is not None:
                await self._send_chunk(self._socket, chunk)

    async def _send_chunk(self, socket: ClientConnection, chunk: _Chunk) -> None:
        with contextlib.suppress(websockets.ConnectionClosed):
            await socket.send(encode_chunk(chunk.offset, chunk.pcm))

    def _resend(self, socket: ClientConnection, offset: int) -> None:
        """Beside the reading of messages, so that acknowledgements are met meanwhile."""
        if self._resender is not None:
            self._resender.cancel()
        self._is_live = False
        self._resender = asyncio.create_task(self._send_kept(socket, offset))

    async def _send_kept(self, socket: ClientConnection, offset: int) -> None:
        """Send again from `offset` on, faster than real time, then live; what is gone is said to be gone."""
        if self._kept and self._kept[0].offset > offset:
            first = self._kept[0].offset
            self.missing_samples += first - offset
            with contextlib.suppress(websockets.ConnectionClosed):
                await socket.send(json.dumps({"type": "audio.missing", "from": offset, "to": first}))
        sent = offset
        while waiting := [chunk for chunk in self._kept if chunk.offset + CHUNK_SAMPLES > sent]:
            for chunk in waiting:
                await self._send_chunk(socket, chunk)
                await asyncio.sleep(CHUNK_S / CATCH_UP_SPEED)
                sent = chunk.offset + CHUNK_SAMPLES
        self._is_live = True

    # --- the reply

    def _play(self, reply_id: int, text: str) -> None:
        task = asyncio.create_task(self._hear(reply_id, text))
        self._plays.add(task)
        task.add_done_callback(self._plays.discard)

    async def _hear(self, reply_id: int, text: str) -> None:
        """Nothing is really played: the text stands for its reading time."""
        await self.send({"type": "playback.started", "reply_id": reply_id})
        await asyncio.sleep(len(text) / CHARS_PER_SECOND / self.voice_speed)
        await self.send({"type": "playback.finished", "reply_id": reply_id})
