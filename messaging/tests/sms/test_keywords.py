"""Which single words mean something, and that a sentence with them in it does not."""

import pytest

from messaging.sms.keywords import read_answer, read_keyword


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("STOP", "stop"),
        (" stop. ", "stop"),
        ("Stop All", "stop"),
        ("UNSUBSCRIBE", "stop"),
        ("cancel", "stop"),
        ("END", "stop"),
        ("quit!", "stop"),
        ("Revoke", "stop"),
        ("opt-out", "stop"),
        ("START", "start"),
        ("unstop", "start"),
        ("Help", "help"),
        ("info?", "help"),
        ("We had to stop the rollout.", None),
        ("In the end it worked", None),
        ("", None),
        ("👍", None),
    ],
)
def test_keywords_are_whole_messages(text: str, keyword: str | None) -> None:
    assert read_keyword(text) == keyword


@pytest.mark.parametrize(
    "text", ["YES", "y", "Yeah!", "ok", "Sure, yes please", "I agree", "I’m ready.", "Yes yes"]
)
def test_a_yes(text: str) -> None:
    assert read_answer(text) == "yes"


@pytest.mark.parametrize("text", ["No", "nope", "No thanks", "not now", "I don't want to", "no thank you!"])
def test_a_no(text: str) -> None:
    assert read_answer(text) == "no"


@pytest.mark.parametrize(
    "text", ["", "Who is this?", "yes but not today", "What is it about", "later", "no yes"]
)
def test_neither(text: str) -> None:
    assert read_answer(text) is None
