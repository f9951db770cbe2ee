"""Cut lines, reloads, crashes and deployments in mid-sentence: every word is there, once."""

import asyncio
from pathlib import Path

from e2e.faults.station import Station
from e2e.faults.talk import eventually, talking

ANSWERS = ("background", "generator", "queue", "conflict", "mistake")


async def test_five_drops_a_reload_and_a_crash_lose_no_word(station: Station, tmp_path: Path) -> None:
    async with talking(station, *ANSWERS, speed=3.0) as talk:
        await talk.begin(recording=True)
        for number, name in enumerate(ANSWERS):
            await talk.start_saying(name)
            await talk.come_to(3_000)
            if number == 2:
                station.server.kill()
                await asyncio.to_thread(station.server.start)
            else:
                talk.client.drop()
            if number == 3:
                await talk.come_to(6_000)
                talk.client.reload()
            if number == 4:
                await talk.come_to(6_000)
                talk.client.drop()
            await talk.finish_saying()
        last = talk.spoken[-1][1] + len(talk.spoken[-1][0].pcm) // 2
        await eventually(lambda: talk.look()["audio_acked"] >= last, "the last acknowledgement")
        assert talk.client.reconnects >= 7
        assert talk.client.missing_samples == 0
        talk.assert_every_word_once()
        talk.assert_recorded(tmp_path / "recording.pcm")
        assert str(talk.uuid) in station.manage("verify_log", talk.uuid)


async def test_a_deployment_in_mid_sentence_asks_the_page_to_come_back(station: Station) -> None:
    async with talking(station, "background", "yes", speed=3.0) as talk:
        await talk.begin()
        await talk.start_saying("background")
        await talk.come_to(4_000)
        await asyncio.to_thread(station.server.stop)
        assert talk.client.close_codes[-1] == 4012
        assert talk.look()["owner"] == ""
        await asyncio.to_thread(station.server.start)
        await talk.finish_saying()
        await talk.say("yes")
        talk.assert_every_word_once()
