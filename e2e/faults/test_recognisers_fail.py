"""The processes that recognise speech are killed or hang: the utterance is tried again."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager

from e2e.faults.page import BarePage
from e2e.faults.station import Station
from e2e.faults.talk import eventually, talking


async def test_killed_recognisers_lose_no_utterance(station: Station) -> None:
    async with talking(station, "background", "queue") as talk:
        await talk.begin()
        await talk.start_saying("background")
        for ms in (3_000, 7_000, 10_000):
            await talk.come_to(ms)
            for pid in await eventually(station.server.recognisers, "recognisers"):
                os.kill(pid, signal.SIGKILL)
        await talk.finish_saying()
        await talk.say("queue")
        talk.assert_every_word_once()
        assert talk.client.reconnects == 0


async def test_a_recogniser_that_hangs_is_replaced(
    open_embedded: Callable[..., AbstractContextManager[Station]],
) -> None:
    with open_embedded(SPEECH_WORKERS="1") as station:
        async with (
            talking(station, "background") as talk,
            talking(station, "background") as idle,
            BarePage(idle) as idle_page,
        ):
            await talk.begin()
            (pid,) = await eventually(station.server.recognisers, "a recogniser")
            await talk.start_saying("background")
            os.kill(pid, signal.SIGSTOP)
            await talk.finish_saying(timeout_s=120)
            talk.assert_every_word_once()
            assert pid not in station.server.recognisers()
            await idle_page.send("ping", at_ms=1)  # it has been idle for longer than pings are apart
            await idle_page.hears("pong", at_ms=1)
