"""Asks an engine over HTTP: bounded in time and size, tried again where that may help."""

import asyncio
import codecs
import random
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import msgspec

from interviews.engine.ports import EngineError, Shape
from interviews.loop_clients import LoopClients

CONNECT_S = 3.0
MOST_TRIES = 3
BACK_OFF_S = 0.3
MOST_BYTES = 512 * 1024
_PASSING = frozenset({408, 425, 429})  # and all from 500 on, but 501
_UNKNOWN = frozenset({404, 405, 501})


class HttpEngine:
    """One per process; may be asked from any event loop."""

    def __init__(self, address: str) -> None:
        """`address` is what FASTAPI_BASE_URL says; a user and password in it go along as Basic."""
        self._address = address.rstrip("/")
        self._clients = LoopClients(_connect, lambda client: client.aclose())

    @property
    def host(self) -> str:
        return urlsplit(self._address).hostname or ""

    async def get(self, path: str, shape: type[Shape], *, within_s: float) -> Shape:
        return _checked(await self._tried("GET", path, None, within_s), shape)

    async def ask(self, path: str, wish: dict[str, Any], shape: type[Shape], *, within_s: float) -> Shape:
        return _checked(await self._tried("POST", path, wish, within_s), shape)

    async def stream(
        self, path: str, wish: dict[str, Any], shape: type[Shape], *, within_s: float
    ) -> AsyncGenerator[str | Shape, None]:
        client = await self._clients.get()
        try:
            async with client.stream(
                "POST", self._address + path, json=wish, timeout=_limits(within_s)
            ) as answer:
                _require_success(answer)
                if not answer.headers.get("content-type", "").startswith("text/plain"):
                    yield _checked(await _bounded(answer), shape)
                    return
                async for text in _texts(answer):
                    yield text
        except httpx.HTTPError as error:
            raise _as_engine_error(error) from None

    async def aclose(self) -> None:
        await self._clients.aclose()

    async def _tried(self, method: str, path: str, wish: dict[str, Any] | None, within_s: float) -> bytes:
        for tries in range(1, MOST_TRIES + 1):
            try:
                async with asyncio.timeout(within_s):
                    return await self._once(method, path, wish, within_s)
            except TimeoutError:
                raise EngineError("The engine took too long.") from None
            except EngineError as error:
                if error.permanent or tries == MOST_TRIES:
                    raise
            await asyncio.sleep(BACK_OFF_S * 2 ** (tries - 1) * random.uniform(0.5, 1.5))  # noqa: S311
        raise EngineError("The engine was not asked.")

    async def _once(self, method: str, path: str, wish: dict[str, Any] | None, within_s: float) -> bytes:
        client = await self._clients.get()
        try:
            async with client.stream(
                method, self._address + path, json=wish, timeout=_limits(within_s)
            ) as answer:
                _require_success(answer)
                return await _bounded(answer)
        except httpx.HTTPError as error:
            raise _as_engine_error(error) from None


def _connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(follow_redirects=False, trust_env=False)


def _limits(within_s: float) -> httpx.Timeout:
    return httpx.Timeout(within_s, connect=min(CONNECT_S, within_s))


def _require_success(answer: httpx.Response) -> None:
    """Says what happened without the engine's own words, which may hold anything."""
    status = answer.status_code
    if 200 <= status < 300:
        return
    may_pass = status in _PASSING or (status >= 500 and status not in _UNKNOWN)
    raise EngineError(f"The engine answered {status}.", permanent=not may_pass, is_unknown=status in _UNKNOWN)


async def _bounded(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise EngineError("The engine's answer is too large.", permanent=True)
    return bytes(body)


async def _texts(answer: httpx.Response) -> AsyncGenerator[str, None]:
    decoder, size = codecs.getincrementaldecoder("utf-8")(), 0
    try:
        async for part in answer.aiter_bytes():
            size += len(part)
            if size > MOST_BYTES:
                raise EngineError("The engine's answer is too large.", permanent=True)
            if text := decoder.decode(part):
                yield text
        if text := decoder.decode(b"", final=True):
            yield text
    except UnicodeDecodeError:
        raise EngineError("The engine's answer is no text.", permanent=True) from None


def _checked(body: bytes, shape: type[Shape]) -> Shape:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:  # names the field, and nothing of its value
        raise EngineError(f"The engine's answer does not fit: {error}.", permanent=True) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise EngineError("The engine's answer is no JSON.", permanent=True) from None


def _as_engine_error(error: httpx.HTTPError) -> EngineError:
    if isinstance(error, httpx.TimeoutException):
        return EngineError("The engine did not answer in time.")
    if isinstance(error, httpx.ConnectError):
        return EngineError("The engine can't be reached.")
    return EngineError("The connection to the engine broke.")
