"""The throttles start empty and guests are let in, for each test; and a process that hears a script."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from django.test import AsyncClient

from interviews.live.process import get_process
from speech.settings import SpeechSettings

SCRIPT = ("Hello there.", "And goodbye.")


@pytest.fixture(autouse=True, scope="session")
def _process_of_plain_settings() -> None:
    """The process reads the settings once, when it is first asked for: before any test changes them."""
    get_process()


@pytest.fixture(autouse=True)
def _rest(empty_throttles: None, guests_let_in: None) -> None:
    """Both fixtures stand in people.py."""


@pytest.fixture
async def hearing(settings: Any, tmp_path: Path, browser: AsyncClient) -> AsyncIterator[AsyncClient]:
    settings.SPEECH = SpeechSettings(
        engine="scripted", script=SCRIPT, cache_dir=str(tmp_path), run_dir=str(tmp_path / "run"), capacity=2
    )
    get_process.cache_clear()
    recognizer = get_process().recognizer
    await recognizer.start()
    yield browser
    await recognizer.close()
    get_process.cache_clear()


@pytest.fixture
def spoken(repo_root: Path) -> bytes:
    return (repo_root / "speech" / "miniature" / "answers" / "background.flac").read_bytes()
