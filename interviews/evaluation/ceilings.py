"""How far an answer's evidence can carry a judgement, whoever judges and whatever the answer asks for.

A model proposes; these tables dispose. A share is that of the expected points which are proven, as
`evidence.py` counts it; words are those of the answer without "um" and "uh".
"""

from msgspec import Struct

from interviews.evaluation.lexical import ANCHOR_FRACTIONS, CLEAR_ENOUGH_FOR_5, anchor_for

# What is proven limits how right and how deep an answer can be called: a base, and more for every share.
ACCURACY_BASE, ACCURACY_PER_SHARE = 30, 140  # a quarter: 65; a half and more: 100
DEPTH_BASE, DEPTH_PER_SHARE = 10, 120  # a quarter: 40; a half: 70; three quarters and more: 100
ACCURACY_OF_NOTHING = 20
# (fewest words, highest score): about ten seconds of speech are 30 words.
ACCURACY_BY_WORDS = ((20, 100), (10, 80), (0, 60))
DEPTH_BY_WORDS = ((40, 100), (20, 70), (0, 40))
ANCHOR_BY_WORDS = ((20, 5), (10, 4), (0, 3))
MOST_CLARITY_APART = 15  # from the structure that code hears, up or down: clarity is never eloquence
MOST_ANCHORS_ABOVE = 1  # than the share alone reaches: a paraphrase or a fine example may be worth one
MOST_ANCHORS_BELOW = 2
BOTTOM, TOP = 1, max(step for step, _ in ANCHOR_FRACTIONS)


class Carried(Struct, frozen=True):
    """What there is to rest a judgement on."""

    share: float  # of the expected points, 0..1; strong evidence alone
    word_count: int
    clarity: int  # as code hears it
    addresses_judge: bool = False  # part of the answer speaks to whoever judges it


class Proposed(Struct, frozen=True):
    accuracy: float
    clarity: float
    depth: float
    anchor: float


def clamp(proposed: Proposed, carried: Carried) -> Proposed:
    """What remains of `proposed`: scores within 0..100, the anchor a whole number within 1..5."""
    return Proposed(
        accuracy=_most(proposed.accuracy, _accuracy_by_share(carried.share), ACCURACY_BY_WORDS, carried),
        clarity=_near(_score(proposed.clarity), carried.clarity),
        depth=_most(proposed.depth, DEPTH_BASE + DEPTH_PER_SHARE * carried.share, DEPTH_BY_WORDS, carried),
        anchor=_anchor(proposed.anchor, carried),
    )


Table = tuple[tuple[float, int], ...]


def _accuracy_by_share(share: float) -> float:
    return ACCURACY_BASE + ACCURACY_PER_SHARE * share if share else ACCURACY_OF_NOTHING


def _most(value: float, by_share: float, by_words: Table, carried: Carried) -> float:
    ceilings = [round(by_share, 1), _ceiling(by_words, carried.word_count)]
    if carried.addresses_judge:  # then nothing is granted that the points alone don't show
        ceilings.append(round(100 * carried.share))
    return float(min(_score(value), *ceilings))


def _ceiling(table: Table, reached: float) -> int:
    return next((highest for least, highest in table if reached >= least), 0)


def _near(value: float, middle: int) -> float:
    return min(max(value, middle - MOST_CLARITY_APART, 0), middle + MOST_CLARITY_APART, 100)


def _anchor(value: float, carried: Carried) -> int:
    reached = anchor_for(carried.share)
    highest = reached + MOST_ANCHORS_ABOVE if carried.share and not carried.addresses_judge else reached
    highest = min(highest, _ceiling(ANCHOR_BY_WORDS, carried.word_count))
    if carried.clarity < CLEAR_ENOUGH_FOR_5:
        highest = min(highest, TOP - 1)
    lowest = reached - MOST_ANCHORS_BELOW
    wanted = round(value) if value == value else reached  # noqa: PLR0124 (not a number)
    return int(max(min(max(wanted, lowest), highest), BOTTOM))


def _score(value: float) -> float:
    return round(min(max(value, 0.0), 100.0), 1) if value == value else 0.0  # noqa: PLR0124 (not a number)
