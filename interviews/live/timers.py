"""Named timers of one session on the event loop."""

import asyncio
from collections.abc import Callable


class Timers:
    """Starting a name again replaces its former timer; `fired(name, ref)` is called on the loop."""

    def __init__(self, fired: Callable[[str, int], None]) -> None:
        self._fired = fired
        self._handles: dict[str, asyncio.TimerHandle] = {}

    def start(self, name: str, after_ms: int, ref: int) -> None:
        self.cancel(name)
        loop = asyncio.get_running_loop()
        self._handles[name] = loop.call_later(after_ms / 1_000, self._fire, name, ref)

    def cancel(self, name: str) -> None:
        handle = self._handles.pop(name, None)
        if handle is not None:
            handle.cancel()

    def cancel_all(self) -> None:
        for name in list(self._handles):
            self.cancel(name)

    def _fire(self, name: str, ref: int) -> None:
        self._handles.pop(name, None)
        self._fired(name, ref)
