"""Our own voice is known again; an answer that takes up our words is not mistaken for it."""

import pytest

from speech.echo import resembles

REPLY = "Thank you. Could you tell me about a time when you had to change the design of a running service?"


@pytest.mark.parametrize(
    "text",
    [
        "could you tell me about a time when you had to",
        "change the design of a running service",
        "Tell me about a time when you have to change the design",
    ],
)
def test_an_echo_is_recognised(text: str) -> None:
    assert resembles(text, REPLY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wait",
        "tell me",
        "sorry can I add something to that",
        "we had to change the design because the old one was slow and nobody understood it",
    ],
)
def test_an_answer_is_not(text: str) -> None:
    assert not resembles(text, REPLY)


def test_nothing_resembles_silence() -> None:
    assert not resembles("change the design of", "")
