"""Captions grow; what is stable is never taken back."""

from hypothesis import given
from hypothesis import strategies as st

from speech.stable_text import StableText


def test_the_first_partial_is_all_provisional() -> None:
    assert StableText(unstable_words=1).take("I have worked") == ("I have worked", 0)


def test_words_that_two_partials_agree_on_are_stable() -> None:
    text = StableText(unstable_words=1)
    text.take("I have work")
    assert text.take("I have worked as a") == ("I have worked as a", len("I have"))


def test_case_and_punctuation_are_no_disagreement() -> None:
    text = StableText(unstable_words=0)
    text.take("I know.")
    caption, stable_chars = text.take("i know that")
    assert caption[:stable_chars] == "i know"


def test_stable_words_stay_when_a_later_partial_differs() -> None:
    text = StableText(unstable_words=1)
    text.take("we moved the data")
    text.take("we moved the data in")
    caption, stable_chars = text.take("she proved it all in small")
    assert caption == "we moved the data in small"
    assert caption[:stable_chars] == "we moved the data"


def test_a_shorter_partial_takes_nothing_back() -> None:
    text = StableText(unstable_words=0)
    text.take("one two three")
    text.take("one two three")
    assert text.take("one") == ("one two three", len("one two three"))


WORDS = st.lists(st.sampled_from(["so", "we", "used", "a", "queue", "cue"]), max_size=8).map(" ".join)


@given(partials=st.lists(WORDS, max_size=12), unstable_words=st.integers(0, 2))
def test_what_was_stable_begins_every_later_caption(partials: list[str], unstable_words: int) -> None:
    text, stable = StableText(unstable_words=unstable_words), ""
    for partial in partials:
        caption, stable_chars = text.take(partial)
        assert caption.startswith(stable)
        assert stable_chars >= len(stable)
        stable = caption[:stable_chars]
