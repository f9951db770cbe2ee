"""A score on its 0–100 scale, with the levels named in place."""

from reports import wording
from reports.pdf import look
from reports.pdf.pen import Pen

HEIGHT = 34.0
_LEVELS = ((0, 50, "Needs work"), (50, 70, "Average"), (70, 85, "Good"), (85, 100, "Excellent"))
"""From, to, and word of each level (design, section 5)."""


def draw(pen: Pen, x: float, top: float, width: float, values: tuple[float, float | None]) -> None:
    """This will draw the scale, a mark at the score and an open one at what it comes to with overrides."""
    value, overridden = values
    for start, end, word in _LEVELS:
        left, right = x + width * start / 100, x + width * end / 100
        is_reached = start <= value < end or (end == 100 and value >= 100)
        pen.box(left + 0.8, top + 10, (right - left - 1.6, 5), fill=look.ACCENT if is_reached else look.LINE)
        style = look.SMALL_STRONG if is_reached else look.SMALL
        pen.text(word, (left + right) / 2, top + 18, style, "centre")
    if overridden is not None and wording.is_known(overridden):
        pen.polygon(_mark(x, top, width, overridden), fill=look.WHITE, stroke=look.INK)
    pen.polygon(_mark(x, top, width, value), fill=look.INK)


def _mark(x: float, top: float, width: float, value: float) -> list[tuple[float, float]]:
    at = x + width * min(100.0, max(0.0, value)) / 100
    return [(at - 4.5, top + 1), (at + 4.5, top + 1), (at, top + 8.5)]


def in_words(value: float, level: str, overridden: float | None = None) -> str:
    """This will say the scale in a sentence."""
    people = f" With people's overrides {wording.points(overridden)}." if wording.is_known(overridden) else ""
    return f"{wording.points(value)} of 100, {level}.{people} Levels begin at 0, 50, 70 and 85."
