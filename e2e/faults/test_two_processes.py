"""Two servers on one Postgres and one Redis: candidate here, observer there, and back again."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consumers.candidate_client import CandidateClient
from e2e.faults.databases import REDIS_URL, fresh_postgres
from e2e.faults.observer import Observer
from e2e.faults.station import Station, open_station
from e2e.faults.talk import eventually, talking

pytestmark = [pytest.mark.postgres, pytest.mark.redis]


@pytest.fixture(scope="module")
def running_pair(model: Path, migrate: Callable[[Station], object]) -> Iterator[Station]:
    with (
        fresh_postgres() as database,
        open_station(model, migrate, servers=2, DATABASE_URL=database, REDIS_URL=REDIS_URL) as station,
    ):
        yield station


@pytest.fixture
def pair(running_pair: Station) -> Station:
    """Both servers, running."""
    running_pair.start()
    return running_pair


async def test_an_observer_at_another_server_sees_and_commands(pair: Station) -> None:
    there = pair.servers[1]
    async with talking(pair, "background", "queue", speed=1.0) as talk:  # faster, partials are dropped
        await talk.begin()
        async with Observer(there.monitor_url(talk.uuid), pair.ask("observe")) as observer:
            assert observer.of("monitor.snapshot")[0]["state"] == "listening"
            await eventually(lambda: talk.client.of("participant.joined"), "word of the observer")
            await talk.start_saying("background")
            await observer.sees("transcript.partial")
            await talk.finish_saying()
            await observer.sees("turn.ended")
            await observer.sees("reply.finished")
            queued = await observer.command("question.queue", text="What would you do differently today?")
            assert queued["type"] == "command.done"
            extended = await observer.command("time.extend", minutes=5)
            assert extended["type"] == "command.done"
            assert pair.ask("look", talk.pk)["types"]["time.extended"] == 1
            assert observer.seqs == sorted(set(observer.seqs))


async def test_a_candidate_moves_to_another_server_in_mid_sentence(pair: Station) -> None:
    async with talking(pair, "background", "queue") as talk:
        await talk.begin()
        await talk.start_saying("background")
        await talk.come_to(4_000)
        talk.move_to(pair.servers[1])
        talk.client.drop()
        await talk.finish_saying()
        talk.move_to(pair.servers[0])
        await talk.start_saying("queue")
        await talk.come_to(4_000)
        talk.client.drop()
        await talk.finish_saying()
        talk.assert_every_word_once()


async def test_a_socket_elsewhere_takes_over_and_the_former_one_gives_way(pair: Station) -> None:
    async with talking(pair, "background", "queue") as talk:
        await talk.begin()
        newer = CandidateClient(pair.servers[1].socket_url(talk.uuid), talk.token)
        await newer.start()
        await eventually(lambda: talk.client.closed, "the farewell of the former socket")
        assert talk.client.closed == 4409
        assert newer.closed is None
        await newer.close()


async def test_a_killed_server_leaves_its_interview_to_the_other(pair: Station) -> None:
    async with talking(pair, "background", "queue") as talk:
        await talk.begin()
        await talk.start_saying("background")
        await talk.come_to(4_000)
        talk.move_to(pair.servers[1])
        await asyncio.to_thread(pair.servers[0].kill)
        await talk.finish_saying()
        talk.assert_every_word_once()
