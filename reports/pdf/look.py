"""The report's colours, type and measures, in one place. Every pair of ink and ground has at least 4.5:1."""

from reports.typesetting.lines import Ink, TextStyle

INK: Ink = (0.08, 0.10, 0.12)
SOFT: Ink = (0.34, 0.38, 0.42)
ACCENT: Ink = (0.04, 0.36, 0.36)
LINE: Ink = (0.82, 0.84, 0.86)
GROUND: Ink = (0.955, 0.965, 0.965)
WHITE: Ink = (1, 1, 1)

LEVEL_INKS: dict[str, Ink] = {
    "excellent": (0.10, 0.42, 0.20),
    "good": (0.10, 0.34, 0.62),
    "average": (0.80, 0.60, 0.05),
    "needs work": (0.70, 0.15, 0.13),
}
"""Fill of the small mark beside a level's word; the word itself is always in ink."""

TITLE = TextStyle("serif-bold", 24, 30, INK)
H1 = TextStyle("serif-bold", 16, 22, INK)
H2 = TextStyle("sans-bold", 10.5, 15.5, INK)
QUESTION = TextStyle("serif-bold", 12, 17, INK)
BODY = TextStyle("sans", 9, 14, INK)
STRONG = TextStyle("sans-bold", 9, 14, INK)
QUIET = TextStyle("sans", 9, 14, SOFT)
SAID = TextStyle("serif", 10.5, 15.5, INK)
SAID_QUIET = TextStyle("serif", 10.5, 15.5, SOFT)
SMALL = TextStyle("sans", 8, 12, SOFT)
SMALL_INK = TextStyle("sans", 8, 12, INK)
SMALL_STRONG = TextStyle("sans-bold", 8, 12, INK)
LABEL = TextStyle("sans-bold", 8, 14, ACCENT)
NUMBER = TextStyle("sans", 9, 14, INK, is_tabular=True)
NUMBER_STRONG = TextStyle("sans-bold", 9, 14, INK, is_tabular=True)
SMALL_NUMBER = TextStyle("sans", 8, 12, SOFT, is_tabular=True)
TIME = TextStyle("sans", 8, 15.5, SOFT, is_tabular=True)
BIG_NUMBER = TextStyle("sans-bold", 40, 44, INK, is_tabular=True)

LEFT = 56.0
TOP = 60.0
WIDTH = 483.28
"""Between margins of 56 points on A4."""
HEIGHT = 714.0
"""Of a page's body, above the footer."""
MARGIN_COLUMN = 92.0
"""Labels and times stand in this column; what they belong to starts after it."""
GAP = 12.0
BODY_LEFT = MARGIN_COLUMN + GAP
BODY_WIDTH = WIDTH - BODY_LEFT
