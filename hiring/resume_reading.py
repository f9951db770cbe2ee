"""Takes the words out of an uploaded résumé, trusting nothing about it: not its name, its type or its size.

The first bytes decide what it is. Reading happens in a process with bounds on memory and time that sees no
secret of this one; see hiring/resume_process.py.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Literal

import msgspec

from hiring.models import MOST_RESUME_CHARS

PROJECT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
# Of addresses: Python with pypdf and lxml has 65 MB of them before it reads a byte (measured 2026-11).
MEMORY_BYTES = 512 * MEGABYTE
WITHIN_S = 10.0
AT_ONCE = 2  # a third caller waits: reading must not take every core from live sessions
REFUSED = 3
KEPT_NAMES = ("PATH", "LD_LIBRARY_PATH")  # of the environment: keys and passwords stay here
TOO_MUCH = "Reading the file took too much time or memory, so its words are missing."
_places = threading.BoundedSemaphore(AT_ONCE)

Kind = Literal["pdf", "docx", "txt"]


class ResumeError(Exception):
    """`code`: too_large, empty, unsupported, damaged, unsafe, too_large_inside, busy; the text is for all."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ReadResume(msgspec.Struct, frozen=True):
    """What a résumé says; `note` tells why it says nothing, or not all."""

    kind: Kind
    text: str = ""
    note: str = ""


def read_resume(data: bytes, *, within_s: float = WITHIN_S, memory_bytes: int = MEMORY_BYTES) -> ReadResume:
    """This will read PDF, DOCX and plain text. It blocks, up to two times `within_s`.

    What can't be read but is one of these comes back without words and with a note. Raises ResumeError for
    what is not to be kept.
    """
    if not data:
        raise ResumeError("empty", "The file is empty.")
    if len(data) > MOST_BYTES:
        raise ResumeError("too_large", f"A résumé may have {MOST_BYTES // MEGABYTE} megabytes at most.")
    if not _places.acquire(timeout=within_s):
        raise ResumeError("busy", "Too many résumés are being read; try again in a moment.")
    try:
        return _run(data, within_s, memory_bytes)
    finally:
        _places.release()


def _run(data: bytes, within_s: float, memory_bytes: int) -> ReadResume:
    bounds = [str(memory_bytes), str(max(1, round(within_s))), str(MOST_RESUME_CHARS)]
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the bounds are numbers)
            [sys.executable, "-m", "hiring.resume_process", *bounds],
            cwd=PROJECT,
            env={name: os.environ[name] for name in KEPT_NAMES if name in os.environ},
            input=data,
            capture_output=True,
            timeout=within_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _without_words(data)
    if done.returncode == 0:
        return msgspec.convert(json.loads(done.stdout), ReadResume)
    code, _, message = done.stderr.decode(errors="replace").partition(": ")
    if done.returncode == REFUSED and message:
        raise ResumeError(code, message)
    return _without_words(data)


def _without_words(data: bytes) -> ReadResume:
    """Of a PDF that was too much: it is kept. Raises ResumeError for anything else."""
    if b"%PDF-" in data[:1024]:
        return ReadResume("pdf", note=TOO_MUCH)
    raise ResumeError("damaged", "The file can't be read; it may be damaged, or made to do harm.")
