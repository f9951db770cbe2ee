"""Chooses the words that show an expected point: of all sentences that state it, the one that says most.

A point may be named in passing in one sentence and explained in another. Of the sentences that state it, the
one that states most of the points found is shown; among equals the one with its plainest cue.
"""

from collections import Counter

from interviews.coverage import PointCoverage, cover, places
from interviews.plan import PlannedQuestion


def proofs(question: PlannedQuestion, text: str) -> tuple[PointCoverage, ...]:
    """The same points as `cover` finds in `text`, each with the words that show it best."""
    found = places(question, text)
    stated = Counter(number for sentences in found for number in sentences)
    plainest = cover(question, text).points
    return tuple(_best(sentences, stated, first) for sentences, first in zip(found, plainest, strict=True))


def _best(
    sentences: dict[int, PointCoverage], stated: Counter[int], plainest: PointCoverage
) -> PointCoverage:
    """`stated`: how many points each sentence states."""
    most = max((stated[number] for number in sentences), default=0)
    best = [one for number, one in sentences.items() if stated[number] == most]
    return plainest if plainest in best or not best else best[0]
