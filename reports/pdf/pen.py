"""Drawing one page: text, lines and shapes as PDF operators, each inside its structure element.

Positions are points from the page's top left corner, y downwards.
"""

import bisect
import itertools
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from reports.pdf.fonts_in_use import FontBook, FontInUse
from reports.pdf.structure import Element
from reports.typesetting.clean import shortened
from reports.typesetting.lines import Ink, Line, Run, Span, TextStyle, set_lines, text_width
from reports.typesetting.shaping import Glyph

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
"""A4 in points."""

_CIRCLE = 0.5523
"""Length of the handles with which four Bézier curves draw a circle of radius 1."""

_LONGEST_LINE = 160
"""Characters that could fit on one line of a page, were they narrow."""

Align = Literal["left", "centre", "right"]


class Pen:
    """The content of one page, in the order it is drawn."""

    def __init__(self, book: FontBook, page: int) -> None:
        self.page = page
        self.marked: list[Element] = []
        """The element of each marked-content id of this page."""
        self._book = book
        self._operators: list[str] = []
        self._open: Element | None = None
        self._is_artifact = False

    def content(self) -> bytes:
        """This will close what is open and give the page's content stream."""
        self._close()
        return "\n".join(self._operators).encode("ascii")

    def tag(self, element: Element) -> None:
        """What is drawn from here on belongs to `element`."""
        if self._open is element:
            return
        self._close()
        self._operators.append(f"/{element.role} <</MCID {len(self.marked)}>> BDC")
        element.mark(self.page, len(self.marked))
        self.marked.append(element)
        self._open = element

    def artifact(self) -> None:
        """What is drawn from here on is page furniture that readers skip."""
        if not self._is_artifact:
            self._close()
            self._operators.append("/Artifact BMC")
            self._is_artifact = True

    def set_line(self, line: Line, x: float, top: float, width: float) -> None:
        """This will draw a line of text into its slot; right-to-left text starts at the slot's right end."""
        at = x + width - line.width if line.is_rtl else x
        baseline = PAGE_HEIGHT - top - (line.leading - line.size) / 2 - line.size * 0.78
        runs = []
        for run in line.runs:
            runs.append((run, _placed(run.glyphs), at))
            at += run.width
        self._operators.append("BT")
        for has_text in (True, False):  # parts of letters come last, so that the line's text is of one piece
            for run, placed, left in runs:
                glyphs = [glyph for glyph in placed if bool(glyph.glyph.text) is has_text]
                self._run(run, glyphs, (left, baseline))
        self._operators.append("ET")

    def text(self, text: str, x: float, top: float, style: TextStyle, align: Align = "left") -> None:
        """This will draw one short line; `x` is its left, middle or right by `align`."""
        for line in set_lines([Span(text, style)], 10_000)[:1]:
            shift = {"left": 0.0, "centre": line.width / 2, "right": line.width}[align]
            self.set_line(line._replace(is_rtl=False), x - shift, top, line.width)

    def fitted_text(self, text: str, box: tuple[float, float, float], style: TextStyle) -> None:
        """This will draw one line cut with an ellipsis to fit; `box` is its left, top and width."""
        x, top, width = box
        cut = shortened(text, _LONGEST_LINE)
        if text_width(cut, style) > width:
            fitting = bisect.bisect(
                range(2, len(cut)), width, key=lambda n: text_width(shortened(cut, n), style)
            )
            cut = shortened(cut, fitting + 1)
        self.text(cut, x, top, style)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], ink: Ink, weight: float = 0.5
    ) -> None:
        """This will draw a straight line."""
        self._operators.append(f"{_ink(ink)} RG {_n(weight)} w {_at(start)} m {_at(end)} l S")

    def dashed(
        self, start: tuple[float, float], end: tuple[float, float], ink: Ink, weight: float = 0.6
    ) -> None:
        """This will draw a straight dashed line."""
        self._operators.append("[2 2] 0 d")
        self.rule(start, end, ink, weight)
        self._operators.append("[] 0 d")

    def box(
        self,
        x: float,
        top: float,
        size: tuple[float, float],
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
    ) -> None:
        """This will draw a rectangle of `size` (width, height)."""
        width, height = size
        corners = [(x, top), (x + width, top), (x + width, top + height), (x, top + height)]
        self.polygon(corners, fill=fill, stroke=stroke)

    def polygon(
        self, corners: Sequence[tuple[float, float]], *, fill: Ink | None = None, stroke: Ink | None = None
    ) -> None:
        """This will draw a closed shape."""
        path = [f"{_at(corners[0])} m", *(f"{_at(corner)} l" for corner in corners[1:]), "h"]
        self._painted(path, fill, stroke)

    def circle(
        self, x: float, y: float, radius: float, *, fill: Ink | None = None, stroke: Ink | None = None
    ) -> None:
        """This will draw a circle around (x, y)."""
        r, k = radius, radius * _CIRCLE
        path = [
            f"{_at((x + r, y))} m",
            _curve((x + r, y - k), (x + k, y - r), (x, y - r)),
            _curve((x - k, y - r), (x - r, y - k), (x - r, y)),
            _curve((x - r, y + k), (x - k, y + r), (x, y + r)),
            _curve((x + k, y + r), (x + r, y + k), (x + r, y)),
            "h",
        ]
        self._painted(path, fill, stroke)

    def hatched(self, x: float, top: float, size: tuple[float, float], ink: Ink) -> None:
        """This will fill a rectangle with diagonal lines and outline it: a tone that survives in grey."""
        width, height = size
        self._operators.append(f"q {_at((x, top + height))} {_n(width)} {_n(height)} re W n")
        step = x - height
        while step < x + width:
            self.rule((step, top + height), (step + height, top), ink, 0.5)
            step += 2.6
        self._operators.append("Q")
        self.box(x, top, size, stroke=ink)

    def _painted(self, path: Iterable[str], fill: Ink | None, stroke: Ink | None) -> None:
        colours = [f"{_ink(fill)} rg"] if fill else []
        colours += [f"{_ink(stroke)} RG 0.8 w"] if stroke else []
        operator = "B" if fill and stroke else "f" if fill else "S"
        self._operators.append(" ".join([*colours, *path, operator]))

    def _run(self, run: Run, glyphs: Sequence["_Placed"], origin: tuple[float, float]) -> None:
        if not glyphs:
            return
        font, size = self._book.font(run.face), run.style.size
        self._operators.append(f"/{font.resource} {_n(size)} Tf {_ink(run.style.ink)} rg")
        for stretch in _by_height(glyphs):
            x, y = origin[0] + stretch[0].x * size / 1000, origin[1] + stretch[0].y * size / 1000
            self._operators.append(f"1 0 0 1 {_n(x)} {_n(y)} Tm {_shown(font, stretch)}")

    def _close(self) -> None:
        if self._open or self._is_artifact:
            self._operators.append("EMC")
        self._open, self._is_artifact = None, False


