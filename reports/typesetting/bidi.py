"""The order in which text in two directions is read, after the Unicode Bidirectional Algorithm (UAX 9)."""

import unicodedata
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bidi import algorithm

_RIGHT_TO_LEFT = {"R", "AL", "AN"}


class Levelled(Protocol):
    """Anything that sits on an embedding level: even reads left to right, odd right to left."""

    @property
    def level(self) -> int: ...


L = TypeVar("L", bound=Levelled)


def levels(text: str) -> tuple[int, Sequence[int]]:
    """This will give the base level, from the first strong letter, and one level per character."""
    if text.isascii() or not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return 0, bytes(len(text))
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base = algorithm.get_base_level(text)
    storage["base_dir"] = "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return base, [char["level"] for char in storage["chars"]]


def visual_order(runs: Sequence[L]) -> list[L]:
    """This will put one line's runs into the order they are drawn in, left to right (rule L2)."""
    ordered = list(runs)
    highest = max((run.level for run in ordered), default=0)
    for level in range(highest, 0, -1):
        start = 0
        while start < len(ordered):
            if ordered[start].level < level:
                start += 1
                continue
            end = start
            while end < len(ordered) and ordered[end].level >= level:
                end += 1
            ordered[start:end] = reversed(ordered[start:end])
            start = end
    return ordered
