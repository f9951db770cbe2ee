"""Finds the samples in what a speech server streams: bare PCM, or a WAV file still being written. Pure."""

import re

from speech.speaking import BYTES_PER_SAMPLE, Spoken
from speech.transcript import EngineError

USUAL_RATE_HZ = 24_000  # what the OpenAI speech API gives as `pcm`
RATES_HZ = range(8_000, 48_001)  # what every browser plays
LONGEST_FILE_BYTES = 64 * 1024 * 1024  # more than ten minutes at any rate: nobody's sentence
MAX_HEADER_BYTES = 64 * 1024  # a WAV file may carry notes before its samples
NO_SAMPLES = ("mpeg", "mp3", "mp4", "ogg", "opus", "aac", "flac", "webm")
# What files of other kinds begin with; four bytes of quiet speech never do.
OTHER_KINDS = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"<htm", b"<!DO", b"<!do", b'{"')
_RATE = re.compile(r"rate=(\d{4,6})\b")


class SoundStream:
    """One answer of a server; `push` its bytes as they come, whole samples come back."""

    def __init__(self, content_type: str, rate: str = "") -> None:
        """`rate` is what some servers say in a header of its own, `X-Sample-Rate`.

        Raises EngineError where the type says that these are no samples.
        """
        kind = content_type.lower()
        is_sound = not kind or kind.startswith(("audio/", "application/octet-stream", "binary/octet-stream"))
        if not is_sound or any(name in kind for name in NO_SAMPLES):
            raise EngineError(f"The voice server answered {_shown(kind)} instead of PCM.")
        told = _RATE.search(f"{kind};rate={rate}" if rate.isascii() and rate.isdigit() else kind)
        self._rate_hz = _checked(int(told.group(1)) if told else USUAL_RATE_HZ)
        self._rest = b""
        self._left: int | None = None  # bytes of samples that are still to come, where a header says so
        self._has_begun = False

    def push(self, data: bytes) -> Spoken | None:
        """This will give the samples that `data` completes. Raises EngineError for what is no PCM."""
        self._rest += data
        if not self._has_begun and not self._begin():
            return None
        usable = len(self._rest) if self._left is None else min(len(self._rest), self._left)
        usable -= usable % BYTES_PER_SAMPLE
        pcm, self._rest = self._rest[:usable], self._rest[usable:]
        if self._left is not None:
            self._left -= usable
            if self._left < BYTES_PER_SAMPLE:
                self._rest = b""  # what stands behind the samples of a file is no sound
        return Spoken(self._rate_hz, pcm) if pcm else None

    def end(self) -> None:
        """Raises EngineError when there was no sound, or when less came than was announced."""
        is_cut = bool(self._left and self._left >= BYTES_PER_SAMPLE)
        if not self._has_begun or is_cut or self._rest:
            raise EngineError("The voice server broke off.")

    def _begin(self) -> bool:
        """Whether samples begin here."""
        head = self._rest
        if len(head) < 4:
            return False
        if head.startswith(OTHER_KINDS):
            raise EngineError("The voice server answered something that is no PCM.")
        if head[:4] == b"RIFF":
            return self._read_header()
        self._has_begun = True
        return True

    def _read_header(self) -> bool:
        """Walk over the chunks of a WAV file up to its samples. False while they have not come."""
        head, at = self._rest, 12
        while len(head) >= at + 8:
            name, size = head[at : at + 4], int.from_bytes(head[at + 4 : at + 8], "little")
            if name == b"data":
                # Who streams does not know the length yet and writes 0, or some very large number.
                self._left = size if 0 < size < LONGEST_FILE_BYTES else None
                self._rest, self._has_begun = head[at + 8 :], True
                return True
            if name == b"fmt " and len(head) >= at + 24:
                self._rate_hz = _rate_of(head[at + 8 : at + 24])
            at += 8 + size + size % 2
        if at > MAX_HEADER_BYTES:
            raise EngineError("The voice server answered a WAV file without samples.")
        return False


def _rate_of(form: bytes) -> int:
    kind, channels = int.from_bytes(form[:2], "little"), int.from_bytes(form[2:4], "little")
    bits = int.from_bytes(form[14:16], "little")
    if kind not in {1, 0xFFFE} or channels != 1 or bits != 16:
        raise EngineError("The voice server answered a WAV file that is not mono 16-bit PCM.")
    return _checked(int.from_bytes(form[4:8], "little"))


def _checked(rate_hz: int) -> int:
    if rate_hz not in RATES_HZ:
        raise EngineError(f"The voice server answered audio of {rate_hz} Hz, which can't be played.")
    return rate_hz


def _shown(kind: str) -> str:
    return re.sub(r"[^\w/+.-]", "", kind.partition(";")[0])[:60] or "something"
