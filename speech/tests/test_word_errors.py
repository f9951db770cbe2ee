import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.word_errors import WordErrors, count_errors, normalise

words = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=8)


@pytest.mark.parametrize(
    ("truth", "heard", "expected"),
    [
        ("a b c", "a b c", WordErrors(0, 0, 0, 3)),
        ("a b c", "a x c", WordErrors(1, 0, 0, 3)),
        ("a b c", "a c", WordErrors(0, 1, 0, 3)),
        ("a c", "a b c", WordErrors(0, 0, 1, 2)),
        ("a b c d", "b c e", WordErrors(1, 1, 0, 4)),
        ("", "thank you", WordErrors(0, 0, 2, 0)),
        ("yes", "", WordErrors(0, 1, 0, 1)),
    ],
)
def test_every_kind_of_error_is_counted_once(truth: str, heard: str, expected: WordErrors) -> None:
    assert count_errors(truth, heard) == expected


def test_case_and_punctuation_do_not_count() -> None:
    assert count_errors("DON\u2019T STOP", "Don't, stop!").total == 0
    assert normalise("E-mail: x_y, caf\u00e9") == ["e", "mail", "x", "y", "caf\u00e9"]


def test_counts_add_up_and_rates_follow() -> None:
    total = count_errors("a b", "a") + count_errors("c d", "c d e")
    assert total == WordErrors(0, 1, 1, 4)
    assert total.rate == 0.5
    assert WordErrors(extra=3).rate == 3.0
    assert WordErrors().rate == 0.0


@given(words, words)
def test_errors_bound_the_difference_in_length(truth: list[str], heard: list[str]) -> None:
    errors = count_errors(" ".join(truth), " ".join(heard))
    assert errors.extra - errors.missing == len(heard) - len(truth)
    assert abs(len(truth) - len(heard)) <= errors.total <= max(len(truth), len(heard))


@given(words)
def test_a_text_has_no_errors_against_itself(truth: list[str]) -> None:
    assert count_errors(" ".join(truth), " ".join(truth)).total == 0
