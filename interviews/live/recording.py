"""Keeps what the candidate said, with consent: immutable segments addressed by sample offset."""

import io
import wave
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import IntegrityError
from msgspec import Struct

from interviews.models import RecordingSegment, Session

SAMPLE_RATE = 16_000
BYTES_PER_SAMPLE = 2


class Span(Struct, frozen=True):
    """Mono s16le PCM from sample `offset` of its audio line on."""

    offset: int
    pcm: bytes

    @property
    def end(self) -> int:
        return self.offset + len(self.pcm) // BYTES_PER_SAMPLE


class Recorder:
    """Collects the audio line of one side until it is settled, then gives it as spans to store.

    Audio from while there was no consent is not kept, whatever is decided later.
    """

    def __init__(self, *, is_allowed: bool) -> None:
        self._waiting: list[Span] = []
        self.is_allowed = is_allowed

    def add(self, offset: int, pcm: bytes) -> None:
        if self.is_allowed:
            self._waiting.append(Span(offset, pcm))

    def put_back(self, spans: list[Span]) -> None:
        """What was taken could not be stored: it comes first the next time."""
        self._waiting = [*spans, *self._waiting]

    def take(self, until: int) -> list[Span]:
        """What was collected before sample `until`, joined where it is continuous; it is the caller's now."""
        taken = [piece for span in self._waiting if (piece := _cut(span, 0, until)) is not None]
        self._waiting = [
            piece for span in self._waiting if (piece := _cut(span, until, span.end)) is not None
        ]
        return _joined(taken)


def _cut(span: Span, start: int, end: int) -> Span | None:
    first, last = max(start, span.offset), min(end, span.end)
    if last <= first:
        return None
    return Span(
        first, span.pcm[(first - span.offset) * BYTES_PER_SAMPLE : (last - span.offset) * BYTES_PER_SAMPLE]
    )


def _joined(spans: list[Span]) -> list[Span]:
    runs: list[list[Span]] = []
    for span in spans:
        if runs and runs[-1][-1].end == span.offset:
            runs[-1].append(span)
        else:
            runs.append([span])
    return [Span(run[0].offset, b"".join(span.pcm for span in run)) for run in runs]


def store_spans(session_id: int, uuid: str, spans: list[Span], side: str = "candidate") -> None:
    """Write segments. What a former process wrote but did not acknowledge stays; only the rest is added."""
    for span in spans:
        rest: Span | None = span
        while rest is not None:
            known = RecordingSegment.objects.filter(
                session_id=session_id, side=side, offset=rest.offset
            ).first()
            if known is None:
                _store_segment(session_id, f"{uuid}/{side}/{rest.offset:012d}.wav", rest, side)
                break
            rest = _cut(rest, known.offset + known.samples, rest.end)


def _store_segment(session_id: int, name: str, span: Span, side: str) -> None:
    storage = _storage()
    storage.delete(name)  # a file without a row is one that a crash or a full disk has cut off
    kept = storage.save(name, ContentFile(wav_bytes(span.pcm)))
    try:
        RecordingSegment.objects.create(
            session_id=session_id, side=side, offset=span.offset, samples=span.end - span.offset, name=kept
        )
    except IntegrityError:  # the interview was deleted meanwhile: no voice is left behind
        storage.delete(kept)
        raise


def read_recording(
    session: Session, *, start: int = 0, end: int | None = None, side: str = "candidate"
) -> bytes:
    """The PCM from sample `start` to `end`; gaps are silence, overlaps count once; empty for none."""
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
        piece = _cut(span, start, end)
        if piece is not None:
            at = (piece.offset - start) * BYTES_PER_SAMPLE
            line[at : at + len(piece.pcm)] = piece.pcm
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
