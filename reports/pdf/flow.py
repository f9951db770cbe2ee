"""Filling pages: content comes as pieces that can't be divided; pieces that belong together stay together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reports.pdf.pen import Pen

Draw = Callable[[Pen, float, float], None]
"""Draws at (x of the column's left edge, y of its top)."""


class Piece(NamedTuple):
    """Something of one height. `space_before` is dropped at the top of a page."""

    height: float
    draw: Draw
    space_before: float = 0.0
    keeps_next: bool = False
    starts_page: bool = False
    bookmark: tuple[int, str] | None = None
    """(level, title) of an outline entry that leads here."""


class Placed(NamedTuple):
    """A piece and where its top is, from the top of the body."""

    piece: Piece
    top: float


def paginate(pieces: Sequence[Piece], height: float) -> list[list[Placed]]:
    """This will put `pieces` on as few pages of body `height` as keeping groups together allows."""
    pages: list[list[Placed]] = [[]]
    used = 0.0
    for group in _groups(pieces):
        does_not_fit = used + group_height(group) > height
        if pages[-1] and (group[0].starts_page or does_not_fit):
            pages.append([])
            used = 0.0
        for piece in group:
            if pages[-1] and used + piece.space_before + piece.height > height:
                pages.append([])
                used = 0.0
            top = used + (piece.space_before if pages[-1] else 0.0)
            pages[-1].append(Placed(piece, top))
            used = top + piece.height
    return pages


def group_height(group: Iterable[Piece]) -> float:
    """This will add up what pieces take one below the other."""
    return sum(piece.space_before + piece.height for piece in group)


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keeps_next:
            yield group
            group = []
    if group:
        yield group
