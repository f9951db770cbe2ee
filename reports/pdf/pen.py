"""Drawing one page: text, lines and shapes as PDF operators, each inside its structure element.

Positions are points from the page's top left corner, y downwards.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from reports.pdf.fonts_in_use import FontBook, FontInUse
from reports.pdf.structure import Element
from reports.typesetting.lines import Ink, Line, Run, Span, TextStyle, set_lines, text_width
from reports.typesetting.shaping import Glyph

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
"""A4 in points."""

_CIRCLE = 0.5523
"""Length of the handles with which four Bézier curves draw a circle of radius 1."""

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
        self._operators.append("BT")
        for run in line.runs:
            self._run(run, at, baseline)
            at += run.width
        self._operators.append("ET")

    def text(self, text: str, x: float, top: float, style: TextStyle, align: Align = "left") -> None:
        """This will draw one short line; `x` is its left, middle or right by `align`."""
        for line in set_lines([Span(text, style)], 10_000)[:1]:
            shift = {"left": 0.0, "centre": line.width / 2, "right": line.width}[align]
            self.set_line(line._replace(is_rtl=False), x - shift, top, line.width)

    def fitted_text(self, text: str, box: tuple[float, float, float], style: TextStyle) -> None:
        """This will draw one line cut with an ellipsis to fit; `box` is its left, top and width."""
        x, top, width = box
        cut = text
        while cut and text_width(cut, style) > width:
            cut = cut.removesuffix("…")[:-1].rstrip() + "…"
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

    def _run(self, run: Run, x: float, baseline: float) -> None:
        font = self._book.font(run.face)
        start = f"/{font.resource} {_n(run.style.size)} Tf {_ink(run.style.ink)} rg"
        self._operators.append(f"{start} 1 0 0 1 {_n(x)} {_n(baseline)} Tm")
        rise = 0.0
        for shift, glyphs in _by_rise(run.glyphs):
            if shift != rise:
                self._operators.append(f"{_n(shift * run.style.size / 1000)} Ts")
                rise = shift
            self._operators.append(_shown(font, glyphs))
        if rise:
            self._operators.append("0 Ts")

    def _close(self) -> None:
        if self._open or self._is_artifact:
            self._operators.append("EMC")
        self._open, self._is_artifact = None, False


def _by_rise(glyphs: Sequence[Glyph]) -> list[tuple[float, list[Glyph]]]:
    stretches: list[tuple[float, list[Glyph]]] = []
    for glyph in glyphs:
        if stretches and stretches[-1][0] == glyph.dy:
            stretches[-1][1].append(glyph)
        else:
            stretches.append((glyph.dy, [glyph]))
    return stretches


def _shown(font: FontInUse, glyphs: Iterable[Glyph]) -> str:
    """A TJ array: hexadecimal character ids, and corrections where HarfBuzz placed a glyph elsewhere."""
    parts: list[str] = []
    codes = ""
    owed = 0.0
    for glyph in glyphs:
        cid = font.cid(glyph)
        owed -= glyph.dx
        if abs(owed) >= 1:
            parts += [f"<{codes}>"] if codes else []
            parts.append(str(round(owed)))
            codes, owed = "", owed - round(owed)
        codes += f"{cid:04x}"
        owed += font.width(cid) - glyph.advance + glyph.dx
    parts += [f"<{codes}>"] if codes else []
    parts += [str(round(owed))] if abs(owed) >= 1 else []
    return f"{parts[0]} Tj" if len(parts) == 1 and parts[0].startswith("<") else f"[{''.join(parts)}] TJ"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _ink(ink: Ink) -> str:
    return " ".join(_n(part) for part in ink)


def _at(point: tuple[float, float]) -> str:
    return f"{_n(point[0])} {_n(PAGE_HEIGHT - point[1])}"


def _curve(*points: tuple[float, float]) -> str:
    return " ".join(_at(point) for point in points) + " c"
