"""The course of an observer's visit, the same at every monitor socket."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

from channels.db import database_sync_to_async

from consumers import codec, wire
from consumers.authentication import AccessError
from consumers.credentials import Handshake, read_handshake
from consumers.door import Door, too_fast
from consumers.limits import IncomingLimits
from consumers.socket import Receive, Scope, Send, Socket
from consumers.wire import CloseCode
from interviews.live.kept_connection import keeping_connection
from interviews.models import Session

logger = logging.getLogger(__name__)

MAX_QUEUED_BYTES = 2 * 1024 * 1024  # who falls further behind is dropped, and catches up from the log

T = TypeVar("T")

_OBSERVERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="viva-observers")


class Visit(Protocol):
    """What one observer does at one socket: `take` never waits, `stay` lasts as long as they may be there."""

    def take(self, message: wire.ClientMessage) -> None: ...

    def take_audio(self, offset: int, pcm: bytes) -> None: ...

    async def stay(self) -> None: ...

    async def leave(self) -> None: ...


async def receive_visit(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    decode: Callable[[str], wire.ClientMessage],
    make_visit: Callable[[Door, Handshake], Visit],
    takes_audio: bool = False,
) -> None:
    """This will let an observer in, read what they say and see them off."""
    handshake = read_handshake(scope)
    socket = Socket(receive, send, max_queued_bytes=MAX_QUEUED_BYTES)
    if not await socket.open(handshake.subprotocol):
        return
    door = Door(socket)
    visit = make_visit(door, handshake)
    reader = _Reader(door, decode)
    async with _staying(visit, door):
        async for data in socket.messages():
            if isinstance(data, bytes) and takes_audio:
                chunk = reader.read_audio(data)
                if chunk is not None:
                    visit.take_audio(*chunk)
                continue
            message = reader.read(data)
            if isinstance(message, wire.Ping):
                socket.send(codec.encode(wire.Pong(at_ms=message.at_ms)))
            elif message is not None:
                visit.take(message)
    await socket.finish()


class _Reader:
    def __init__(self, door: Door, decode: Callable[[str], wire.ClientMessage]) -> None:
        self._door = door
        self._decode = decode
        self._limits = IncomingLimits()

    def read(self, data: str | bytes) -> wire.ClientMessage | None:
        """This will give the message, or answer what is none."""
        if not self._limits.allows_text(time.monotonic()):
            self._door.complain(too_fast())
        elif isinstance(data, bytes):
            self._door.complain(codec.WireError("bad_message", "Observers send text.", CloseCode.BAD_MESSAGE))
        else:
            try:
                return self._decode(data)
            except codec.WireError as error:
                self._door.complain(error)
        return None

    def read_audio(self, data: bytes) -> tuple[int, bytes] | None:
        """This will give offset and PCM of a binary message, or answer what is none."""
        if not self._limits.allows_audio(len(data), time.monotonic()):
            self._door.complain(too_fast())
            return None
        try:
            return codec.decode_audio(data)
        except codec.WireError as error:
            self._door.complain(error)
            return None


@asynccontextmanager
async def _staying(visit: Visit, door: Door) -> AsyncIterator[None]:
    staying = asyncio.get_running_loop().create_task(_stay(visit, door))
    try:
        yield
    finally:
        staying.cancel()
        await asyncio.wait({staying})
        await visit.leave()


async def _stay(visit: Visit, door: Door) -> None:
    try:
        await visit.stay()
    except AccessError as error:
        door.refuse(error.close_code, error.code, error.message)
    except Session.DoesNotExist:
        door.refuse(CloseCode.NO_SUCH_SESSION, "no_such_session", "There is no such interview.")
    except Exception:
        logger.exception("An observer could not be let in.")
        door.refuse(CloseCode.RESTARTING, "restarting", "Something went wrong here. Please come back.")


async def recheck(ask: Callable[[], Awaitable[Any]], every_s: float) -> None:
    """Raises AccessError as soon as the sign-in has ended; a database that is away sends nobody away.

    It never returns: whoever leaves cancels it.
    """
    while True:
        await asyncio.sleep(every_s)
        try:
            await ask()
        except AccessError:
            raise
        except Exception:
            logger.warning("Could not look whether somebody may stay.", exc_info=True)


async def ask_apart(question: Callable[..., T], *arguments: Any, **options: Any) -> T:
    """This will run one of the observers' questions where no live session waits for it.

    The sessions share one thread for the database; two hundred people who come at once would fill it for
    seconds, in which no word is logged and no lease renewed.
    """
    run = database_sync_to_async(keeping_connection(question), thread_sensitive=False, executor=_OBSERVERS)
    answer: T = await run(*arguments, **options)
    return answer


async def ask(question: Callable[..., T], *arguments: Any, **options: Any) -> T:
    """This will run one small database question off the event loop."""
    answer: T = await database_sync_to_async(question)(*arguments, **options)
    return answer
