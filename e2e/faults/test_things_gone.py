"""The interview is deleted while it runs; the recording can't be written."""

import asyncio
from pathlib import Path

from e2e.faults.station import Station
from e2e.faults.talk import eventually, talking


async def test_a_deleted_interview_says_so_and_stays_gone(station: Station) -> None:
    async with talking(station, "background") as talk:
        await talk.begin()
        logged_before = len(station.server.log())
        await talk.start_saying("background")
        await talk.come_to(2_000)
        station.ask("delete", talk.pk)
        await eventually(lambda: talk.client.closed, "the farewell")
        assert talk.client.closed == 4404
        assert "Traceback" not in station.server.log()[logged_before:]


async def test_a_recording_that_cannot_be_written_ends_no_interview(station: Station, tmp_path: Path) -> None:
    """Root may write everywhere, so a file stands where the folder should be: as bad as a full disk."""
    async with talking(station, "background", "queue") as talk:
        await talk.client.start()
        in_the_way = station.folder / "recordings" / talk.uuid
        in_the_way.parent.mkdir(exist_ok=True)
        in_the_way.write_text("")
        logged_before = len(station.server.log())
        await talk.client.begin(recording=True)
        await talk.say("background")
        assert talk.look()["audio_acked"] == 0, "nothing is acknowledged that was not stored"
        complaints = station.server.log()[logged_before:]
        assert complaints.count("recording can't be stored") == 1
        assert "Traceback" not in complaints
        await asyncio.to_thread(station.server.kill)
        await asyncio.to_thread(station.server.start)
        await talk.start_saying("queue")
        in_the_way.unlink()
        await talk.finish_saying()
        talk.assert_every_word_once()
        last = talk.spoken[-1][1] + len(talk.spoken[-1][0].pcm) // 2
        await eventually(lambda: talk.look()["audio_acked"] >= last, "the last acknowledgement")
        talk.assert_recorded(tmp_path / "recording.pcm")
