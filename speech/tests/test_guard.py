import pytest

from speech.guard import (
    Evidence,
    Reading,
    compression_ratio,
    count_words,
    find_flaw,
    is_invented,
    longest_loop,
    without_loops,
)

CLEAR = Evidence(audio_ms=4_000, speech_ms=3_000, clear_ms=2_500)
WEAK = Evidence(audio_ms=6_000, speech_ms=224, clear_ms=96)
SENTENCE = "We moved the data in small batches."


@pytest.mark.parametrize(
    ("reading", "flaw"),
    [
        (Reading(SENTENCE, -0.1), ""),
        (Reading(SENTENCE, -1.2), "unlikely"),
        (Reading("how how how how", -0.1), "repetition"),
        (Reading("and then " * 12, -0.1), "repetition"),
        (Reading("Yes.", -0.1), "too few words"),
        (
            Reading(
                " ".join(
                    ["the quick brown fox jumps over a lazy dog", "while five wizards box with my seven jugs"]
                    * 2
                ),
                -0.1,
            ),
            "too many words",
        ),
    ],
)
def test_what_looks_wrong_is_named(reading: Reading, flaw: str) -> None:
    assert find_flaw(reading, CLEAR) == flaw


def test_scripts_without_spaces_are_not_taken_for_lost_words() -> None:
    assert count_words("我在一家公司工作了六年") == 6
    assert find_flaw(Reading("我在一家公司工作了六年", -0.2), CLEAR) == ""
    assert count_words("two words") == 2


def test_a_short_answer_may_be_one_word() -> None:
    assert find_flaw(Reading("Yes.", -0.2), Evidence(audio_ms=900, speech_ms=320, clear_ms=256)) == ""


@pytest.mark.parametrize(
    ("reading", "evidence"),
    [
        (Reading(SENTENCE, -0.1), Evidence(audio_ms=3_000, speech_ms=64, clear_ms=64)),
        (Reading(SENTENCE, -0.1), Evidence(audio_ms=3_000, speech_ms=256, clear_ms=32)),
        (Reading("...", -0.1), CLEAR),
        (Reading("", 0.0), CLEAR),
        (Reading(SENTENCE, -1.1, no_speech_probability=0.9), CLEAR),
        (Reading("Thanks for watching!", -0.7), WEAK),
    ],
)
def test_words_without_speech_are_invented(reading: Reading, evidence: Evidence) -> None:
    assert is_invented(reading, evidence)


def test_a_badly_recognised_answer_is_kept_and_an_unsure_yes_is_heard() -> None:
    assert not is_invented(Reading(SENTENCE, -1.3, no_speech_probability=0.2), CLEAR)
    assert not is_invented(Reading("Yes.", -0.4), Evidence(audio_ms=1_000, speech_ms=200, clear_ms=128))


def test_loops_are_counted_and_cut() -> None:
    assert longest_loop(["a", "b", "a", "b", "a", "b"]) == 3
    assert longest_loop([]) == 0
    assert without_loops("so so so so so what") == "so what"
    assert without_loops("I did it I did it I did it I did it again") == "I did it again"
    assert without_loops("How, how. how how how") == "How,"
    assert without_loops("very very very good") == "very very very good"


def test_compression_tells_repetition_from_sentences() -> None:
    assert compression_ratio("") == 0.0
    assert compression_ratio(SENTENCE) < 1.5
    assert compression_ratio("how " * 40) > 2.4
