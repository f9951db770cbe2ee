"""Turns an uploaded recording into PCM, trusting nothing about it: not its name, its header or its size.

The first bytes choose the demuxer, so a playlist stays a refused file and fetches nothing. Decoding happens
in a process with bounds on memory and time and stops at the longest length allowed, whatever the header
promises.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

from msgspec import Struct

from speech.decoding_process import BYTES_PER_MS, REFUSED

PROJECT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
# Of addresses. FFmpeg and NumPy use 245 MB of them for 24 s of FLAC and 50 MB of memory (measured 2026-11);
# 1.2 MB of FLAC took 3,971 MiB without a bound.
MEMORY_BYTES = 1024 * MEGABYTE
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}  # NumPy's BLAS reserves addresses for every core of the machine
AT_ONCE = 2  # a third caller waits: decoding must not take every core from live sessions
_places = threading.BoundedSemaphore(AT_ONCE)


class DecodingError(Exception):
    """`code`: too_large, too_long, too_slow, unsupported, damaged, no_audio, busy; the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Limits(Struct, frozen=True, kw_only=True):
    """`most_bytes` of the file, `most_s` of sound, `within_s` of wall time for waiting and decoding each."""

    most_bytes: int = 25 * MEGABYTE
    most_s: int = 600
    within_s: float = 30.0
    memory_bytes: int = MEMORY_BYTES


class Decoded(Struct, frozen=True):
    """Mono s16le PCM at 16 kHz."""

    pcm: bytes
    container: str

    @property
    def duration_ms(self) -> int:
        return len(self.pcm) // BYTES_PER_MS


def sniff(data: bytes) -> str:
    """This will name the demuxer that the first bytes announce, or "" for what is not taken."""
    head = data[:16]
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] == b"ftyp":
        return "mov"
    for magic, demuxer in (
        (b"fLaC", "flac"),
        (b"OggS", "ogg"),
        (b"\x1aE\xdf\xa3", "matroska"),
        (b"ID3", "mp3"),
    ):
        if head.startswith(magic):
            return demuxer
    return _sniff_frames(head)


def _sniff_frames(head: bytes) -> str:
    """MPEG audio begins with a frame: eleven bits set, then version, layer and rates not reserved."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    layer, rates = (head[1] >> 1) & 3, head[2]
    if layer == 0:  # reserved in MPEG audio, and the mark of AAC in ADTS
        return "aac" if head[1] & 0xF0 == 0xF0 else ""
    return "mp3" if rates >> 4 != 15 and (rates >> 2) & 3 != 3 else ""


def decode(data: bytes, limits: Limits | None = None) -> Decoded:
    """This will decode WAV, FLAC, MP3, AAC, OGG (Vorbis, Opus), WebM and M4A. It blocks, up to two times
    `within_s`, so it is not for the event loop.

    Raises DecodingError.
    """
    limits = limits or Limits()
    if len(data) > limits.most_bytes:
        raise DecodingError("too_large", f"The file is larger than {limits.most_bytes // MEGABYTE} MB.")
    demuxer = sniff(data)
    if not demuxer:
        raise DecodingError("unsupported", "Send WAV, FLAC, MP3, OGG, WebM or M4A.")
    if not _places.acquire(timeout=limits.within_s):
        raise DecodingError("busy", "Too many recordings are being decoded; try again in a moment.")
    try:
        pcm = _run(data, demuxer, limits)
    finally:
        _places.release()
    if not pcm:
        raise DecodingError("no_audio", "There is no sound in this file.")
    return Decoded(pcm, demuxer)


def _run(data: bytes, demuxer: str, limits: Limits) -> bytes:
    bounds = [demuxer, str(limits.memory_bytes), str(limits.most_s * 1000)]
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the bounds are numbers)
            [sys.executable, "-m", "speech.decoding_process", *bounds],
            cwd=PROJECT,
            env={**os.environ, **ONE_THREAD},
            input=data,
            capture_output=True,
            timeout=limits.within_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DecodingError("too_slow", "Decoding this file takes too long.") from None
    if done.returncode == 0:
        return done.stdout
    code, _, message = done.stderr.decode(errors="replace").partition(": ")
    if done.returncode == REFUSED and message:
        raise DecodingError(code, message)
    raise DecodingError("damaged", "The file can't be decoded; it may be damaged, or made to do harm.")
