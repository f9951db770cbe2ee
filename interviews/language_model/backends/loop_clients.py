"""One HTTP client for each event loop: a server's, a command's `asyncio.run`, a synchronous view's."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from weakref import WeakKeyDictionary

import openai


class LoopClients:
    """Connections belong to the loop that opened them, and are closed with it at the latest."""

    def __init__(self, make: Callable[[], openai.AsyncOpenAI]) -> None:
        self._make = make
        self._kept: WeakKeyDictionary[asyncio.AbstractEventLoop, _Kept] = WeakKeyDictionary()

    async def get(self) -> openai.AsyncOpenAI:
        loop = asyncio.get_running_loop()
        kept = self._kept.get(loop)
        if kept is None:
            kept = self._kept[loop] = _Kept(self._make())
            await anext(kept.keeper)
        return kept.client

    async def aclose(self) -> None:
        """Close the running loop's client; the next question opens another."""
        kept = self._kept.pop(asyncio.get_running_loop(), None)
        if kept is not None:
            await kept.keeper.aclose()


class _Kept:
    def __init__(self, client: openai.AsyncOpenAI) -> None:
        self.client = client
        self.keeper = _keep(client)


async def _keep(client: openai.AsyncOpenAI) -> AsyncGenerator[None, None]:
    """Stand still until the loop ends; `shutdown_asyncgens`, which every runner calls, closes this."""
    try:
        yield
    finally:
        await client.close()
