"""Interviews that move on by commands alone, and those that nobody comes back to."""

import asyncio

from e2e.faults.page import CONSENT
from e2e.faults.station import Station
from e2e.faults.talk import eventually, talking
from speech.word_errors import count_errors

TYPED = "I led the migration of our billing service to Postgres and we lost no orders."


async def test_a_typed_interview_runs_without_any_socket(station: Station) -> None:
    """And by another process than the one that serves: the desk takes the lease and gives it back."""
    made = station.ask("make", ["backend-migration"])
    pk = made["pk"]
    assert station.ask("say", pk, "candidate.ready", {}) == "rejected"  # without consent
    assert station.ask("say", pk, "candidate.consent", CONSENT) == "done"
    assert station.ask("say", pk, "candidate.ready", {}) == "done"
    for _ in range(8):
        if station.ask("look", pk)["status"] != "in_progress":
            break
        assert station.ask("say", pk, "answer.text", {"text": TYPED}) == "done"
    look = station.ask("look", pk)
    if look["status"] == "in_progress":
        assert station.ask("say", pk, "candidate.end", {}) == "done"
        look = station.ask("look", pk)
    assert look["status"] == "completed"
    assert look["owner"] == ""
    assert set(look["verdicts"]) == {"intact"}
    assert all(event["reason"] == "typed" for event in look["events"] if event["type"] == "turn.ended")
    assert station.ask("say", pk, "answer.text", {"text": TYPED}) == "rejected"


async def test_commands_from_elsewhere_reach_the_process_that_runs_the_interview(station: Station) -> None:
    async with talking(station, "background") as talk:
        await talk.begin()
        owner = talk.look()["owner"]
        assert (
            await asyncio.to_thread(station.ask, "say", talk.pk, "note.add", {"text": "Good eyes."}) == "done"
        )
        assert await asyncio.to_thread(station.ask, "say", talk.pk, "answer.text", {"text": TYPED}) == "done"
        await eventually(lambda: talk.client.of("turn.ended"), "the typed turn at the page")
        assert talk.look()["owner"] == owner
        assert talk.client.close_codes == []


async def test_an_interview_that_nobody_comes_back_to_ends(station: Station) -> None:
    """After a crash in mid-sentence, and after a deployment: in neither did anybody see the page leave."""
    async with talking(station, "background") as crashed, talking(station, "background") as deployed:
        await crashed.begin()
        await deployed.begin()
        await crashed.client.close()
        await asyncio.to_thread(station.server.kill)
        await asyncio.to_thread(station.server.start)
        await eventually(lambda: deployed.client.reconnects, "the other one's return")
        await deployed.floor()
        await asyncio.to_thread(station.server.stop)
        await deployed.client.close()
        for talk in (crashed, deployed):
            station.ask("age", talk.pk, 25)
        station.ask("sweep")
        for talk in (crashed, deployed):
            look = talk.look()
            assert (look["status"], look["end_reason"]) == ("abandoned", "abandoned")
            assert look["owner"] == ""


async def test_time_without_a_page_is_not_the_candidates(station: Station) -> None:
    """A server was stopped for hours: the interview paused a minute after, and goes on where it was."""
    async with talking(station, "background") as talk:
        await talk.begin()
        await asyncio.to_thread(station.server.stop)
        station.ask("age", talk.pk, 5)
        await asyncio.to_thread(station.server.start)
        await eventually(lambda: talk.client.state == "paused", "the pause")
        await talk.client.send({"type": "session.resume"})
        await talk.floor()
        left_ms = [
            one["time_left_ms"] for one in talk.client.of("settings.changed") if one.get("time_left_ms")
        ]
        assert left_ms[-1] > left_ms[0] - 5 * 60_000
        await talk.say("background")
        assert count_errors(talk.spoken[0][0].text, talk.heard()[0]).total == 0
