"""Breaking text into lines of a width: words, long words, scripts without spaces, both directions."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reports.typesetting.bidi import levels, visual_order
from reports.typesetting.clean import printable
from reports.typesetting.faces import Family, by_face, clusters
from reports.typesetting.shaping import Glyph, shape

Ink = tuple[float, float, float]


_LONGEST_HEADING = 4
"""Lines up to which balancing is worth its time."""


class TextStyle(NamedTuple):
    """How a stretch of text looks; `size` and `leading` in points, `is_tabular` for numbers that line up."""

    family: Family
    size: float
    leading: float
    ink: Ink
    is_tabular: bool = False


class Span(NamedTuple):
    """A stretch of text in one style. Spans are isolated: none turns its neighbours around."""

    text: str
    style: TextStyle


class Run(NamedTuple):
    """Glyphs of one face and style, in drawing order; `width` in points."""

    face: str
    style: TextStyle
    glyphs: tuple[Glyph, ...]
    width: float
    level: int


class Line(NamedTuple):
    """One set line: its runs from left to right, and whether it belongs to the right margin."""

    runs: tuple[Run, ...]
    width: float
    leading: float
    size: float
    is_rtl: bool


class _Token(NamedTuple):
    text: str
    style: TextStyle
    runs: tuple[Run, ...]
    width: float
    is_space: bool
    levels: tuple[int, ...]
    span: int


_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "「『（〔［｛〈《【〖“‘("
_CLOSING = "、。，．：；！？」』）〕］｝〉》】〗”’)ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…,.!?:;"
_TOKENS = re.compile(
    rf"\n|[^\S\n\u00a0\u202f]+"
    rf"|[{_OPENING}]*[{_CJK}][{re.escape(_CLOSING)}]*"
    rf"|(?:(?![{_CJK}])[^\s\-–—/]|[\u00a0\u202f])*[\-–—/]+"
    rf"|(?:(?![{_CJK}])[^\s\-–—/]|[\u00a0\u202f])+"
)


def set_lines(spans: Iterable[Span], width: float) -> list[Line]:
    """This will set `spans` as lines no wider than `width` points; a word that is longer is broken."""
    spans = [Span(printable(span.text), span.style) for span in spans]
    filled = [span for span in spans if span.text]
    if not filled:
        return []
    is_rtl = len(filled) == 1 and levels(filled[0].text)[0] == 1
    lines = _broken(_fitting(_tokens(filled), width), width)
    return [_line(tokens, filled[0].style, is_rtl) for tokens in lines]


def set_balanced(spans: Iterable[Span], width: float) -> list[Line]:
    """This will set a heading in as few lines as fit, of about equal length: no word is left alone."""
    spans = list(spans)
    lines = set_lines(spans, width)
    if not 1 < len(lines) <= _LONGEST_HEADING:
        return lines
    longest = max(token.width for token in _tokens(spans))
    narrow, wide = min(max(width / 2, longest), width), width  # no word is broken for the sake of balance
    for _ in range(6):
        middle = (narrow + wide) / 2
        if len(set_lines(spans, middle)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return set_lines(spans, wide)


def text_width(text: str, style: TextStyle) -> float:
    """This will measure `text` set on one line, in points."""
    return sum(token.width for token in _tokens([Span(printable(text), style)]))


def _tokens(spans: Sequence[Span]) -> Iterator[_Token]:
    for index, (text, style) in enumerate(spans):
        per_char = _isolated(text)
        for match in _TOKENS.finditer(text):
            yield _token(match.group(), style, per_char[match.start() : match.end()], index)


def _isolated(text: str) -> tuple[int, ...]:
    """One level per character; spaces at either end belong to what stands around the span."""
    _, found = levels(text)
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return (*(0,) * start, *found[start:end], *(0,) * (len(text) - end))


def _token(text: str, style: TextStyle, token_levels: tuple[int, ...], span: int) -> _Token:
    if text == "\n":
        return _Token(text, style, (), 0, True, token_levels, span)
    runs = _runs(text, style, token_levels)
    return _Token(text, style, runs, sum(run.width for run in runs), text.isspace(), token_levels, span)


@functools.lru_cache(maxsize=16384)
def _runs(text: str, style: TextStyle, token_levels: tuple[int, ...]) -> tuple[Run, ...]:
    runs = []
    for level, stretch in _by_level(text, token_levels):
        for face, part in by_face(style.family, stretch):
            glyphs = shape(face, part, level % 2 == 1, style.is_tabular)
            width = sum(glyph.advance for glyph in glyphs) * style.size / 1000
            runs.append(Run(face, style, glyphs, width, level))
    return tuple(runs)


def _by_level(text: str, token_levels: tuple[int, ...]) -> list[tuple[int, str]]:
    if len(set(token_levels)) == 1:
        return [(token_levels[0], text)]
    stretches: list[tuple[int, str]] = []
    for char, level in zip(text, token_levels, strict=True):
        if stretches and stretches[-1][0] == level:
            stretches[-1] = (level, stretches[-1][1] + char)
        else:
            stretches.append((level, char))
    return stretches


def _fitting(tokens: Iterable[_Token], width: float) -> Iterator[_Token]:
    """Break every word that is wider than a line at its last cluster that fits."""
    for token in tokens:
        if token.width <= width or token.is_space:
            yield token
        else:
            yield from _pieces(token, width)


def _pieces(token: _Token, width: float) -> Iterator[_Token]:
    start = taken = 0
    used = 0.0
    for cluster in clusters(token.text):
        end = taken + len(cluster)
        advance = sum(run.width for run in _runs(cluster, token.style, token.levels[taken:end]))
        # Joined letters may be a little wider together than apart, so a long word fills only most of a line.
        if used + advance > width * 0.96 and taken > start:
            yield _token(token.text[start:taken], token.style, token.levels[start:taken], token.span)
            start, used = taken, 0.0
        taken, used = end, used + advance
    yield _token(token.text[start:], token.style, token.levels[start:], token.span)


def _broken(tokens: Iterable[_Token], width: float) -> Iterator[list[_Token]]:
    line: list[_Token] = []
    used = 0.0
    for token in tokens:
        if token.text == "\n":
            yield line
            line, used = [], 0.0
        elif token.is_space and not line:
            continue
        elif used + token.width > width and line and not token.is_space:
            yield line
            line, used = [token], token.width
        else:
            line.append(token)
            used += token.width
    yield line


def _line(tokens: list[_Token], default: TextStyle, is_rtl: bool) -> Line:
    while tokens and tokens[-1].is_space:
        tokens = tokens[:-1]
    ordered = [run for span in _by_span(tokens) for run in visual_order(span)]
    runs = _merged(ordered)
    style = max((run.style for run in runs), key=lambda style: style.leading, default=default)
    return Line(tuple(runs), sum(run.width for run in runs), style.leading, style.size, is_rtl)


def _by_span(tokens: list[_Token]) -> list[list[Run]]:
    spans = [list(group) for _, group in itertools.groupby(tokens, key=lambda token: token.span)]
    return [[run for token in span for run in token.runs] for span in spans]


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.face == run.face and last.style == run.style:
            merged[-1] = Run(run.face, run.style, last.glyphs + run.glyphs, last.width + run.width, run.level)
        else:
            merged.append(run)
    return merged
