"""Which of an answer's quotes to show where there is room for one."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TypeVar

from reports.content import Answer, Quote


class Quoted(Protocol):
    """Any quote: it can be counted, and has its words in `text`."""

    @property
    def text(self) -> str: ...


_Q = TypeVar("_Q", bound=Quoted)


def most_telling(quotes: Iterable[_Q]) -> _Q | None:
    """The quote that stands under most points, given once for each; among equals the longest."""
    times = Counter(quotes)
    return max(times, key=lambda quote: (times[quote], len(quote.text)), default=None)


def best_quote(answer: Answer) -> Quote | None:
    """The words that say most of what was heard in `answer`; None where nothing of it is quoted."""
    shown = most_telling(finding.quote for finding in answer.covered if finding.quote)
    return shown or most_telling(answer.quotes)
