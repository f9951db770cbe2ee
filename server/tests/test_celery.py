"""Real Celery workers on a real Redis: they do what is wished for, also when one is killed over it."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from asgiref.sync import sync_to_async
from celery import Celery
from channels.db import database_sync_to_async
from django.conf import settings as configured
from django.db import connection
from django.utils import timezone

from interviews.background import rows
from interviews.background.backends.celery import CeleryCrew, make_app
from interviews.background.crew import CrewError
from interviews.background.worker import Worker
from interviews.models import Task
from server.celery_settings import celery_settings
from server.environment import Environment

KINDS = ("scripted.note", "scripted.fall", "scripted.fail")
REDIS_CACHE = "django.core.cache.backends.redis.RedisCache"


def database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(configured.DATABASE_URL)._replace(path=f"/{name}"))


@pytest.fixture
def make_crew(settings: Any) -> Iterator[Callable[[str], CeleryCrew]]:
    """This process's side of Celery, and its cache, at the given Redis."""
    made: list[Celery] = []

    def make(url: str) -> CeleryCrew:
        options = {"socket_timeout": 1, "socket_connect_timeout": 1}
        settings.CACHES = {"default": {"BACKEND": REDIS_CACHE, "LOCATION": url, "OPTIONS": options}}
        made.append(make_app(celery_settings(Environment({}), url)))
        return CeleryCrew(made[-1])

    yield make
    for app in made:
        app.pool.force_close_all()
        app.close()


@pytest.fixture
async def crew(
    transactional_db: None, make_crew: Any, redis_url: str, repo_root: Path, tmp_path: Path
) -> AsyncIterator[CeleryCrew]:
    """A worker process that has said it is there."""
    crew = make_crew(redis_url)
    environment = {
        **os.environ,
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis_url,
        "PYTHONPATH": str(repo_root),
    }
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(  # noqa: ASYNC220 (begins in a millisecond)
            [sys.executable, str(repo_root / "server/tests/scripted_worker.py")],
            cwd=repo_root, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        await until(crew.is_there, tmp_path)
        yield crew
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@pytest.fixture
async def handing_over(crew: CeleryCrew) -> AsyncIterator[None]:
    """A process that serves: it has no hands for this work, and tells the crew."""

    async def never(payload: dict[str, Any]) -> None:
        raise AssertionError("this process does nothing itself")

    worker = Worker(dict.fromkeys(KINDS, never), owner="web", clock=timezone.now, crew=crew)
    worker.begin()
    yield
    await worker.aclose()


async def until(is_so: Callable[[], Any], folder: Path) -> None:
    try:
        async with asyncio.timeout(20):
            while not await sync_to_async(is_so)():  # noqa: ASYNC110 (files and rows tell nobody)
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError((folder / "worker.log").read_text()) from None


async def wish(kind: str, file: Path) -> None:
    payload = {"file": str(file), "word": file.stem}
    await database_sync_to_async(rows.want)(f"scripted.{kind}", file.stem, payload, now=timezone.now())


@pytest.mark.redis
async def test_what_is_wished_for_is_done_by_a_worker(handing_over: None, tmp_path: Path) -> None:
    """One test for all, since a worker takes seconds to start."""
    noted, fallen, failed = tmp_path / "noted", tmp_path / "fallen", tmp_path / "failed"
    await wish("note", noted)
    await until(lambda: not Task.objects.exists(), tmp_path)
    word, pid, hears = noted.read_text().split()
    assert word == "noted"
    assert int(pid) != os.getpid()
    assert hears == "False"  # no speech engine is loaded

    await wish("fall", fallen)
    await until(fallen.exists, tmp_path)
    os.kill(int(fallen.read_text().split()[1]), signal.SIGKILL)
    await until(lambda: not Task.objects.exists(), tmp_path)
    pids = [line.split()[1] for line in fallen.read_text().splitlines()]
    assert len(set(pids)) == 2  # begun by the one that was killed, done by another

    await wish("fail", failed)
    await until(
        lambda: Task.objects.filter(status="failed", error="failed", claimed_by="").exists(), tmp_path
    )
    await database_sync_to_async(_run_again)()
    await until(lambda: not Task.objects.exists(), tmp_path)
    assert len(failed.read_text().splitlines()) == 2


def _run_again() -> None:
    """As the admin does."""
    assert rows.run_again([Task.objects.get().pk], now=timezone.now()) == 1


def test_without_redis_there_is_no_crew(make_crew: Any, free_port: int) -> None:
    crew = make_crew(f"redis://127.0.0.1:{free_port}/0")
    assert not crew.is_there()
    with pytest.raises(CrewError):
        crew.call([1])


def test_celery_needs_redis(repo_root: Path, tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "server", "worker"],
        cwd=repo_root,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "ENV_FILE": os.devnull},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert started.returncode != 0
    assert "REDIS_URL is empty" in started.stderr
