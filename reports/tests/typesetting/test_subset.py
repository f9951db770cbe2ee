import pytest
import uharfbuzz

from reports.typesetting.faces import get_face
from reports.typesetting.shaping import shape
from reports.typesetting.subset import subset_font, with_components


def outline(font: uharfbuzz.Font, gid: int) -> object:
    drawn: list[object] = []
    funcs = uharfbuzz.DrawFuncs()
    funcs.set_move_to_func(lambda *args: drawn.append(("move", args[:2])))
    funcs.set_line_to_func(lambda *args: drawn.append(("line", args[:2])))
    funcs.set_quadratic_to_func(lambda *args: drawn.append(("curve", args[:4])))
    font.draw_glyph(gid, funcs)
    return drawn


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Inter-Regular", "Zoë Łukasz ễ"),
        ("NotoSansDevanagari-SemiBold", "क्षत्रिय"),
        ("DroidSansFallback", "张伟김민준さ"),
        ("NotoSansThai-Regular", "ที่นี่"),
    ],
)
def test_glyphs_of_the_subset_have_the_outlines_and_widths_of_the_whole_font(name: str, text: str) -> None:
    face = get_face(name)
    gids = with_components(face, [0, *(glyph.gid for glyph in shape(name, text, False, False))])
    small = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(subset_font(face, gids))))
    for index, gid in enumerate(gids):
        assert outline(small, index) == outline(face.hb_font, gid)
        assert small.get_glyph_h_advance(index) == face.hb_font.get_glyph_h_advance(gid)


def test_accented_letters_bring_the_parts_they_are_made_of() -> None:
    face = get_face("NotoSansThai-Regular")
    composite = [gid for gid in range(face.hb_face.glyph_count) if len(with_components(face, [gid])) > 1]
    assert composite
    assert len(with_components(face, composite)) > len(composite)


def test_a_few_glyphs_of_a_large_font_stay_small() -> None:
    assert len(subset_font(get_face("DroidSansFallback"), range(40))) < 20_000
