"""Word error rate as the field counts it: words wrong, missing and extra over the words of the truth."""

import re
import unicodedata

from msgspec import Struct

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class WordErrors(Struct, frozen=True):
    """Counts that add up over many utterances."""

    wrong: int = 0
    missing: int = 0
    extra: int = 0
    words: int = 0

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.wrong + other.wrong,
            self.missing + other.missing,
            self.extra + other.extra,
            self.words + other.words,
        )

    @property
    def total(self) -> int:
        return self.wrong + self.missing + self.extra

    @property
    def rate(self) -> float:
        """0 is flawless; above 1 more was made up than said. Where nothing was said, each word counts 1."""
        return self.total / self.words if self.words else float(self.total)


def normalise(text: str) -> list[str]:
    """This will give the words as they are compared: folded case, no punctuation, apostrophes kept inside."""
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    return _WORD.findall(plain)


def count_errors(truth: str, heard: str) -> WordErrors:
    """This will align two texts word by word at the least cost and count what differs."""
    wanted, given = normalise(truth), normalise(heard)
    # Each cell: (cost, wrong, missing, extra) of the best alignment so far.
    row = [(column, 0, 0, column) for column in range(len(given) + 1)]
    for word in wanted:
        cost, wrong, missing, extra = row[0]
        fresh = [(cost + 1, wrong, missing + 1, extra)]
        for column, other in enumerate(given, start=1):
            fresh.append(_best(row[column - 1], row[column], fresh[-1], is_same=word == other))
        row = fresh
    _, wrong, missing, extra = row[-1]
    return WordErrors(wrong, missing, extra, len(wanted))


_Cell = tuple[int, int, int, int]


def _best(diagonal: _Cell, above: _Cell, left: _Cell, *, is_same: bool) -> _Cell:
    step = 0 if is_same else 1
    return min(
        (diagonal[0] + step, diagonal[1] + step, diagonal[2], diagonal[3]),
        (above[0] + 1, above[1], above[2] + 1, above[3]),
        (left[0] + 1, left[1], left[2], left[3] + 1),
    )
