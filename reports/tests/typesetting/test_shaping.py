import pytest

from reports.typesetting.shaping import shape


def carried(face: str, text: str, *, is_rtl: bool = False) -> list[str]:
    return [glyph.text for glyph in shape(face, text, is_rtl, False)]


@pytest.mark.parametrize(
    ("face", "text", "is_rtl"),
    [
        ("Inter-Regular", "office AV", False),
        ("SourceSerif4-Regular", "office fi fl", False),
        ("NotoSansArabic-Regular", "الأمين", True),
        ("NotoSansHebrew-Regular", "דוד", True),
        ("NotoSansDevanagari-Regular", "क्षत्रिय", False),
        ("NotoSansThai-Regular", "ที่นี่", False),
    ],
)
def test_every_character_is_carried_by_exactly_one_glyph(face: str, text: str, is_rtl: bool) -> None:
    stretches = carried(face, text, is_rtl=is_rtl)
    assert "".join(reversed(stretches) if is_rtl else stretches) == text


def test_arabic_letters_are_joined() -> None:
    joined = shape("NotoSansArabic-Regular", "بب", True, False)
    apart = shape("NotoSansArabic-Regular", "ب", True, False) * 2
    assert sum(glyph.advance for glyph in joined) != sum(glyph.advance for glyph in apart)


def test_tabular_figures_are_equally_wide() -> None:
    widths = {glyph.advance for glyph in shape("Inter-Regular", "0123456789", False, True)}
    assert len(widths) == 1
    assert len({glyph.advance for glyph in shape("Inter-Regular", "0123456789", False, False)}) > 1


def test_a_clusters_text_takes_all_of_its_glyphs_so_that_no_gap_splits_a_word() -> None:
    glyphs = shape("NotoSansDevanagari-Regular", "हि", False, False)
    assert len(glyphs) == 2
    assert max(glyph.span for glyph in glyphs) == pytest.approx(sum(glyph.advance for glyph in glyphs))
