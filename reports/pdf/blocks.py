"""The building blocks of a report: paragraphs, headings, rows and labels, as pieces for the flow."""

from collections.abc import Sequence
from typing import NamedTuple

from reports import wording
from reports.pdf import look
from reports.pdf.flow import Draw, Piece, group_height
from reports.pdf.pen import Pen
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, shortened
from reports.typesetting.lines import Line, Span, TextStyle, set_balanced, set_lines


class Slot(NamedTuple):
    """A column: its left edge from the body's, and its width."""

    left: float
    width: float


_TIME_WIDTH = 36.0
"""Holds 1:03:12 and a gap."""

FULL = Slot(0, look.WIDTH)
LABELS = Slot(0, look.MARGIN_COLUMN)
QUOTATION_MARKS = '“”„«»"\u2018\u2019 '
MAIN = Slot(look.BODY_LEFT, look.BODY_WIDTH)
LONGEST_LABEL = 48
"""Characters in the margin column: four lines at most."""


def paragraph(spans: Sequence[Span], element: Element, slot: Slot = FULL, space: float = 0) -> list[Piece]:
    """This will set text as one piece per line, never leaving its first or last line alone on a page."""
    lines = set_lines(spans, slot.width)
    return [
        Piece(
            line.leading,
            _line_drawer(line, slot, element),
            space if index == 0 else 0,
            _stays(index, len(lines)),
        )
        for index, line in enumerate(lines)
    ]


def heading(text: str, style: TextStyle, element: Element, slot: Slot = FULL) -> list[Piece]:
    """This will set a heading in balanced lines that stay together and with what follows.

    It begins at the left whatever its script, in line with what stands around it.
    """
    lines = [line._replace(is_rtl=False) for line in set_balanced([Span(text, style)], slot.width)]
    return kept([Piece(line.leading, _line_drawer(line, slot, element)) for line in lines])


def say(text: str, style: TextStyle, element: Element, slot: Slot = FULL, space: float = 0) -> list[Piece]:
    """This will set text of one style."""
    return paragraph([Span(text, style)], element, slot, space)


def kept(pieces: Sequence[Piece]) -> list[Piece]:
    """This will keep pieces together and with what follows."""
    return [piece._replace(keeps_next=True) for piece in pieces]


def together(pieces: Sequence[Piece]) -> list[Piece]:
    """This will keep pieces on one page."""
    return [*kept(pieces[:-1]), *pieces[-1:]]


def spaced(pieces: Sequence[Piece], space: float) -> list[Piece]:
    """This will set the space before the first of the pieces."""
    return [pieces[0]._replace(space_before=space), *pieces[1:]] if pieces else []


def beside(label: Sequence[Piece], body: Sequence[Piece], space: float = 0) -> list[Piece]:
    """This will put a short label beside the first lines of a body that may run over pages."""
    if not body:
        return spaced(label, space)
    missing = group_height(label) - group_height(body)
    first = body[0]
    label_draw = stacked(label)

    def draw(pen: Pen, x: float, top: float) -> None:
        label_draw(pen, x, top)
        first.draw(pen, x, top)

    pieces = [first._replace(draw=draw, space_before=space), *body[1:]]
    if missing > 0:
        pieces = kept(pieces)
        pieces.append(Piece(missing, _nothing))
    return pieces


def labelled(label: str, body: Sequence[Piece], parent: Element, space: float = 8) -> list[Piece]:
    """This will put a small label in the margin column beside what it belongs to."""
    return beside(say(shortened(label, LONGEST_LABEL), look.LABEL, parent.add("P"), LABELS), body, space)


def row(columns: Sequence[Sequence[Piece]], space: float = 0) -> Piece:
    """This will put short columns side by side as one piece."""
    height = max(group_height(column) for column in columns)
    draws = [stacked(column) for column in columns]

    def draw(pen: Pen, x: float, top: float) -> None:
        for draw_column in draws:
            draw_column(pen, x, top)

    return Piece(height, draw, space)


def stacked(pieces: Sequence[Piece]) -> Draw:
    """This will draw pieces one below the other."""

    def draw(pen: Pen, x: float, top: float) -> None:
        for piece in pieces:
            top += piece.space_before
            piece.draw(pen, x, top)
            top += piece.height

    return draw


def rule(space: float = 0, slot: Slot = FULL, after: float = 0) -> Piece:
    """This will draw a hairline."""

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.artifact()
        pen.rule((x + slot.left, top), (x + slot.left + slot.width, top), look.LINE, 0.6)

    return Piece(0.6 + after, draw, space, keeps_next=True)


def figure(height: float, draw: Draw, element: Element, space: float = 0) -> Piece:
    """This will place a chart; `element` carries the words for those who can't see it."""

    def tagged(pen: Pen, x: float, top: float) -> None:
        pen.tag(element)
        draw(pen, x, top)

    return Piece(height, tagged, space)


def section(title: str, parent: Element) -> tuple[Element, list[Piece]]:
    """This will open a section with its heading, hairline and bookmark."""
    element = parent.add("Sect")
    pieces = [rule(space=26, after=9), *heading(title, look.H1, element.add("H1"))]
    pieces[0] = pieces[0]._replace(bookmark=(0, title))
    return element, [*kept(pieces), Piece(6, _nothing, keeps_next=True)]


def subheading(title: str, parent: Element, slot: Slot = FULL, space: float = 14) -> list[Piece]:
    """This will head a part of a section."""
    return spaced(heading(title, look.H2, parent.add("H2"), slot), space)


def bookmarked(pieces: Sequence[Piece], level: int, title: str) -> list[Piece]:
    """This will make the outline lead to the first of the pieces."""
    return [pieces[0]._replace(bookmark=(level, one_line(title))), *pieces[1:]]


def in_quotes(text: str) -> str:
    """This will put `text` into one pair of quotation marks."""
    return f"“{text.strip(QUOTATION_MARKS)}”"


def timed(
    at_ms: int | None, spans: Sequence[Span], element: Element, slot: Slot, space: float = 0
) -> list[Piece]:
    """This will set text that hangs beside the time it was said at."""
    if at_ms is None:
        return paragraph(spans, element, slot, space)
    leading = spans[0].style.leading
    at = say(wording.clock(at_ms), look.SMALL_NUMBER._replace(leading=leading), element, slot)
    inner = Slot(slot.left + _TIME_WIDTH, slot.width - _TIME_WIDTH)
    return beside(at, paragraph(spans, element, inner), space)


def bullets(items: Sequence[str], parent: Element, slot: Slot = FULL) -> list[Piece]:
    """This will set a list with hanging dots."""
    inner = Slot(slot.left + 11, slot.width - 11)
    listed = parent.add("L")
    pieces: list[Piece] = []
    for item in items:
        entry = listed.add("LI")
        dot = say("•", look.QUIET, entry.add("Lbl"), slot)
        pieces += beside(dot, say(item, look.BODY, entry.add("LBody"), inner))
    return pieces


def _line_drawer(line: Line, slot: Slot, element: Element) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.tag(element)
        pen.set_line(line, x + slot.left, top, slot.width)

    return draw


def _stays(index: int, count: int) -> bool:
    return count > 1 and index in (0, count - 2)


def _nothing(_pen: Pen, _x: float, _top: float) -> None:
    pass
