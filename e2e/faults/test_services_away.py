"""Redis dies or freezes, Postgres throws everybody out: the interview goes on."""

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from e2e.faults.observer import Observer
from e2e.faults.station import Station, open_station
from e2e.faults.talk import eventually, talking


class OwnRedis:
    """A Redis of this test's own, to kill and to freeze."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                "redis-server",
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ],
            stdout=subprocess.DEVNULL,
        )

    async def answers(self) -> None:
        def pings() -> bool:
            with (
                contextlib.closing(redis.Redis(port=self.port)) as client,
                contextlib.suppress(redis.RedisError),
            ):
                return bool(client.ping())
            return False

        await eventually(pings, "an answer of Redis")

    def signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def own_redis(free_port: int) -> Iterator[OwnRedis]:
    one = OwnRedis(free_port)
    yield one
    one.kill()


@pytest.fixture
def with_redis(
    model: Path, migrate: Callable[[Station], object], postgres_url: str, own_redis: OwnRedis
) -> Iterator[Station]:
    url = f"redis://127.0.0.1:{own_redis.port}/0"
    with open_station(model, migrate, servers=2, DATABASE_URL=postgres_url, REDIS_URL=url) as station:
        yield station


@pytest.mark.postgres
@pytest.mark.redis
async def test_redis_is_killed_then_frozen_and_nobody_notices(
    with_redis: Station, own_redis: OwnRedis
) -> None:
    there = with_redis.servers[1]
    async with talking(with_redis, "background", "queue", "mistake") as talk:
        await talk.begin()
        async with Observer(there.monitor_url(talk.uuid), with_redis.ask("observe")) as observer:
            await talk.start_saying("background")
            await talk.come_to(4_000)
            own_redis.kill()
            await talk.finish_saying()
            await observer.sees("turn.ended")  # by looking, without being told
            assert (await observer.command("time.extend", minutes=1))["type"] == "command.done"
            own_redis.start()
            await own_redis.answers()
            seen = len(observer.of("transcript.partial"))
            await talk.start_saying("queue")
            await talk.finish_saying()
            own_redis.signal(signal.SIGSTOP)
            try:
                await talk.say("mistake")
                await observer.sees("turn.ended", more_than=2)
            finally:
                own_redis.signal(signal.SIGCONT)
            await observer.sees("transcript.partial", more_than=seen)
            newest = talk.client.seq
            await eventually(lambda: observer.seqs[-1] >= newest, "the rest of the log")
            assert observer.seqs == sorted(set(observer.seqs))
        talk.assert_every_word_once()


@pytest.fixture
def on_postgres(
    model: Path, migrate: Callable[[Station], object], postgres_url: str
) -> Iterator[tuple[Station, str]]:
    with open_station(model, migrate, DATABASE_URL=postgres_url) as station:
        yield station, postgres_url


def throw_everybody_out(url: str) -> int:
    """Ends every other connection to this database, and gives how many there were."""
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(url, autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            (name,),
        )
        return len(ended.fetchall())


@pytest.mark.postgres
async def test_postgres_throws_everybody_out_again_and_again(on_postgres: tuple[Station, str]) -> None:
    station, url = on_postgres
    async with talking(station, "background", "queue") as talk:
        await talk.begin(recording=True)
        station.close_desk()
        for name in ("background", "queue"):
            await talk.start_saying(name)
            for ms in range(1_000, 10_000, 1_500):
                await talk.come_to(ms)
                await asyncio.to_thread(throw_everybody_out, url)
            await talk.finish_saying()
        talk.assert_every_word_once()
        assert talk.client.reconnects == 0
