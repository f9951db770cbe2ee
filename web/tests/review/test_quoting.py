"""Quotes begin at their own first word, and ratings that lie far apart are told in words."""

import pytest

from reports.content import Answer, Finding, Quote
from web.review.differing import differences
from web.review.quoting import with_seconds
from web.review.said import Heard, Said

TEXT = "We moved it, um, in small batches. It's done. We moved it again."


def said(*, is_candidate: bool = True) -> Said:
    words = tuple(Heard(text, 1000 + 100 * n, 1100 + 100 * n) for n, text in enumerate(TEXT.split()))
    return Said("c1", "Ada", is_candidate, words)


@pytest.mark.parametrize(
    ("quote", "at_ms"),
    [
        (Quote("in small batches", 1000), 1400),
        (Quote("It’s done", 1000), 1700),
        (Quote("we moved it", 1000), 1000),
        (Quote("we moved it", 1500), 1900),
        (Quote("nobody said this", 1000), 1000),
        (Quote("…", None), None),
    ],
)
def test_a_quote_is_at_its_first_word(quote: Quote, at_ms: int | None) -> None:
    found = with_seconds(Answer(TEXT, quotes=(quote,), covered=(Finding("x", quote), Finding("y"))), [said()])
    assert found.quotes[0].at_ms == at_ms
    assert found.covered[0].quote == found.quotes[0]


def test_the_interviewers_words_are_nobodys_evidence() -> None:
    quote = Quote("in small batches", 7)
    assert with_seconds(Answer(TEXT, quotes=(quote,)), [said(is_candidate=False)]).quotes == (quote,)


@pytest.mark.parametrize(
    ("people", "program", "sentences"),
    [
        ([], 3, 0),
        ([("You", 4)], 3, 0),
        ([("You", 5)], 3, 1),
        ([("You", 5)], None, 0),
        ([("You", 5), ("Rolf", 2)], 4, 2),
        ([("You", 1), ("Rolf", 5)], 3, 3),
    ],
)
def test_two_anchors_apart_is_far(people: list[tuple[str, int]], program: int | None, sentences: int) -> None:
    assert len(differences(people, program)) == sentences
