"""The audio behind what a candidate said: a stretch of the interview's line, or a recording sent whole.

What was sent whole lies beside the line, on a side of its own: each turn has a place as long as the longest
recording that is taken.
"""

import logging
from collections.abc import Sequence

from django.db.models import F, Max
from msgspec import Struct

from interviews.evaluation import SaidUtterance, is_poorly_recognised
from interviews.live.recording import SAMPLE_RATE, Span, erase_recording, store_spans
from interviews.models import RecordingSegment, Session, Turn
from interviews.uploads import LIMITS, Upload

logger = logging.getLogger(__name__)
LINE, SENT = "candidate", "sent"
PLACE_SAMPLES = LIMITS.most_s * SAMPLE_RATE
SAMPLES_PER_MS = SAMPLE_RATE // 1000


class Stretch(Struct, frozen=True):
    """Samples `start` to `end` of one side."""

    side: str
    start: int
    end: int


def is_understood(upload: Upload) -> bool:
    """Whether there are words, certain enough to be somebody's answer; by the rules for live speech."""
    said = [
        SaidUtterance(
            text=one.transcript.text,
            start_ms=one.start_ms,
            end_ms=one.end_ms,
            confidence=one.transcript.confidence,
            engine=one.transcript.engine,
        )
        for one in upload.heard
    ]
    return bool(upload.text) and not is_poorly_recognised(said)


def keep_recording(turn: Turn, pcm: bytes) -> bool:
    """Keep what `turn` was heard from, where the candidate agreed to recording; gives whether it was kept."""
    session = turn.session
    if not session.consent.get("recording"):
        return False
    span = Span(turn.number * PLACE_SAMPLES, pcm)
    try:
        store_spans(session.pk, str(session.uuid), [span], SENT)
    except Exception:  # each storage has errors of its own, and the words are in the log already
        logger.exception("a recording could not be stored", extra={"session": session.pk})
        return False
    if not Turn.objects.filter(pk=turn.pk).exists():  # the interview was erased meanwhile: no voice is left
        erase_recording(session)
        return False
    return True


def find_stretch(turn: Turn) -> Stretch | None:
    """Where the audio of `turn` lies; None where none was kept."""
    if turn.speaker != Turn.Speaker.CANDIDATE or not turn.session.consent.get("recording"):
        return None
    sent = turn.session.segments.filter(side=SENT, offset=turn.number * PLACE_SAMPLES).first()
    if sent is not None:
        return Stretch(SENT, sent.offset, sent.offset + sent.samples)
    if turn.start_ms is None or turn.end_ms is None:
        return None
    start = turn.start_ms * SAMPLES_PER_MS
    end = min(turn.end_ms * SAMPLES_PER_MS, end_of_line(turn.session))
    return Stretch(LINE, start, end) if start < end else None


def end_of_line(session: Session) -> int:
    """How many samples of the candidate's line were kept, gaps included."""
    ends = session.segments.filter(side=LINE).aggregate(end=Max(F("offset") + F("samples")))
    return int(ends["end"] or 0)


def with_audio(turns: Sequence[Turn]) -> set[int]:
    """Those of `turns` that were recorded, by primary key; two queries however many there are."""
    agreed = [turn for turn in turns if turn.session.consent.get("recording")]
    rows = RecordingSegment.objects.filter(session__in={turn.session_id for turn in agreed}).order_by()
    lines = rows.filter(side=LINE).values("session_id").annotate(end=Max(F("offset") + F("samples")))
    ends: dict[int, int] = dict(lines.values_list("session_id", "end"))
    sent = set(rows.filter(side=SENT).values_list("session_id", "offset"))
    return {
        turn.pk
        for turn in agreed
        if turn.speaker == Turn.Speaker.CANDIDATE
        and (
            (turn.session_id, turn.number * PLACE_SAMPLES) in sent
            or _is_on_line(turn, ends.get(turn.session_id, 0))
        )
    }


def _is_on_line(turn: Turn, end: int) -> bool:
    if turn.start_ms is None or turn.end_ms is None:
        return False
    return turn.start_ms < turn.end_ms and turn.start_ms * SAMPLES_PER_MS < end
