"""Turns what the bank expects into what may be claimed of a candidate."""

import re

_EXAMPLE = re.compile(r",? \b(?:for instance|for example|such as)\b[^.]*")


def without_example(point: str) -> str:
    """The point without the example that it gives: the candidate's own stands in the quote."""
    return _EXAMPLE.sub("", point)
