"""Who spoke when: a stave per stretch of time, with pauses, dropped connections and people stepping in."""

from collections.abc import Iterator
from typing import NamedTuple

from reports import wording
from reports.content import SpokenSpan, Timeline, TimelineMark
from reports.pdf import look
from reports.pdf.flow import Draw
from reports.pdf.pen import Pen

_LABELS = look.MARGIN_COLUMN
_LEFT = _LABELS + look.GAP
_WIDTH = look.WIDTH - _LEFT
_BAR = 11.0
_GAP = 4.0
_TOP_ROOM = 14.0
_STAVE = _TOP_ROOM + 2 * _BAR + _GAP + 20
STAVE_HEIGHT = _STAVE + 8
_STEPS_MIN = (10, 15, 20, 30, 60)
_MOST_STAVES = 8


class Stave(NamedTuple):
    """A stretch of the conversation drawn on one line; `scale_ms` is what the full width stands for."""

    from_ms: int
    to_ms: int
    scale_ms: int


def staves(timeline: Timeline) -> list[Stave]:
    """This will divide the conversation into stretches of equal scale."""
    duration = max(_end(timeline), 60_000)
    if duration <= 12 * 60_000:
        return [Stave(0, duration, duration)]
    fits = (step for step in _STEPS_MIN if duration / (step * 60_000) <= _MOST_STAVES)
    step = next(fits, -(-duration // (_MOST_STAVES * 60_000))) * 60_000
    return [Stave(start, min(start + step, duration), step) for start in range(0, duration, step)]


def drawer(timeline: Timeline, stave: Stave) -> Draw:
    """This will draw one stave where it is put."""
    return lambda pen, x, top: draw(pen, x, top, timeline, stave)


def draw(pen: Pen, x: float, top: float, timeline: Timeline, stave: Stave) -> None:
    """This will draw one stave."""
    lane = top + _TOP_ROOM
    _draw_axis(pen, x, lane, stave)
    for side, row in (("interviewer", 0), ("candidate", 1)):
        row_top = lane + row * (_BAR + _GAP)
        pen.text(side.capitalize(), x, row_top - 1, look.SMALL_INK)
        for span in timeline.spans:
            if span.side == side:
                _draw_span(pen, x, row_top, span, stave)
    free_from = 0.0
    for number, mark in numbered(timeline):
        _draw_mark(pen, x, lane, mark, stave)
        if _is_on(mark, stave):
            at = max(_position(mark.from_ms, stave), free_from)
            _draw_number(pen, x + at, lane - 7, number)
            free_from = at + 11.5


def numbered(timeline: Timeline) -> list[tuple[int, TimelineMark]]:
    """This will number the marks in order of time, as chart and list both show them."""
    return list(enumerate(sorted(timeline.marks, key=lambda mark: (mark.from_ms, mark.kind)), 1))


def in_words(timeline: Timeline) -> str:
    """This will say the chart in a sentence."""
    shares = ", ".join(
        f"{side} {wording.length(spoken(timeline, side))}" for side in ("interviewer", "candidate")
    )
    kinds = [
        (kind, sum(mark.kind == kind for mark in timeline.marks))
        for kind in ("pause", "drop", "intervention")
    ]
    marks = ", ".join(wording.count(n, kind) for kind, n in kinds)
    return f"Who spoke when over {wording.length(_end(timeline))}: {shares}; {marks}."


def spoken(timeline: Timeline, side: str) -> int:
    """This will add up how long a side spoke, in ms."""
    return sum(max(0, span.to_ms - span.from_ms) for span in timeline.spans if span.side == side)


def _end(timeline: Timeline) -> int:
    ends = [span.to_ms for span in timeline.spans] + [mark.to_ms or mark.from_ms for mark in timeline.marks]
    return max([timeline.duration_ms, *ends])


def _position(at_ms: int, stave: Stave) -> float:
    return _LEFT + _WIDTH * (at_ms - stave.from_ms) / stave.scale_ms


def _extent(from_ms: int, to_ms: int, stave: Stave) -> tuple[float, float] | None:
    """Left and width of a stretch on this stave; None where it isn't on it."""
    start, end = max(from_ms, stave.from_ms), min(to_ms, stave.to_ms)
    if start >= end:
        return None
    left = _position(start, stave)
    return left, max(0.7, _position(end, stave) - left)


def _draw_axis(pen: Pen, x: float, lane: float, stave: Stave) -> None:
    base = lane + 2 * _BAR + _GAP + 5
    pen.rule((x + _LEFT, base), (x + _position(stave.to_ms, stave), base), look.SOFT, 0.6)
    for at_ms in _ticks(stave):
        at = x + _position(at_ms, stave)
        pen.rule((at, base), (at, base + 3), look.SOFT, 0.6)
        pen.text(wording.clock(at_ms), at, base + 3, look.SMALL_NUMBER, "centre")


def _ticks(stave: Stave) -> Iterator[int]:
    minutes = (1, 2, 5, 10, 15, 30, 60, 120, 240)
    step = next((m for m in minutes if stave.scale_ms / (m * 60_000) <= 10), 480) * 60_000
    return iter(range(-(-stave.from_ms // step) * step, stave.to_ms + 1, step))


def _draw_span(pen: Pen, x: float, top: float, span: SpokenSpan, stave: Stave) -> None:
    extent = _extent(span.from_ms, span.to_ms, stave)
    if extent is None:
        return
    left, width = extent
    if span.side == "candidate":
        pen.box(x + left, top, (width, _BAR), fill=look.ACCENT)
    else:
        pen.box(x + left, top, (width, _BAR), fill=look.WHITE if span.by else look.LINE, stroke=look.SOFT)


def _draw_mark(pen: Pen, x: float, lane: float, mark: TimelineMark, stave: Stave) -> None:
    lanes = 2 * _BAR + _GAP
    if mark.kind == "intervention":
        if _is_on(mark, stave):
            at = x + _position(mark.from_ms, stave)
            pen.dashed((at, lane - 2), (at, lane + lanes + 4), look.INK, 0.9)
        return
    extent = _extent(mark.from_ms, max(mark.from_ms + 1, mark.to_ms or 0), stave)
    if extent is None:
        return
    left, top, size = x + extent[0], lane - 2, (max(2.0, extent[1]), lanes + 4)
    if mark.kind == "pause":
        pen.hatched(left, top, size, look.SOFT)
    else:
        pen.box(left, top, size, fill=look.INK)


def _draw_number(pen: Pen, x: float, y: float, number: int) -> None:
    pen.circle(x, y, 5.2, fill=look.WHITE, stroke=look.INK)
    pen.text(str(number), x, y - 5.5, look.SMALL_STRONG, "centre")


def _is_on(mark: TimelineMark, stave: Stave) -> bool:
    return stave.from_ms <= mark.from_ms < stave.to_ms or mark.from_ms == stave.to_ms == stave.from_ms
