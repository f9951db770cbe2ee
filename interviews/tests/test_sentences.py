import pytest

from interviews.interviewer.sentences import MAX_CHARS, SentenceCutter, split_sentences


def streamed(text: str, size: int) -> list[str]:
    cutter = SentenceCutter()
    whole = [sentence for at in range(0, len(text), size) for sentence in cutter.push(text[at : at + size])]
    return whole + cutter.flush()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hello. How are you? Fine!", ["Hello.", "How are you?", "Fine!"]),
        ("It took 3.5 seconds. Good.", ["It took 3.5 seconds.", "Good."]),
        ("Use a store, e.g. Redis. Then go on.", ["Use a store, e.g. Redis.", "Then go on."]),
        (
            "Dr. Smith asked. J. Doe did, and so did I. Good.",
            ["Dr. Smith asked.", "J. Doe did, and so did I.", "Good."],
        ),
        ('She said "Stop." Then she left.', ['She said "Stop."', "Then she left."]),
        ("Well… yes. No.", ["Well…", "yes.", "No."]),
        ("1. First\n2. Second", ["1. First", "2. Second"]),
        ("你好。再见。", ["你好。", "再见。"]),
        ("No end", ["No end"]),
        ("  ", []),
    ],
)
def test_text_is_cut_into_sentences(text, sentences):
    assert split_sentences(text) == sentences


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_how_it_is_streamed_changes_nothing(size):
    text = 'Dr. Smith took 3.5 mg, i.e. a lot. "Really?" he asked. Yes… he did. ' + "so, on and " * 60
    assert streamed(text, size) == split_sentences(text)


def test_the_first_sentence_comes_as_soon_as_it_is_whole():
    cutter = SentenceCutter()
    assert cutter.push("Thank you") == []
    assert cutter.push(".") == []
    assert cutter.push(" What") == ["Thank you."]


def test_long_stretches_are_bounded_and_lose_no_word():
    text = "word, " * 200
    cut = split_sentences(text)
    assert max(map(len, cut)) <= MAX_CHARS
    assert " ".join(cut).split() == text.split()


def test_a_stretch_without_blanks_is_bounded_too():
    assert max(map(len, split_sentences("x" * 1000))) <= MAX_CHARS
