"""From characters to placed glyphs that know the text they stand for, so that what is seen can be copied."""

import functools
from typing import NamedTuple

import uharfbuzz

from reports.typesetting.faces import get_face


class Glyph(NamedTuple):
    """One placed glyph; lengths in 1/1000 of the type size. `text` is "" when an earlier glyph carries it."""

    gid: int
    advance: float
    dx: float
    dy: float
    text: str


@functools.lru_cache(maxsize=16384)
def shape(face_name: str, text: str, is_rtl: bool, is_tabular: bool) -> tuple[Glyph, ...]:
    """This will give the glyphs of a stretch of one face and direction, in drawing order, left to right."""
    face = get_face(face_name)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if is_rtl else "ltr"
    uharfbuzz.shape(face.hb_font, buffer, {"tnum": True} if is_tabular else {})
    scale = 1000 / face.units_per_em
    starts = [info.cluster for info in buffer.glyph_infos]
    texts = _texts(starts, [place.x_advance for place in buffer.glyph_positions], text)
    return tuple(
        Glyph(
            info.codepoint, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale, carried
        )
        for info, place, carried in zip(buffer.glyph_infos, buffer.glyph_positions, texts, strict=True)
    )


def _texts(starts: list[int], advances: list[int], text: str) -> list[str]:
    """Give each cluster's characters to its widest glyph: the letter rather than its dots and marks."""
    ordered = sorted(set(starts))
    ends = dict(zip(ordered, [*ordered[1:], len(text)], strict=True))
    carriers: dict[int, int] = {}
    for index, start in enumerate(starts):
        if start not in carriers or advances[index] > advances[carriers[start]]:
            carriers[start] = index
    return [
        text[start : ends[start]] if carriers[start] == index else "" for index, start in enumerate(starts)
    ]
