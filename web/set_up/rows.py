"""Rows of a form that people add, take away and move: as the page sends them, with scripts or without.

Every row has a mark of its own that stands in the names of its fields (`3-name`), and one hidden `row` field
that holds the mark; the order of these is the order of the rows. So a script that moves a row moves its part
of the page and renames nothing. Where there are no scripts the buttons `do` send the page back to be drawn
anew: `up:3`, `down:3`, `remove:3`, `add`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

MARK = re.compile(r"[0-9a-z]{1,12}")
Fields = dict[str, str]


@dataclass
class Row:
    """What stands in the fields of one row, and what is wrong with it."""

    mark: str
    fields: Fields
    mistakes: list[str] = field(default_factory=list)
    is_new: bool = False  # was added just now: its first field is where people go on

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for name, text in self.fields.items() if name not in CHOICES)


CHOICES = frozenset(
    {"weight", "kind", "difficulty", "mode", "is_core", "key"}
)  # never empty: they say nothing


def rows_from(sent: QueryDict, names: Iterable[str], most: int) -> list[Row]:
    """The rows in the order of the page; more than `most` are cut off."""
    marks = dict.fromkeys(one for one in sent.getlist("row") if MARK.fullmatch(one))
    wanted = tuple(names)
    return [
        Row(mark, {name: sent.get(f"{mark}-{name}", "").replace("\0", "") for name in wanted})
        for mark in list(marks)[:most]
    ]


def rows_of(filled: Iterable[Fields]) -> list[Row]:
    return [Row(str(number), fields) for number, fields in enumerate(filled, 1)]


def done(rows: Sequence[Row], wish: str, blank: Callable[[], Fields], most: int) -> list[Row] | None:
    """The rows after what the button `wish` asks for; None where it is none of theirs."""
    verb, _, mark = wish.partition(":")
    listed = list(rows)
    if verb == "add":
        return [*listed, added(listed, blank())] if len(listed) < most else listed
    if verb not in {"up", "down", "remove"}:
        return None
    place = next((number for number, row in enumerate(listed) if row.mark == mark), None)
    if place is None:
        return listed
    row = listed.pop(place)
    if verb != "remove":
        listed.insert(max(0, place + (1 if verb == "down" else -1)), row)
    return listed


def added(rows: Sequence[Row], fields: Fields) -> Row:
    """A row with a mark that none has."""
    taken = {row.mark for row in rows}
    number = next(number for number in range(1, len(rows) + 2) if str(number) not in taken)
    return Row(str(number), fields, is_new=True)
