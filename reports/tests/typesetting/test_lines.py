from hypothesis import given, settings
from hypothesis import strategies as st

from reports import sample_words
from reports.typesetting.lines import Line, Span, TextStyle, set_balanced, set_lines, text_width

STYLE = TextStyle("serif", 10, 15, (0, 0, 0))


def words(lines: list[Line]) -> list[str]:
    return ["".join(glyph.text for run in line.runs for glyph in run.glyphs) for line in lines]


def test_text_is_broken_between_words_and_nothing_is_lost() -> None:
    text = "We moved the data in small batches so nobody lost any orders"
    assert " ".join(words(set_lines([Span(text, STYLE)], 90))) == text


def test_no_line_is_wider_than_its_column() -> None:
    for text in (*sample_words.SPOKEN_IN_SCRIPTS, *sample_words.HOSTILE, *sample_words.ANSWERS):
        assert all(line.width <= 120 for line in set_lines([Span(text, STYLE)], 120))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_fits_its_column(text: str) -> None:
    assert all(line.width <= 60.01 for line in set_lines([Span(text, STYLE)], 60))


def test_a_word_longer_than_a_line_is_broken() -> None:
    lines = set_lines([Span("W" * 100, STYLE)], 100)
    assert len(lines) > 5
    assert "".join(words(lines)) == "W" * 100


def test_scripts_without_spaces_break_between_characters_but_not_before_a_full_stop() -> None:
    lines = set_lines([Span("我们把数据分成小批迁移，这样没有人丢失订单。" * 3, STYLE)], 61)
    assert len(lines) > 3
    assert not [line for line in words(lines) if line[0] in "，。"]


def test_line_breaks_of_the_writer_are_kept() -> None:
    assert words(set_lines([Span("one\ntwo", STYLE)], 300)) == ["one", "two"]


def test_right_to_left_text_belongs_to_the_right_and_keeps_its_numbers() -> None:
    (line,) = set_lines([Span("نحو 500 صف", STYLE)], 300)
    assert line.is_rtl
    assert "500" in words([line])[0]


def test_a_name_beside_a_time_does_not_turn_it_around() -> None:
    (line,) = set_lines([Span("03:12  ", STYLE), Span("محمد", STYLE), Span("  5 of 5", STYLE)], 300)
    assert not line.is_rtl
    drawn = words([line])[0]
    assert drawn.startswith("03:12")
    assert drawn.endswith("5 of 5")


def test_neighbouring_right_to_left_names_keep_their_places() -> None:
    (line,) = set_lines([Span("דנה", STYLE), Span(" ", STYLE), Span("נועה", STYLE)], 300)
    assert words([line])[0] == "הנד העונ"


def test_a_balanced_heading_has_as_many_lines_of_about_equal_length() -> None:
    spans = [Span("Tell me about a time you disagreed with a decision and what you did.", STYLE)]
    width = text_width(spans[0].text, STYLE) * 0.95
    plain, balanced = set_lines(spans, width), set_balanced(spans, width)
    assert len(plain) == len(balanced) == 2
    assert min(line.width for line in balanced) > 2 * min(line.width for line in plain)


def test_no_text_gives_no_line() -> None:
    assert set_lines([Span("", STYLE), Span("\x00", STYLE)], 100) == []
