"""Gets a Whisper model's directory by name, and never waits for a network that isn't there.

The search and the download run in a process; this side watches the cache grow and ends it where nothing
comes.
"""

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from msgspec import Struct

from speech.transcript import EngineError

PROJECT = Path(__file__).resolve().parent.parent
NEEDED = ("model.bin", "config.json", "tokenizer.json")
NO_MODEL, UNKNOWN_NAME = 4, 5  # exit statuses of speech.backends.model_hub
POLL_S = 0.1
REPORT_EVERY_S = 5.0

logger = logging.getLogger(__name__)


class Waiting(Struct, frozen=True):
    """How long to wait for the first bytes to land on disk, and for any more of them after that."""

    first_s: float = 10.0  # importing takes 1 to 3 s on a busy machine; a hub that answers does so within 2
    next_s: float = 20.0


def is_model(folder: Path) -> bool:
    """This will tell whether a directory holds a whole CTranslate2 Whisper model."""
    return all((folder / name).is_file() for name in NEEDED)


def obtain(name: str, cache: Path, waiting: Waiting | None = None) -> Path | None:
    """This will find a model on this machine, or download it into `cache`, once.

    It blocks: 1 to 3 s for a model that is here, `first_s` without a network, else as long as bytes keep
    coming. None where the model can't be had. Raises EngineError for a name nobody knows.
    """
    cache.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "speech.backends.model_hub", name, str(cache)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    with process:
        try:
            is_done = _watch(process, cache, waiting or Waiting())
        finally:
            process.kill()
        printed = process.stdout.read().decode() if process.stdout else ""
    if process.returncode == UNKNOWN_NAME:
        raise EngineError(f"WHISPER_MODEL is {name!r}, no model's name and no directory.", permanent=True)
    return Path(printed) if is_done and printed else None


def _watch(process: "subprocess.Popen[bytes]", cache: Path, waiting: Waiting) -> bool:
    """True when the process ended by itself and well, False when it failed or nothing came any more."""
    size = before = _bytes_in(cache)
    changed = reported = time.monotonic()
    while process.poll() is None:
        time.sleep(POLL_S)
        now, found = time.monotonic(), _bytes_in(cache)
        if found != size:
            size, changed = found, now
        elif now - changed > (waiting.first_s if size == before else waiting.next_s):
            logger.warning("the model hub does not answer")
            return False
        if size != before and now - reported > REPORT_EVERY_S:
            reported = now
            logger.info("downloading the Whisper model, once: %d MB so far", (size - before) // 1_000_000)
    return process.returncode == 0


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).lstat().st_size
            except FileNotFoundError:  # finished files are renamed under our eyes
                continue
    return total
