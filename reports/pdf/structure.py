"""The document's logical structure (ISO 32000-1, 14.7): what a screen reader walks through."""

from typing import Literal

Role = Literal[
    "Document",
    "Sect",
    "H1",
    "H2",
    "H3",
    "P",
    "Figure",
    "BlockQuote",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
]


class Element:
    """A node of the structure tree; its kids are elements, or (page index, marked-content id) pairs."""

    def __init__(self, role: Role, alt: str = "") -> None:
        self.role = role
        self.alt = alt
        self.kids: list[Element | tuple[int, int]] = []

    def add(self, role: Role, alt: str = "") -> "Element":
        """This will append a new element below this one and return it."""
        kid = Element(role, alt)
        self.kids.append(kid)
        return kid

    def mark(self, page: int, mcid: int) -> None:
        """This will note that content `mcid` of a page belongs to this element."""
        self.kids.append((page, mcid))

    def is_drawn(self) -> bool:
        """This will tell whether anything below this element reached a page."""
        return any(isinstance(kid, tuple) or kid.is_drawn() for kid in self.kids)
