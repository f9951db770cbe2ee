import pytest

from interviews.spoken_words import stem, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("batch", "batches"),
        ("move", "moved"),
        ("move", "moving"),
        ("copy", "copies"),
        ("stop", "stopped"),
        ("index", "indexes"),
        ("two", "2"),
        ("compare", "comparing"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("note", "not"), ("theme", "them"), ("red", "r"), ("bus", "bu")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


def test_contractions_are_opened_over_the_same_characters():
    text = "I didn't, I can’t."
    assert words(text) == ("i", "did", "not", "i", "can", "not")
    did, negation = tokens(text)[1:3]
    assert text[did.start : did.end] == text[negation.start : negation.end] == "didn't"


def test_sentences_and_contrasts_are_counted():
    said = tokens("One two. Three, but four")
    assert [token.sentence for token in said] == [0, 0, 1, 1, 1]
    assert said[-1].clause > said[2].clause


def test_a_decimal_point_ends_no_sentence():
    assert {token.sentence for token in tokens("It took 3.5 seconds")} == {0}


def test_other_scripts_are_words_too():
    assert words("Ich heiße Øyvind Čapek 東京") == ("ich", "heiße", "øyvind", "čapek", "東京")
