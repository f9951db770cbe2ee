"""Fixtures for every test: what answers, where recordings lie, and a guard against reaching outside."""

import contextlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
import redis
from playwright.sync_api import Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"
POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/11")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MUST_NOT_SKIP = os.environ.get("VIVA_CI") == "1"
STATEFUL_MARKERS = ("django_db", "postgres", "redis")
STATEFUL_FIXTURES = frozenset({"db", "transactional_db", "live_server"})
NEEDS = ("postgres", "redis", "browser", "curl", "shared")
LOOPBACK = ("127.", "::1", "localhost", "::ffff:127.")


class OutsideNetworkError(RuntimeError):
    """A test reached for an address that is not this machine's own."""


def _refuse_outside(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else ""  # a Unix socket's address is a path
    elif event == "socket.getaddrinfo":
        host = args[0] or ""
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name and not name.startswith(LOOPBACK):
        raise OutsideNetworkError(f"A test reached for {name}; tests stay on 127.0.0.1.")


# An audit hook sees every connection of this process, whoever makes it, and can't be forgotten by a test.
sys.addaudithook(_refuse_outside)


def _why_no_postgres() -> str:
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.Error:
        return "no PostgreSQL answers (TEST_DATABASE_URL, or 127.0.0.1:5432)"
    return ""


def _why_no_redis() -> str:
    client = redis.Redis.from_url(REDIS_URL, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError:
        return "no Redis answers (TEST_REDIS_URL, or 127.0.0.1:6379)"
    finally:
        client.close()
    return ""


def _find_chromium() -> str:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")


WHY_NOT: dict[str, Callable[[], str]] = {
    "postgres": _why_no_postgres,
    "redis": _why_no_redis,
    "browser": lambda: "" if _find_chromium() else "no Chromium is installed",
    "curl": lambda: "" if shutil.which("bash") and shutil.which("curl") else "bash or curl is not installed",
    "shared": lambda: "" if SHARED.is_dir() else "the recordings are not beside the checkout",
}


@pytest.fixture(scope="session")
def missing_needs() -> dict[str, str]:
    """Filled as tests ask: the reason why a need is not met, or "" where it is."""
    return {}


@pytest.fixture(autouse=True)
def _needs_met(request: pytest.FixtureRequest, missing_needs: dict[str, str]) -> None:
    for need in NEEDS:
        if request.node.get_closest_marker(need) is None:
            continue
        if need not in missing_needs:
            missing_needs[need] = WHY_NOT[need]()
        if missing_needs[need]:
            pytest.skip(missing_needs[need])


@pytest.fixture(scope="session", autouse=True)
def _passwords_that_cost_nothing() -> None:
    """Real ones are slow on purpose, a third of a second for every account that a test makes."""
    from django.conf import settings  # noqa: PLC0415 (settings load after pytest-django prepared them)

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_when_asked_for() -> None:
    """Else every test's client reads through all of them first: a tenth of the time of tests of pages."""
    from django.conf import settings  # noqa: PLC0415 (settings load after pytest-django prepared them)

    settings.WHITENOISE_AUTOREFRESH = True


def pytest_configure(config: pytest.Config) -> None:
    """Not `pytest_plugins`: people are rows, whose models load only once Django is set up."""
    config.pluginmanager.import_plugin("interviews.api.tests.people")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stateful", action="store_true", help="only tests that touch the database or Redis")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests come last: behind Playwright's running event loop no asyncio test can run its own."""
    if config.getoption("--stateful"):
        pure = [item for item in items if not _is_stateful(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if item not in set(pure)]
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def _is_stateful(item: pytest.Item) -> bool:
    has_marker = any(item.get_closest_marker(name) for name in STATEFUL_MARKERS)
    return has_marker or not STATEFUL_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be missing (CI), a skipped test that has a need is a failed one."""
    report = yield
    if MUST_NOT_SKIP and report.skipped and any(item.get_closest_marker(need) for need in NEEDS):
        report.outcome = "failed"
        report.longrepr = f"Skipped where nothing may be missing: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Tests on SQLite use a file: in memory, threads share one cache and lock each other out at once."""
    from django.conf import settings  # noqa: PLC0415 (settings load after pytest-django prepared them)

    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = f"viva_test_{uuid4().hex[:12]}"
        yield
        return
    with tempfile.TemporaryDirectory(prefix="viva-test-") as folder:
        database.setdefault("TEST", {})["NAME"] = str(Path(folder) / "test.sqlite3")
        yield


@pytest.fixture(autouse=True)
def _recordings_apart(request: pytest.FixtureRequest) -> None:
    """Tests that touch the database keep recordings in a folder of their own."""
    if not {"db", "transactional_db"} & set(request.fixturenames):
        return
    settings, folder = request.getfixturevalue("settings"), request.getfixturevalue("tmp_path")
    apart = {
        name: settings.STORAGES[name] | {"OPTIONS": {"location": str(folder / name)}}
        for name in ("recordings", "resumes")
    }
    settings.STORAGES = settings.STORAGES | apart


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of an empty database of this test's own; mark the test `postgres`."""
    name = f"viva_test_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES_URL, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield urlunsplit(urlsplit(POSTGRES_URL)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address of a Redis database that is emptied before and after; mark the test `redis`."""
    with contextlib.closing(redis.Redis.from_url(REDIS_URL)) as client:
        client.flushdb()
        yield REDIS_URL
        client.flushdb()


@pytest.fixture(scope="session")
def repo_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Where human recordings lie beside the checkout; mark the test `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Mark the test `browser`."""
    return _find_chromium()


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright, once for all: it keeps an event loop running in the main thread, and two can't."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
