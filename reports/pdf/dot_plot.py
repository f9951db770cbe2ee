"""Competencies as dots on the 1–5 anchors: computed mean, people's mean, and how many answers."""

from collections.abc import Sequence

from reports import wording
from reports.content import Competency
from reports.pdf import look
from reports.pdf.pen import Pen

ROW = 19.0
_AXIS = 22.0
_NAMES = 150.0
_NUMBERS = 92.0
_TRACK_LEFT = _NAMES + 16
_TRACK_WIDTH = look.WIDTH - _TRACK_LEFT - _NUMBERS - 16


def height(competencies: Sequence[Competency]) -> float:
    """This will give the plot's height in points."""
    return _AXIS + ROW * len(competencies) + (14 if _has_people(competencies) else 2)


def draw(pen: Pen, x: float, top: float, competencies: Sequence[Competency]) -> None:
    """This will draw the plot over the whole width of the page."""
    _draw_axis(pen, x, top, len(competencies))
    for index, competency in enumerate(competencies):
        _draw_row(pen, x, top + _AXIS + ROW * index, competency)
    if _has_people(competencies):
        _draw_key(pen, x, top + _AXIS + ROW * len(competencies) + 2)


def in_words(competencies: Sequence[Competency]) -> str:
    """This will say the plot in a sentence, for those who can't see it."""
    rows = [
        f"{row.name} {wording.mean(row.mean)} from {wording.count(row.n, 'answer')}"
        + (f", people {wording.mean(row.human_mean)}" if wording.is_known(row.human_mean) else "")
        for row in competencies
    ]
    return "Competencies on anchors 1 to 5: " + "; ".join(rows) + "."


def _position(value: float) -> float:
    return _TRACK_LEFT + _TRACK_WIDTH * (min(5.0, max(1.0, value)) - 1) / 4


def _draw_axis(pen: Pen, x: float, top: float, rows: int) -> None:
    bottom = top + _AXIS + ROW * rows
    for anchor in range(1, 6):
        at = x + _position(anchor)
        pen.text(str(anchor), at, top, look.SMALL_NUMBER, "centre")
        pen.rule((at, top + 15), (at, bottom), look.LINE, 0.6)
    pen.text("mean of 1–5", x + look.WIDTH, top, look.SMALL, "right")


def _draw_row(pen: Pen, x: float, top: float, competency: Competency) -> None:
    middle = top + ROW / 2
    pen.fitted_text(competency.name, (x, top + 3, _NAMES), look.BODY)
    pen.rule((x + _TRACK_LEFT, middle), (x + _TRACK_LEFT + _TRACK_WIDTH, middle), look.LINE, 0.6)
    if competency.human_mean is not None and wording.is_known(competency.human_mean):
        _diamond(pen, x + _position(competency.human_mean), middle)
    if competency.mean is not None and wording.is_known(competency.mean):
        pen.circle(x + _position(competency.mean), middle, 4.2, fill=look.ACCENT)
        pen.text(f"{competency.mean:.1f}", x + look.WIDTH - 44, top + 3, look.NUMBER_STRONG, "right")
    else:
        pen.text(wording.NOT_JUDGED, x + look.WIDTH - 44, top + 3, look.QUIET, "right")
    pen.text(f"n = {competency.n}", x + look.WIDTH, top + 3, look.NUMBER, "right")


def _diamond(pen: Pen, x: float, y: float) -> None:
    r = 6.0
    pen.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill=look.WHITE, stroke=look.INK)


def _draw_key(pen: Pen, x: float, top: float) -> None:
    at = x + _TRACK_LEFT
    pen.circle(at + 4, top + 6, 3.4, fill=look.ACCENT)
    pen.text("computed", at + 12, top, look.SMALL)
    _diamond(pen, at + 74, top + 6)
    pen.text("people", at + 84, top, look.SMALL)


def _has_people(competencies: Sequence[Competency]) -> bool:
    return any(wording.is_known(row.human_mean) for row in competencies)
