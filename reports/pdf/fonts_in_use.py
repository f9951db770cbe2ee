"""The fonts of one document: the glyphs it uses, numbered in order of use, and the text each stands for."""

from reports.typesetting.faces import get_face
from reports.typesetting.shaping import Glyph
from reports.typesetting.subset import subset_font, with_components


class FontInUse:
    """One face in one document. A character id is a (glyph, text) pair, so copied ligatures stay letters."""

    def __init__(self, face_name: str, resource: str) -> None:
        self.face = get_face(face_name)
        self.resource = resource
        self._cids: dict[tuple[int, str], int] = {(0, ""): 0}
        self._widths = [0]

    def cid(self, glyph: Glyph) -> int:
        """This will number the glyph, the same each time it stands for the same text."""
        key = (glyph.gid, glyph.text)
        cid = self._cids.get(key)
        if cid is None:
            cid = self._cids[key] = len(self._cids)
            self._widths.append(round(glyph.span))
        return cid

    def width(self, cid: int) -> int:
        """The width the PDF declares for a character id, in thousandths."""
        return self._widths[cid]

    @property
    def widths(self) -> list[int]:
        return self._widths

    @property
    def texts(self) -> list[str]:
        """What each character id stands for, by id."""
        return [text for _, text in self._cids]

    def file(self) -> bytes:
        """This will write the subset: glyph i is character id i, components follow."""
        used = [gid for gid, _ in self._cids]
        components = with_components(self.face, used)[len(set(used)) :]
        return subset_font(self.face, [*used, *components])

    def metric(self, name: str) -> int:
        """This will give a font-wide metric of HarfBuzz's extents in thousandths."""
        extents = self.face.hb_font.get_font_extents("ltr")
        return round(float(getattr(extents, name)) * 1000 / self.face.units_per_em)


class FontBook:
    """All fonts of one document, in order of first use."""

    def __init__(self) -> None:
        self.fonts: dict[str, FontInUse] = {}

    def font(self, face_name: str) -> FontInUse:
        """This will find the face's font, or start one."""
        if face_name not in self.fonts:
            self.fonts[face_name] = FontInUse(face_name, f"F{len(self.fonts) + 1}")
        return self.fonts[face_name]
