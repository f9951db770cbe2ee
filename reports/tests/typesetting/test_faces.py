import struct

import pytest

from reports import sample_words
from reports.typesetting.faces import CHAINS, FONTS, by_face, clusters, face_for, get_face


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_every_shipped_font_has_truetype_outlines_and_is_used(path: object) -> None:
    name = getattr(path, "stem", "")
    assert struct.unpack(">I", get_face(name).table("head")[12:16])[0] == 0x5F0F3CF5
    assert get_face(name).table("glyf")
    assert any(name in chain for chain in CHAINS.values())


def test_every_font_has_its_licence_beside_it() -> None:
    assert {path.name for path in (FONTS / "licences").iterdir()} == {
        "Apache-2.0-droid-sans-fallback.txt",
        "OFL-inter.txt",
        "OFL-noto-emoji.txt",
        "OFL-noto-sans-arabic.txt",
        "OFL-noto-sans-devanagari.txt",
        "OFL-noto-sans-hebrew.txt",
        "OFL-noto-sans-other-scripts.txt",
        "OFL-source-serif-4.txt",
    }
    assert sum(path.stat().st_size for path in FONTS.rglob("*") if path.is_file()) < 10_000_000


@pytest.mark.parametrize("family", CHAINS)
@pytest.mark.parametrize("name", [name for name, _ in sample_words.NAMES])
def test_names_from_everywhere_have_glyphs_in_every_family(family: str, name: str) -> None:
    for face, text in by_face(family, name):
        assert get_face(face).covers(text)


def test_a_word_in_one_script_is_set_in_one_face() -> None:
    assert [face for face, _ in by_face("serif", "Ἀθηνᾶ")] == ["Inter-Regular"]
    assert [face for face, _ in by_face("serif", "Athena")] == ["SourceSerif4-Regular"]


def test_marks_stay_with_their_letter() -> None:
    assert clusters("e\u0301a") == ["e\u0301", "a"]
    assert clusters("👩\u200d💻!") == ["👩\u200d💻", "!"]


def test_what_no_face_has_stays_with_the_first_face_to_show_its_box() -> None:
    assert face_for("sans", "\U00013000") == "Inter-Regular"
