"""What a reasoning model thinks aloud is nobody's business, however it is cut into deltas."""

import pytest

from interviews.language_model.thoughts import ThoughtFilter, without_thoughts

CASES = [
    ("Hello there.", "Hello there."),
    ("<think>Hm.</think>Hello there.", "Hello there."),
    ("\n<think>\nIs <b> a tag? </thin </think>\n\nHello there.", "Hello there."),
    ("<THINKING>Hm.</THINKING> Hello there.", "Hello there."),
    ("<think></think>Hello there.", "Hello there."),
    ("<think>Hm.", ""),
    ("<think>Hm.</think>", ""),
    ("<thin ice is dangerous", "<thin ice is dangerous"),
    ("<", "<"),
    ("", ""),
    ("Hello <think>there.", "Hello <think>there."),
]


@pytest.mark.parametrize(("text", "answer"), CASES)
@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_thoughts_are_left_out_of_a_stream(text: str, answer: str, size: int) -> None:
    thoughts = ThoughtFilter()
    deltas = [thoughts.push(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join([*deltas, thoughts.flush()]) == answer


def test_words_come_as_soon_as_they_can_be_no_thought() -> None:
    thoughts = ThoughtFilter()
    assert [thoughts.push(part) for part in ("<th", "at", " is it")] == ["", "<that", " is it"]


def test_a_long_thought_gives_nothing_until_it_ends() -> None:
    thoughts = ThoughtFilter()
    thoughts.push("<think>")
    assert not any(thoughts.push("and so on ") for _ in range(20_000))
    assert thoughts.push("</think>Hello.") == "Hello."


@pytest.mark.parametrize(
    ("text", "answer"),
    [*CASES[:5], ("I should say red.</think> Red.", "Red."), ("<think>Hm.", "")],
)
def test_thoughts_are_left_out_of_a_whole_answer(text: str, answer: str) -> None:
    assert without_thoughts(text) == answer
