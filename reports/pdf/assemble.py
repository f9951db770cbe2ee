"""From pieces to a file: pages are filled, then drawn with their footers, then written."""

from collections.abc import Sequence

from reports.pdf import look
from reports.pdf.document import Bookmark, Description, write_document
from reports.pdf.flow import Piece, Placed, paginate
from reports.pdf.fonts_in_use import FontBook
from reports.pdf.pen import PAGE_HEIGHT, Pen
from reports.pdf.structure import Element
from reports.typesetting.clean import shortened
from reports.typesetting.lines import Line, Span, set_lines

_FOOTER_TOP = PAGE_HEIGHT - 46
_LONGEST_PARTS = (44, 34, 28, 22, 16, 10)
"""Most characters of each name in a footer: the first that leaves it on one line."""


def assemble(pieces: Sequence[Piece], root: Element, about: Description, footer: Sequence[str]) -> bytes:
    """This will lay out, draw and write a document; the parts of `footer` stand left of "Page x of y"."""
    pages = paginate(pieces, look.HEIGHT)
    book = FontBook()
    pens = []
    for number, placed in enumerate(pages):
        pen = Pen(book, number)
        _draw(pen, placed)
        _draw_footer(pen, footer, f"Page {number + 1} of {len(pages)}")
        pens.append(pen)
    return write_document(pens, book, _bookmarks(pages), root, about)


def _draw(pen: Pen, placed: Sequence[Placed]) -> None:
    for piece, top in placed:
        piece.draw(pen, look.LEFT, look.TOP + top)


def _draw_footer(pen: Pen, parts: Sequence[str], right: str) -> None:
    pen.artifact()
    right_edge = look.LEFT + look.WIDTH
    pen.rule((look.LEFT, _FOOTER_TOP - 6), (right_edge, _FOOTER_TOP - 6), look.LINE)
    line = _footer_line(parts)
    pen.set_line(line, look.LEFT, _FOOTER_TOP, line.width)
    pen.text(right, right_edge, _FOOTER_TOP, look.SMALL_NUMBER, "right")


def _footer_line(parts: Sequence[str]) -> Line:
    """The last part says which edition it is, and stands whole; the others give way."""
    *names, edition = parts
    dot = Span(" · ", look.SMALL_NUMBER)
    for most in _LONGEST_PARTS:
        told = [*(shortened(name, most) for name in names), edition]
        spans = [span for part in told for span in (dot, Span(part, look.SMALL_NUMBER))][1:]
        lines = set_lines(spans, look.WIDTH - 90)
        if len(lines) == 1:
            break
    return lines[0]


def _bookmarks(pages: Sequence[Sequence[Placed]]) -> list[Bookmark]:
    return [
        Bookmark(piece.bookmark[1], piece.bookmark[0], number, look.TOP + top - 8)
        for number, placed in enumerate(pages)
        for piece, top in placed
        if piece.bookmark
    ]
