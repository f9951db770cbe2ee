"""Things that a process has one of, on the event loop that serves its sockets."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OnePerLoop(Generic[T]):
    """Makes it when it is first asked for; on another loop (tests have many) it is made anew."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: tuple[asyncio.AbstractEventLoop, T] | None = None

    def __call__(self) -> T:
        """Call it on the event loop that serves the sockets."""
        loop = asyncio.get_running_loop()
        if self._made is None or self._made[0] is not loop:
            self._made = loop, self._make()
        return self._made[1]
