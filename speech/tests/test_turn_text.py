"""What the last words say about whether more is to come."""

import pytest

from speech.turn_text import sounds_finished


@pytest.mark.parametrize(
    "text",
    [
        "I would add an index on",
        "An index makes reads faster but",
        "We used a queue, and.",
        "So, um",
        "I think it was because...",
        "First I looked at the",
        "We had two problems,",
        "It depends on, you know",
        "I’m",
        "and we",
    ],
)
def test_more_is_to_come(text: str) -> None:
    assert sounds_finished(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "I have worked as a backend engineer for six years.",
        "Yes, I have done that before.",
        "Could you repeat the question please?",
        "That is what we did",
        "Yes I have.",
        "no",
        "the user id column",
    ],
)
def test_it_could_end_here(text: str) -> None:
    assert sounds_finished(text) is True


@pytest.mark.parametrize("text", ["", "  ", "…", "?!"])
def test_no_words_say_nothing(text: str) -> None:
    assert sounds_finished(text) is None


def test_other_languages_are_not_judged_by_english_words() -> None:
    assert sounds_finished("Das war so", "de") is None
