"""One HTTP client for each event loop: a server's, a command's `asyncio.run`, a synchronous view's."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Client = TypeVar("Client")


class LoopClients(Generic[Client]):
    """Connections belong to the loop that opened them, and are closed with it at the latest."""

    def __init__(self, make: Callable[[], Client], close: Callable[[Client], Awaitable[None]]) -> None:
        self._make = make
        self._close = close
        self._kept: WeakKeyDictionary[asyncio.AbstractEventLoop, _Kept[Client]] = WeakKeyDictionary()

    async def get(self) -> Client:
        loop = asyncio.get_running_loop()
        kept = self._kept.get(loop)
        if kept is None:
            kept = self._kept[loop] = _Kept(self._make(), self._close)
            await anext(kept.keeper)
        return kept.client

    async def aclose(self) -> None:
        """Close the running loop's client; the next question opens another."""
        kept = self._kept.pop(asyncio.get_running_loop(), None)
        if kept is not None:
            await kept.keeper.aclose()


class _Kept(Generic[Client]):
    def __init__(self, client: Client, close: Callable[[Client], Awaitable[None]]) -> None:
        self.client = client
        self.keeper = _keep(client, close)


async def _keep(client: Client, close: Callable[[Client], Awaitable[None]]) -> AsyncGenerator[None, None]:
    """Stand still until the loop ends; `shutdown_asyncgens`, which every runner calls, closes this."""
    try:
        yield
    finally:
        await close(client)
