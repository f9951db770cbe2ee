"""A real Celery worker whose handlers follow a script; test_celery.py runs it as a program.

Payloads name a file to write to. `note` writes; `fall` hangs the first time; `fail` fails the first time.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from interviews.background.kinds import GiveUpError, register
from server.celery import app

ENGINES = frozenset({"faster_whisper", "ctranslate2", "onnxruntime", "pocketsphinx"})


def write(payload: dict[str, Any]) -> bool:
    """Whether it is the first line of the file."""
    path = Path(payload["file"])
    is_first = not path.exists()
    with path.open("a") as file:
        file.write(f"{payload['word']} {os.getpid()} {not ENGINES.isdisjoint(sys.modules)}\n")
    return is_first


async def note(payload: dict[str, Any]) -> None:
    write(payload)


async def fall(payload: dict[str, Any]) -> None:
    if write(payload):
        await asyncio.sleep(600)


async def fail(payload: dict[str, Any]) -> None:
    if write(payload):
        raise GiveUpError(payload["word"])


for handler in (note, fall, fail):
    register(f"scripted.{handler.__name__}", handler)

if __name__ == "__main__":
    app.worker_main(["worker", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=INFO"])
