"""Captions that do not flicker: words on which two partials in a row agree are never taken back."""

import re

_BARE = re.compile(r"[^\w']+")


class StableText:
    """The caption of one utterance while it grows.

    Two successive partials that agree on a beginning are right about it nearly always (LocalAgreement-2,
    Macháček et al. 2023). What a later partial says about stable words is ignored; the final transcript alone
    replaces them.
    """

    def __init__(self, *, unstable_words: int) -> None:
        self._unstable_words = unstable_words
        self._stable: list[str] = []
        self._latest: list[str] = []

    def take(self, text: str) -> tuple[str, int]:
        """This will give the caption after a further partial, and how many of its first characters are
        stable.
        """
        words = text.split()
        agreed = _agreement(self._latest, words)
        self._latest = words
        firm = min(agreed, max(0, len(words) - self._unstable_words))
        if firm > len(self._stable):
            self._stable += words[len(self._stable) : firm]
        stable = " ".join(self._stable)
        caption = " ".join([*self._stable, *words[len(self._stable) :]])
        return caption, len(stable)


def _agreement(one: list[str], other: list[str]) -> int:
    """How many words at the beginning are the same, apart from case and punctuation."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if _bare(left) != _bare(right):
            return index
    return min(len(one), len(other))


def _bare(word: str) -> str:
    return _BARE.sub("", word.lower())
