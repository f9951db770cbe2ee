"""Carries notices between processes over one group of the channel layer, and outlives its Redis.

It has a thread and an event loop of its own, so that web processes, Celery workers and management commands
publish alike, and a Redis that hangs is nobody else's trouble. A supervised task runs while the process does:
whatever goes wrong, it throws the layer away, waits a little and begins again with a new one.
"""

import asyncio
import contextlib
import logging
import threading
import uuid
from collections.abc import Callable
from typing import Any, Union

import msgspec
from channels.layers import channel_layers

from interviews.live.bus import Callback, CommandNudge, Lossy, Mailbox, Notice, Nudge, Overheard, PersonSpoke
from interviews.live.signals import SIGNAL_TYPES

logger = logging.getLogger(__name__)

GROUP = "viva.bus"
FLUSH_S = 0.02  # how long notices are gathered before one message carries them all
SEND_TIMEOUT_S = 5.0
HEARTBEAT_S = 10.0  # we hear our own; without any message for SILENCE_S the connection is dead
SILENCE_S = 35.0
RETRY_S = (0.1, 0.3, 1.0, 2.0, 5.0)
REJOIN_S = 3_600.0  # group memberships expire after a day

Layer = Any  # channels has no types
_ANY_SIGNAL: Any = Union[SIGNAL_TYPES]  # noqa: UP007 (a union of a tuple)
_SIGNALS = msgspec.msgpack.Decoder(_ANY_SIGNAL)


class _Batch(msgspec.Struct, frozen=True):
    origin: str
    nudges: tuple[tuple[int, int], ...] = ()
    commands: tuple[int, ...] = ()
    lossy: tuple[tuple[int, msgspec.Raw], ...] = ()
    overheard: tuple[tuple[int, bytes, str], ...] = ()
    spoke: tuple[tuple[int, str, bytes], ...] = ()


_BATCHES = msgspec.msgpack.Decoder(_Batch)


def layer_from_settings() -> Layer:
    """This will make a fresh channel layer: one that has failed is never used again."""
    return channel_layers.make_backend("default")


def encode_batch(origin: str, notices: list[Notice]) -> bytes:
    """This will pack notices into one message."""
    return msgspec.msgpack.encode(
        _Batch(
            origin,
            tuple((one.session_id, one.seq) for one in notices if isinstance(one, Nudge)),
            tuple(one.session_id for one in notices if isinstance(one, CommandNudge)),
            tuple(
                (one.session_id, msgspec.Raw(msgspec.msgpack.encode(one.signal)))
                for one in notices
                if isinstance(one, Lossy)
            ),
            tuple((one.session_id, one.frame, one.but_for) for one in notices if isinstance(one, Overheard)),
            tuple((one.session_id, one.ref, one.pcm) for one in notices if isinstance(one, PersonSpoke)),
        )
    )


def decode_batch(packed: bytes) -> tuple[str, list[Notice]]:
    """This will give the sender and its notices; signals that this version does not know are left out."""
    batch = _BATCHES.decode(packed)
    notices: list[Notice] = [Nudge(key, seq) for key, seq in batch.nudges]
    notices.extend(CommandNudge(key) for key in batch.commands)
    for key, raw in batch.lossy:
        with contextlib.suppress(msgspec.DecodeError):
            notices.append(Lossy(key, _SIGNALS.decode(raw)))
    notices.extend(Overheard(*one) for one in batch.overheard)
    notices.extend(PersonSpoke(*one) for one in batch.spoke)
    return batch.origin, notices


class LayerLink:
    """One process's end of the group."""

    def __init__(self, make_layer: Callable[[], Layer], deliver: Callback) -> None:
        self._make_layer = make_layer
        self._deliver = deliver
        self._origin = uuid.uuid4().hex
        self._mailbox = Mailbox()
        self._loop = asyncio.new_event_loop()
        self._wake = asyncio.Event()
        self._is_joined = threading.Event()
        self._thread = threading.Thread(target=self._run, name="viva-bus", daemon=True)
        self._thread.start()

    def send(self, notice: Notice) -> None:
        if self._mailbox.put(notice):
            with contextlib.suppress(RuntimeError):  # the loop was closed
                self._loop.call_soon_threadsafe(self._wake.set)

    def is_joined(self) -> bool:
        """Whether notices get through at this moment."""
        return self._is_joined.is_set()

    def close(self) -> None:
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(timeout=5)

    def _stop(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        with contextlib.suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._supervise())
        self._loop.close()

    async def _supervise(self) -> None:
        failures = 0
        while True:
            layer = self._make_layer()
            try:
                await self._serve(layer)
            except Exception as error:  # noqa: BLE001 (a dead Redis fails in many ways; each means: again)
                failures = 0 if self._is_joined.is_set() else failures + 1
                self._is_joined.clear()
                if failures <= 1:
                    logger.warning(
                        "Other processes can't be reached (%s); trying again.", type(error).__name__
                    )
            finally:
                await _dispose(layer)
            await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S) - 1)])

    async def _serve(self, layer: Layer) -> None:
        async with asyncio.timeout(SEND_TIMEOUT_S):
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
        self._is_joined.set()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._receive(layer, channel))
                tasks.create_task(self._send(layer, channel))
        except ExceptionGroup as group:
            raise group.exceptions[0] from group

    async def _receive(self, layer: Layer, channel: str) -> None:
        while True:
            async with asyncio.timeout(SILENCE_S):
                message = await layer.receive(channel)
            try:
                origin, notices = decode_batch(message["batch"])
            except (KeyError, TypeError, msgspec.DecodeError):
                logger.warning("A notice of another version was not understood.")
                continue
            if origin != self._origin:
                for notice in notices:
                    self._deliver(notice)

    async def _send(self, layer: Layer, channel: str) -> None:
        rejoin_at = self._loop.time() + REJOIN_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT_S):
                    await self._wake.wait()
            self._wake.clear()
            async with asyncio.timeout(SEND_TIMEOUT_S):
                if self._loop.time() > rejoin_at:
                    await layer.group_add(GROUP, channel)
                    rejoin_at = self._loop.time() + REJOIN_S
                batch = encode_batch(self._origin, self._mailbox.take())
                await layer.group_send(GROUP, {"type": "viva.bus", "batch": batch})
            await asyncio.sleep(FLUSH_S)


async def _dispose(layer: Layer) -> None:
    close_pools = getattr(layer, "close_pools", None)
    if close_pools is not None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(1.0):
                await close_pools()
