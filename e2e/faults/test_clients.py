"""Pages that misbehave, and networks that do: each gets a clear answer, and loses nothing of its own."""

import asyncio
from contextlib import AsyncExitStack

from websockets.exceptions import ConnectionClosed

from bench.answers import answer_named
from e2e.faults.cable import Cable
from e2e.faults.page import BarePage
from e2e.faults.station import Station
from e2e.faults.talk import talking

SECOND = bytes(32_000)


async def test_ten_pages_lose_their_line_at_once(station: Station) -> None:
    async with AsyncExitStack() as stack:
        talks = [await stack.enter_async_context(talking(station, "yes", speed=2.0)) for _ in range(10)]
        await asyncio.gather(*(talk.begin() for talk in talks))
        await asyncio.gather(*(talk.start_saying("yes") for talk in talks))
        await asyncio.gather(*(talk.come_to(800) for talk in talks))
        for talk in talks:
            talk.client.drop()
        await asyncio.gather(*(talk.finish_saying() for talk in talks))
        for talk in talks:
            talk.assert_every_word_once()


async def test_a_black_hole_that_heals_swallows_no_word(station: Station) -> None:
    async with Cable(station.server.port) as cable, talking(station, "background", speed=2.0) as talk:
        talk.client.socket_url = talk.client.socket_url.replace(str(station.server.port), str(cable.port))
        await talk.begin()
        await talk.start_saying("background")
        await talk.come_to(3_000)
        cable.passes.clear()
        await talk.come_to(9_000)
        cable.passes.set()
        await talk.finish_saying()
        talk.assert_every_word_once()
        assert talk.client.reconnects == 0


async def test_a_black_hole_that_is_given_up_swallows_no_word(station: Station) -> None:
    """The page comes back on a new line while the server still believes in the old one."""
    async with Cable(station.server.port) as cable, talking(station, "background", speed=2.0) as talk:
        direct = talk.client.socket_url
        talk.client.socket_url = direct.replace(str(station.server.port), str(cable.port))
        await talk.begin()
        await talk.start_saying("background")
        await talk.come_to(3_000)
        cable.passes.clear()
        talk.client.socket_url = direct
        await talk.come_to(6_000)
        talk.client.drop()
        await talk.finish_saying()
        cable.passes.set()
        talk.assert_every_word_once()
        assert talk.client.closed is None


async def test_sound_faster_than_anybody_speaks_is_refused(station: Station) -> None:
    async with talking(station, "background") as talk:
        async with BarePage(talk) as page:
            await page.begin()
            try:
                for offset in range(0, 120 * 16_000, 16_000):
                    await page.send_audio(offset, SECOND)
            except ConnectionClosed:
                pass
            assert await page.is_closed_with() == 4429
        async with BarePage(talk) as again:
            assert again.of("session.snapshot")[-1]["state"] != "ended"


async def test_sound_out_of_order_and_twice_becomes_one_line(station: Station) -> None:
    answer = answer_named("yes")
    chunks = [(at // 2, answer.pcm[at : at + 3_200]) for at in range(0, len(answer.pcm), 3_200)]
    async with talking(station, "background") as talk, BarePage(talk) as page:
        await page.begin()
        reply_id = page.of("reply.finished")[-1]["reply_id"]
        await page.send("playback.started", reply_id=reply_id)
        await page.send("playback.finished", reply_id=reply_id)
        await page.hears("state.changed", state="listening")
        await page.send_audio(*chunks[0])
        await page.send_audio(*chunks[3])
        assert (await page.hears("audio.resend"))["offset"] == len(chunks[0][1]) // 2
        await page.send_audio(*chunks[4])  # dropped: what was asked for has not come
        for chunk in chunks[1:]:
            await page.send_audio(*chunk)
            await page.send_audio(*chunk)
        end = len(answer.pcm) // 2
        for number in range(40):
            await page.send_audio(end + number * 1_600, bytes(3_200))
        await page.hears("turn.ended")
        assert " ".join(one["text"] for one in page.of("transcript.final")) == answer.text
        assert len(page.of("audio.resend")) == 1
        await page.send("audio.missing", **{"from": 0, "to": 10_000 * 16_000})
        await page.hears("error", code="bad_offset")


async def test_answers_before_the_start_and_after_the_end(station: Station) -> None:
    async with talking(station, "background") as talk:
        async with BarePage(talk) as page:
            await page.send("answer.text", text="Too early.")
            refused = await page.hears("error")
            assert refused["message"]
            assert not refused.get("fatal")
            await page.send("candidate.ready")
            await page.hears("error", code="consent_required")
            await page.begin()
            await page.send("session.end")
            await page.hears("session.ended")
            assert await page.is_closed_with() == 4410
        await asyncio.gather(talk.client.start(), return_exceptions=True)
        assert talk.client.closed == 4410
        assert talk.look()["types"].get("turn.ended", 0) == 0


async def test_two_pages_with_one_link(station: Station) -> None:
    async with talking(station, "background") as talk, BarePage(talk) as first, BarePage(talk) as second:
        assert await first.is_closed_with() == 4409
        await second.send("ping", at_ms=1)
        await second.hears("pong", at_ms=1)
        assert second.code is None
