"""Keeps what the candidate said, with consent: immutable segments addressed by sample offset."""

import io
import wave
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from msgspec import Struct

from interviews.models import RecordingSegment, Session

SAMPLE_RATE = 16_000
BYTES_PER_SAMPLE = 2


class Recorder:
    """Collects the audio line of one side until it is settled, then gives it as a segment to store.

    Audio from while there was no consent is not kept, whatever is decided later.
    """

    def __init__(self, offset: int, *, is_allowed: bool) -> None:
        self._offset = offset
        self._pcm = bytearray()
        self.is_allowed = is_allowed

    def add(self, pcm: bytes) -> None:
        if self.is_allowed:
            self._pcm += pcm
        else:
            self.skip_to(self._offset + (len(self._pcm) + len(pcm)) // BYTES_PER_SAMPLE)

    def skip_to(self, offset: int) -> None:
        """Audio is missing up to `offset`: silence where it lies between kept samples."""
        if self._pcm:
            end = self._offset + len(self._pcm) // BYTES_PER_SAMPLE
            self._pcm += bytes((offset - end) * BYTES_PER_SAMPLE)
        else:
            self._offset = offset

    def take(self, until: int) -> tuple[int, bytes] | None:
        """The unsaved audio before sample `until` with its offset; None when there is none."""
        count = min(until - self._offset, len(self._pcm) // BYTES_PER_SAMPLE)
        if count <= 0:
            return None
        offset, pcm = self._offset, bytes(self._pcm[: count * BYTES_PER_SAMPLE])
        del self._pcm[: len(pcm)]
        self._offset += count
        return offset, pcm


def store_segment(session_id: int, uuid: str, offset: int, pcm: bytes, side: str = "candidate") -> None:
    """Write one segment. Doing it twice (after a crash between writing and acknowledging) keeps the first."""
    name = f"{uuid}/{side}/{offset:012d}.wav"
    storage = _storage()
    kept = name if storage.exists(name) else storage.save(name, ContentFile(wav_bytes(pcm)))
    RecordingSegment.objects.get_or_create(
        session_id=session_id,
        side=side,
        offset=offset,
        defaults={"samples": len(pcm) // BYTES_PER_SAMPLE, "name": kept},
    )


class Span(Struct, frozen=True):
    offset: int
    pcm: bytes


def read_recording(
    session: Session, *, start: int = 0, end: int | None = None, side: str = "candidate"
) -> bytes:
    """The PCM from sample `start` to `end`; gaps are silence, overlaps count once. Empty when nothing is kept."""
    rows = list(session.segments.filter(side=side).order_by("offset"))
    if not rows:
        return b""
    last = max(row.offset + row.samples for row in rows)
    end = last if end is None else min(end, last)
    wanted = [row for row in rows if row.offset < end and row.offset + row.samples > start]
    return join_spans((Span(row.offset, _read_pcm(row)) for row in wanted), start, end)


def join_spans(spans: Iterable[Span], start: int, end: int) -> bytes:
    """Lay spans onto one line of silence from sample `start` to `end`."""
    line = bytearray(max(0, end - start) * BYTES_PER_SAMPLE)
    for span in spans:
        first = max(start, span.offset)
        last = min(end, span.offset + len(span.pcm) // BYTES_PER_SAMPLE)
        if last > first:
            piece = span.pcm[(first - span.offset) * BYTES_PER_SAMPLE : (last - span.offset) * BYTES_PER_SAMPLE]
            line[(first - start) * BYTES_PER_SAMPLE : (last - start) * BYTES_PER_SAMPLE] = piece
    return bytes(line)


def erase_recording(session: Session) -> int:
    """Delete every stored segment; gives how many there were."""
    storage = _storage()
    names = list(session.segments.values_list("name", flat=True))
    for name in names:
        storage.delete(name)
    session.segments.all().delete()
    return len(names)


def wav_bytes(pcm: bytes) -> bytes:
    """Wrap mono s16le PCM of 16 kHz as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(BYTES_PER_SAMPLE)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm)
    return buffer.getvalue()


def _read_pcm(row: RecordingSegment) -> bytes:
    with _storage().open(row.name) as stored, wave.open(stored, "rb") as file:
        return file.readframes(file.getnframes())


def _storage() -> Storage:
    return storages["recordings"]
