"""Competencies as marks on the 1–5 anchors: computed mean, what people set instead, people's own mean, and n.

The three marks differ in shape and filling, not in colour: a filled dot, an open square, an open diamond.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reports import wording
from reports.content import Competency, ReportContent
from reports.pdf import look
from reports.pdf.pen import Pen
from reports.people import means_of_people

ROW = 19.0
_AXIS = 22.0
_KEY = 14.0
_NAMES = 150.0
_TRACK_LEFT = _NAMES + 16
_DOT = 4.2
_SQUARE = 5.4
_DIAMOND = 6.0


class Shifted(NamedTuple):
    """A competency's mean with what people set instead; None where nothing of it is left to score."""

    mean: float | None
    n: int


class Plot(NamedTuple):
    """The rows of one plot, and by name those that people's overrides change."""

    rows: Sequence[Competency]
    shifted: Mapping[str, Shifted]

    @property
    def has_overrides(self) -> bool:
        return any(row.name in self.shifted for row in self.rows)

    @property
    def has_people(self) -> bool:
        return any(wording.is_known(row.human_mean) for row in self.rows)

    @property
    def has_marks(self) -> bool:
        """Whether there is anything to plot."""
        return self.has_people or self.has_overrides or any(wording.is_known(row.mean) for row in self.rows)

    @property
    def height(self) -> float:
        """In points."""
        return _AXIS + ROW * len(self.rows) + (_KEY if self.has_people or self.has_overrides else 2)

    @property
    def numbers(self) -> float:
        """The width of the columns of numbers."""
        return 160.0 if self.has_overrides else 92.0


def plot_of(content: ReportContent, rows: Sequence[Competency]) -> Plot:
    """This will set `rows` beside people's own ratings, and what their overrides make of them."""
    made, people = content.overall.overridden, means_of_people(content)
    rated = [replace(row, human_mean=people.get(row.name)) if row.human_mean is None else row for row in rows]
    return Plot(rated, {name: Shifted(mean, n) for name, mean, n in (made.competencies if made else ())})


def draw(pen: Pen, x: float, top: float, plot: Plot) -> None:
    """This will draw the plot over the whole width of the page."""
    _draw_axis(pen, x, top, plot)
    for index, competency in enumerate(plot.rows):
        _draw_row(pen, x, top + _AXIS + ROW * index, (competency, plot))
    if plot.has_people or plot.has_overrides:
        _draw_key(pen, x, top + _AXIS + ROW * len(plot.rows) + 2, plot)


def in_words(plot: Plot) -> str:
    """This will say the plot in a sentence, for those who can't see it."""
    return "Competencies on anchors 1 to 5: " + "; ".join(_said(row, plot) for row in plot.rows) + "."


def _said(row: Competency, plot: Plot) -> str:
    told = f"{row.name} {wording.mean(row.mean)} from {wording.count(row.n, 'answer')}"
    shifted = plot.shifted.get(row.name)
    if shifted is not None:
        told += f", with overrides {_mean(shifted)}"
    return told + (f", people {wording.mean(row.human_mean)}" if wording.is_known(row.human_mean) else "")


def _mean(shifted: Shifted) -> str:
    return wording.mean(shifted.mean) if shifted.n else "nothing scorable"


def _track(plot: Plot) -> float:
    return look.WIDTH - _TRACK_LEFT - plot.numbers - 16


def _position(value: float, plot: Plot) -> float:
    return _TRACK_LEFT + _track(plot) * (min(5.0, max(1.0, value)) - 1) / 4


def _draw_axis(pen: Pen, x: float, top: float, plot: Plot) -> None:
    bottom = top + _AXIS + ROW * len(plot.rows)
    for anchor in range(1, 6):
        at = x + _position(anchor, plot)
        pen.text(str(anchor), at, top, look.SMALL_NUMBER, "centre")
        pen.rule((at, top + 15), (at, bottom), look.LINE, 0.6)
    if plot.has_overrides:
        pen.text("computed", x + look.WIDTH - 104, top, look.SMALL, "right")
        pen.text("overridden", x + look.WIDTH - 40, top, look.SMALL, "right")
        pen.text("n", x + look.WIDTH, top, look.SMALL, "right")
    else:
        pen.text("mean of 1–5", x + look.WIDTH, top, look.SMALL, "right")


def _draw_row(pen: Pen, x: float, top: float, what: tuple[Competency, Plot]) -> None:
    competency, plot = what
    middle = top + ROW / 2
    pen.fitted_text(competency.name, (x, top + 3, _NAMES), look.BODY)
    pen.rule((x + _TRACK_LEFT, middle), (x + _TRACK_LEFT + _track(plot), middle), look.LINE, 0.6)
    shifted = plot.shifted.get(competency.name)
    marks = (competency.human_mean, shifted.mean if shifted else None, competency.mean)
    people, overridden, computed = (_place(x, mark, plot) for mark in marks)
    if overridden is not None and computed is not None:
        pen.rule((computed, middle), (overridden, middle), look.INK, 1.2)
    if people is not None:
        _diamond(pen, people, middle)
    if overridden is not None:
        _square(pen, overridden, middle)
    if computed is not None:
        pen.circle(computed, middle, _DOT, fill=look.ACCENT)
    _draw_numbers(pen, x + look.WIDTH, top + 3, (competency, shifted, plot))


def _draw_numbers(pen: Pen, right: float, top: float, what: tuple[Competency, Shifted | None, Plot]) -> None:
    competency, shifted, plot = what
    is_known = wording.is_known(competency.mean)
    style = look.QUIET if not is_known else look.NUMBER if shifted else look.NUMBER_STRONG
    pen.text(wording.mean(competency.mean), right - (104 if plot.has_overrides else 44), top, style, "right")
    if shifted is not None:
        told = look.NUMBER_STRONG if shifted.n else look.QUIET
        pen.text(_mean(shifted) if shifted.n else "none left", right - 40, top, told, "right")
    n = f"{competency.n}" if plot.has_overrides else f"n = {competency.n}"
    if shifted is not None and shifted.n != competency.n:
        n = f"{competency.n} → {shifted.n}"
    pen.text(n, right, top, look.NUMBER, "right")


def _place(x: float, value: float | None, plot: Plot) -> float | None:
    return x + _position(value, plot) if value is not None and wording.is_known(value) else None


def _diamond(pen: Pen, x: float, y: float) -> None:
    r = _DIAMOND
    pen.polygon([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], fill=look.WHITE, stroke=look.INK)


def _square(pen: Pen, x: float, y: float) -> None:
    r = _SQUARE
    pen.box(x - r, y - r, (2 * r, 2 * r), fill=look.WHITE, stroke=look.INK)


def _draw_key(pen: Pen, x: float, top: float, plot: Plot) -> None:
    at = x + _TRACK_LEFT
    pen.circle(at + 4, top + 6, 3.4, fill=look.ACCENT)
    pen.text("computed", at + 12, top, look.SMALL)
    at += 70
    if plot.has_overrides:
        _square(pen, at + 4, top + 6)
        pen.text("with people's overrides", at + 14, top, look.SMALL)
        at += 114
    if plot.has_people:
        _diamond(pen, at + 4, top + 6)
        pen.text("people's ratings", at + 14, top, look.SMALL)
