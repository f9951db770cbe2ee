"""Asks the turn model about a pause in good time, so that its opinions are there when the pause is judged."""

import asyncio
from collections.abc import Callable

from speech.listening_settings import ListeningSettings
from speech.sample_clock import in_frames, samples_of
from speech.tape import Tape
from speech.turn_model import TurnModel
from speech.turn_watch import Pause


class Weighing:
    """`then` is called after each opinion. Call `aclose()` when done."""

    def __init__(
        self, settings: ListeningSettings, model: TurnModel, tape: Tape, then: Callable[[], None]
    ) -> None:
        self._settings = settings
        self._model = model
        self._tape = tape
        self._then = then
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def tasks(self) -> "set[asyncio.Task[None]]":
        return set(self._tasks)

    def grow(self, pause: Pause, position: int) -> None:
        """The pause has grown; `position` is where the line is now."""
        if not pause.asked and pause.samples >= in_frames(self._settings.ask_after_ms):
            self._ask(pause, position)
        if pause.asked == 1 and pause.samples >= in_frames(self._settings.ask_again_after_ms):
            self._ask_again(pause, position)

    def _ask_again(self, pause: Pause, position: int) -> None:
        """Only where both together could be a veto; the first may not be known yet."""
        first = pause.opinions.get(0)
        if pause.is_asking or (first is not None and first < self._settings.ask_again_below):
            self._ask(pause, position)
        else:
            pause.asked += 1
            pause.opinions[1] = None

    def _ask(self, pause: Pause, position: int) -> None:
        number = pause.asked
        pause.asked += 1
        pcm = self._tape.cut(position - samples_of(self._settings.turn_window_ms), position)

        async def ask() -> None:
            pause.opinions[number] = await self._model.completeness(pcm)
            self._then()

        task = asyncio.get_running_loop().create_task(ask())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
