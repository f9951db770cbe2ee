"""What may be printed: people's text without the characters that break pages, readers or trust."""

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: they are format characters, yet decide how Persian and Hindi are spelled."""

MAX_MARKS = 4
"""Combining marks kept on one letter; Vietnamese needs two, pointed Hebrew three."""

_REMOVED_CATEGORIES = {"Cc", "Cf", "Cn", "Cs"}
_PLAIN = re.compile(r"[\n\x20-\x7e]*\Z")


def printable(text: str) -> str:
    """This will keep letters, marks, spaces and line breaks, and drop the invisible and the misleading.

    NUL and other control characters, direction overrides, unassigned code points and lone surrogates go;
    piles of combining marks are cut to `MAX_MARKS`. The result is in NFC.
    """
    if _PLAIN.match(text):
        return text
    text = re.sub("\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ")
    return _without_piles(unicodedata.normalize("NFC", "".join(_kept(char) for char in text)))


def one_line(text: str) -> str:
    """This will make `text` printable and fold all its white space, for names and headings."""
    return " ".join(printable(text).split())


def shortened(text: str, limit: int) -> str:
    """This will fold `text` and cut it at a word before `limit` characters, marked with an ellipsis."""
    folded = one_line(text)
    if len(folded) <= limit:
        return folded
    cut = folded[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:.–—-") + "…"


def _kept(char: str) -> str:
    if char == "\n" or char in JOINERS:
        return char
    return "" if unicodedata.category(char) in _REMOVED_CATEGORIES else char


def _without_piles(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)
