"""Which face prints which character: the shipped fonts, and the order in which they are asked."""

import functools
import pathlib
import unicodedata
from typing import Literal

import uharfbuzz

from reports.typesetting.clean import JOINERS

FONTS = pathlib.Path(__file__).resolve().parent.parent / "fonts"

Family = Literal["sans", "sans-bold", "serif", "serif-bold"]

_SCRIPTS_WITH_WEIGHTS = ("NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari")
_OTHER_SCRIPTS = (
    "DroidSansFallback",
    "NotoSansThai-Regular",
    "NotoSansBengali-Regular",
    "NotoSansTamil-Regular",
    "NotoSansTelugu-Regular",
    "NotoSansGujarati-Regular",
    "NotoSansGurmukhi-Regular",
    "NotoSansKannada-Regular",
    "NotoSansMalayalam-Regular",
    "NotoSansSinhala-Regular",
    "NotoSansArmenian-Regular",
    "NotoSansGeorgian-Regular",
    "NotoSansEthiopic-Regular",
    "NotoSansKhmer-Regular",
    "NotoSansLao-Regular",
    "NotoSansMyanmar-Regular",
    "NotoEmoji-Regular",
)


def _fallbacks(weight: str) -> tuple[str, ...]:
    return tuple(f"{script}-{weight}" for script in _SCRIPTS_WITH_WEIGHTS) + _OTHER_SCRIPTS


CHAINS: dict[Family, tuple[str, ...]] = {
    "sans": ("Inter-Regular", *_fallbacks("Regular")),
    "sans-bold": ("Inter-SemiBold", *_fallbacks("SemiBold")),
    "serif": ("SourceSerif4-Regular", "Inter-Regular", *_fallbacks("Regular")),
    "serif-bold": ("SourceSerif4-SemiBold", "Inter-SemiBold", *_fallbacks("SemiBold")),
}


class Face:
    """One font file: what it covers, its HarfBuzz font, and its raw tables for embedding."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._blob = uharfbuzz.Blob.from_file_path(str(FONTS / f"{name}.ttf"))
        self.hb_face = uharfbuzz.Face(self._blob)
        self.hb_font = uharfbuzz.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        self.characters = frozenset(self.hb_face.unicodes)

    def table(self, tag: str) -> bytes:
        """This will give the raw bytes of one table; empty when the font has none."""
        return bytes(self.hb_face.reference_table(tag).data)

    def covers(self, cluster: str) -> bool:
        """This will tell whether every visible character of `cluster` has a glyph here."""
        return all(ord(char) in self.characters or is_ignorable(char) for char in cluster)


@functools.lru_cache(maxsize=64)
def get_face(name: str) -> Face:
    """This will load a shipped font by its file's stem, once per process."""
    return Face(name)


def is_ignorable(char: str) -> bool:
    """Joiners and variation selectors: no glyph of their own is needed to print them."""
    return char in JOINERS or "\ufe00" <= char <= "\ufe0f"


def clusters(text: str) -> list[str]:
    """This will split `text` into base characters with the marks and joiners that belong to them."""
    found: list[str] = []
    for char in text:
        follows = is_ignorable(char) or unicodedata.category(char).startswith("M")
        if found and (follows or found[-1].endswith("\u200d")):
            found[-1] += char
        else:
            found.append(char)
    return found


@functools.lru_cache(maxsize=4096)
def face_for(family: Family, cluster: str) -> str:
    """This will name the first face of the family that has all of `cluster`, else its first character.

    A character that no face has stays with the family's own face, whose "missing" box is visible.
    """
    chain = CHAINS[family]
    for wanted in (cluster, cluster[0]):
        for name in chain:
            if get_face(name).covers(wanted):
                return name
    return chain[0]


def by_face(family: Family, text: str) -> list[tuple[str, str]]:
    """This will split `text` into (face name, stretch) in logical order."""
    for name in CHAINS[family][:2]:  # a word all in one face looks better than one letter in the first
        if get_face(name).covers(text):
            return [(name, text)]
    stretches: list[tuple[str, str]] = []
    for cluster in clusters(text):
        name = face_for(family, cluster)
        if stretches and stretches[-1][0] == name:
            stretches[-1] = (name, stretches[-1][1] + cluster)
        else:
            stretches.append((name, cluster))
    return stretches
