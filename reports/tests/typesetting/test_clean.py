import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting.clean import MAX_MARKS, one_line, printable, shortened


def test_control_characters_overrides_and_surrogates_go() -> None:
    assert printable("a\x00b\x07c\u202ed\u2066e\ud800f\u200bg\ufeff") == "abcdefg"


def test_line_breaks_of_every_kind_stay_breaks() -> None:
    assert printable("a\r\nb\rc\u2028d\x85e\tf") == "a\nb\nc\nd\ne f"


def test_joiners_that_spell_words_stay() -> None:
    assert printable("می\u200cخواهم") == "می\u200cخواهم"


def test_piles_of_marks_are_cut() -> None:
    assert len(printable("x" + "\u0302" * 50)) == 1 + MAX_MARKS


@given(st.text(st.characters(codec=None), max_size=60))
def test_whatever_comes_can_be_written_and_is_clean_at_once(text: str) -> None:
    cleaned = printable(text)
    cleaned.encode("utf-8")
    assert printable(cleaned) == cleaned
    assert not [char for char in cleaned if unicodedata.category(char) in {"Cc", "Cs"} and char != "\n"]


def test_names_become_one_line() -> None:
    assert one_line(" Zoë\n  Łukasz\x00 ") == "Zoë Łukasz"


def test_shortening_ends_at_a_word() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("W" * 40, 10) == "W" * 9 + "…"
    assert shortened("short", 10) == "short"