class _Placed(NamedTuple):
    """A glyph at its place in a run, in thousandths of the type size."""

    glyph: Glyph
    x: float
    y: float


def _placed(glyphs: Iterable[Glyph]) -> list[_Placed]:
    placed, at = [], 0.0
    for glyph in glyphs:
        placed.append(_Placed(glyph, at + glyph.dx, glyph.dy))
        at += glyph.advance
    return placed


def _by_height(placed: Iterable[_Placed]) -> list[list[_Placed]]:
    return [list(stretch) for _, stretch in itertools.groupby(placed, key=lambda glyph: glyph.y)]


def _shown(font: FontInUse, stretch: Sequence[_Placed]) -> str:
    """A TJ array: hexadecimal character ids, and corrections where the next glyph stands elsewhere."""
    parts: list[str] = []
    codes = ""
    at = stretch[0].x
    for glyph, x, _ in stretch:
        correction = round(at - x)
        if correction:
            parts += [f"<{codes}>", str(correction)]
            codes, at = "", at - correction
        cid = font.cid(glyph)
        codes += f"{cid:04x}"
        at += font.width(cid)
    parts.append(f"<{codes}>")
    return f"{parts[0]} Tj" if len(parts) == 1 else f"[{''.join(parts)}] TJ"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _ink(ink: Ink) -> str:
    return " ".join(_n(part) for part in ink)


def _at(point: tuple[float, float]) -> str:
    return f"{_n(point[0])} {_n(PAGE_HEIGHT - point[1])}"


def _curve(*points: tuple[float, float]) -> str:
    return " ".join(_at(point) for point in points) + " c"
