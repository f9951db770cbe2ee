"""From characters to placed glyphs that know the text they stand for, so that what is seen can be copied."""

import functools
from typing import NamedTuple

import uharfbuzz

from reports.typesetting.faces import get_face


class Glyph(NamedTuple):
    """One placed glyph; lengths in 1/1000 of the type size.

    `text` is what it stands for, "" when another glyph of its cluster carries it; `span` is how much of the
    line that text takes, so that readers see no gaps inside a word.
    """

    gid: int
    advance: float
    dx: float
    dy: float
    text: str
    span: float


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
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    scale = 1000 / face.units_per_em
    advances = [place.x_advance * scale for place in places]
    starts = [info.cluster for info in infos]
    carriers = _widest(starts, advances) if is_rtl else _first_with_width(starts, advances)
    carried = _carried(starts, carriers, text)
    nominal = [face.hb_font.get_glyph_h_advance(info.codepoint) * scale for info in infos]
    spans = nominal if is_rtl else _spans(starts, carriers, advances, nominal)
    return tuple(
        Glyph(info.codepoint, advance, place.x_offset * scale, place.y_offset * scale, what, span)
        for info, place, advance, what, span in zip(infos, places, advances, carried, spans, strict=True)
    )


def _first_with_width(starts: list[int], advances: list[float]) -> dict[int, int]:
    carriers: dict[int, int] = {}
    for index, start in enumerate(starts):
        if start not in carriers or not advances[carriers[start]]:
            carriers[start] = index
    return carriers


def _widest(starts: list[int], advances: list[float]) -> dict[int, int]:
    carriers: dict[int, int] = {}
    for index, start in enumerate(starts):
        if start not in carriers or advances[index] > advances[carriers[start]]:
            carriers[start] = index
    return carriers


def _carried(starts: list[int], carriers: dict[int, int], text: str) -> list[str]:
    """Give each cluster's characters to its carrier."""
    ordered = sorted(carriers)
    ends = dict(zip(ordered, [*ordered[1:], len(text)], strict=True))
    return [
        text[start : ends[start]] if carriers[start] == index else "" for index, start in enumerate(starts)
    ]


def _spans(
    starts: list[int], carriers: dict[int, int], advances: list[float], nominal: list[float]
) -> list[float]:
    """A glyph alone takes its own width; where several make one cluster, its carrier takes all of theirs."""
    totals = dict.fromkeys(carriers, 0.0)
    counts = dict.fromkeys(carriers, 0)
    for start, advance in zip(starts, advances, strict=True):
        totals[start] += advance
        counts[start] += 1
    clustered = [totals[start] if carriers[start] == index else 0.0 for index, start in enumerate(starts)]
    return [
        own if counts[start] == 1 else shared
        for start, own, shared in zip(starts, nominal, clustered, strict=True)
    ]
