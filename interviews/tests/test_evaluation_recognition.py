import pytest

from interviews.evaluation import SaidUtterance, is_poorly_recognised
from interviews.evaluation.recognition import find_problem, measure


def said(text: str, seconds: float, confidence: float | None = 0.9, start_ms: int = 0) -> SaidUtterance:
    return SaidUtterance(text, start_ms, start_ms + round(seconds * 1000), confidence)


TEN_WORDS = "one two three four five six seven eight nine ten"


def test_clear_speech_passes():
    facts = measure([said(TEN_WORDS, 3.5)])
    assert find_problem(facts) is None
    assert (facts.word_count, facts.speech_ms, facts.words_per_s, facts.confidence) == (10, 3500, 2.86, 0.9)


@pytest.mark.parametrize(
    ("utterances", "reason"),
    [
        ([said(TEN_WORDS, 3.5, 0.3)], "too little certainty"),
        ([said(TEN_WORDS, 3.0), said("", 4.0)], "no words could be recognised"),
        ([said("well yes", 8.0)], "fewer words"),
        ([said(TEN_WORDS * 4, 2.0)], "anybody can speak"),
        ([said("yes twice", 1.0, 0.2)], "too little certainty"),
    ],
)
def test_poor_recognition_is_named(utterances, reason):
    assert reason in find_problem(measure(utterances))
    assert is_poorly_recognised(utterances)


@pytest.mark.parametrize(
    "utterances",
    [
        [said("yes", 0.4)],
        [said(TEN_WORDS, 3.5, None)],
        [said(TEN_WORDS, 4.0), said("", 1.0)],
        [said("slow " * 9, 9.0)],
        [SaidUtterance(TEN_WORDS, 0, 3500, 0.1, engine="pocketsphinx")],
        [SaidUtterance("x", channel="typed")],
        [],
    ],
)
def test_short_slow_typed_and_unrated_answers_pass(utterances):
    assert not is_poorly_recognised(utterances)


@pytest.mark.parametrize(
    ("confidence", "snr_db", "is_taken"),
    [
        (0.7, 40.0, True), (0.6, 40.0, False),
        (0.7, 15.0, False), (0.85, 15.0, True),
        (0.85, 5.0, False), (0.95, -2.0, True),
        (0.7, None, True),
    ],
)  # fmt: skip
def test_the_noisier_the_line_the_surer_the_recogniser_must_be(confidence, snr_db, is_taken):
    one = SaidUtterance(TEN_WORDS, 0, 3500, confidence, snr_db=snr_db)
    assert is_poorly_recognised([one]) is not is_taken


def test_one_doubtful_stretch_among_good_ones_is_borne():
    good = [said(TEN_WORDS, 4.0, start_ms=5_000 * n) for n in range(3)]
    assert not is_poorly_recognised([*good, said(TEN_WORDS, 4.0, 0.3)])
    assert is_poorly_recognised([*good, said(TEN_WORDS, 8.0, 0.3)])


def test_noise_is_named_as_the_reason():
    noisy = SaidUtterance(TEN_WORDS, 0, 3500, 0.5, snr_db=6.0)
    assert find_problem(measure([noisy])) == "There was too much noise to be certain of the words."
    assert measure([noisy, said("x y z", 3.5)]).snr_db == 6.0


def test_confidence_is_weighted_by_length():
    assert measure([said("a b c", 9.0, 0.9), said("d", 1.0, 0.1)]).confidence == 0.82


def test_a_typed_answer_is_marked_as_such():
    assert measure([SaidUtterance("typed words", channel="typed")]).is_typed
