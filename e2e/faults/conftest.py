"""Stations for the tests of faults: real servers with the miniature Whisper, on databases of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from e2e.faults.station import Station, open_station
from e2e.served import migrated_database
from speech.backends.miniature import kept_model

# These tests bring databases of their own; on a second run of the suite there is nothing new to find.
collect_ignore_glob = ["test_*.py"] if os.environ.get("DATABASE_URL") else []


@pytest.fixture(scope="session")
def model(repo_root: Path) -> Path:
    return kept_model(repo_root / "var" / "miniature")


@pytest.fixture(scope="session")
def migrate() -> Callable[[Station], object]:
    return lambda station: station.manage("migrate", "--verbosity", "0")


@pytest.fixture(scope="session")
def open_embedded(model: Path) -> Callable[..., AbstractContextManager[Station]]:
    def prepare(station: Station) -> None:
        shutil.copy(migrated_database(), station.folder)

    return lambda **settings: open_station(model, prepare, **settings)


@pytest.fixture(scope="session")
def shared_station(open_embedded: Callable[..., AbstractContextManager[Station]]) -> Iterator[Station]:
    """For tests that leave it as they found it."""
    with open_embedded() as station:
        yield station


@pytest.fixture
def station(shared_station: Station) -> Station:
    """The shared one, running."""
    shared_station.start()
    return shared_station
