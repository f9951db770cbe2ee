"""Finds the second at which quoted words were said, where each word's time is known."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reports.content import Answer, Finding, Quote
from reports.quotes import normalised
from web.review.said import Said


def with_seconds(answer: Answer, said: Sequence[Said]) -> Answer:
    """The same with every quote at its own first word, not only at its utterance's."""
    return replace(
        answer,
        quotes=tuple(_exact(quote, said) for quote in answer.quotes),
        covered=tuple(_finding(one, said) for one in answer.covered),
    )


def _finding(one: Finding, said: Sequence[Said]) -> Finding:
    return one if one.quote is None else replace(one, quote=_exact(one.quote, said))


def _exact(quote: Quote, said: Sequence[Said]) -> Quote:
    """Where the same words were said twice, those nearest behind the time that is known."""
    wanted = normalised(quote.text).split()
    found = [at for turn in said if turn.is_candidate for at in _beginnings(wanted, turn)]
    later = [at for at in found if quote.at_ms is None or at >= quote.at_ms]
    at_ms = min(later or found, default=quote.at_ms)
    return replace(quote, at_ms=at_ms)


def _beginnings(wanted: Sequence[str], turn: Said) -> Iterator[int]:
    """One word as written may fold to several, or none."""
    folded = [
        (part, word.from_ms)
        for word in turn.words
        if word.from_ms is not None
        for part in normalised(word.text).split()
    ]
    parts = [part for part, _ in folded]
    for start in range(len(parts) - len(wanted) + 1) if wanted else ():
        at_ms = folded[start][1]
        if parts[start : start + len(wanted)] == list(wanted) and at_ms is not None:
            yield at_ms
