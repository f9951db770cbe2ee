"""Charts as SVG, drawn on the server, pure: text for people who see them and for people who hear them.

One colour and its outline, so that they read in grey; colours come from classes, since the content security
policy allows no styles in pages. Whoever draws one gives `key`, unique on its page.
"""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from msgspec import Struct

WIDTH = 420
ROW, BAR = 42, 14
HEIGHT, TOP, BOTTOM = 190, 24, 34
AXIS_ROOM = 14  # for the words below the labels
SIDE = 8
LONGEST_LABEL = 52
MOST_EDGES = 11


class Bar(Struct, frozen=True):
    """One row: `value` of at most `of`, and how it is written."""

    label: str
    value: float
    shown: str
    is_part: bool = False  # of the row before it: drawn as an outline


class Column(Struct, frozen=True):
    """One column; `part` of it is filled, all of it where it is None."""

    label: str
    value: float
    part: float | None = None


class Mark(Struct, frozen=True):
    """Where the middle half and the median lie, in columns from the left."""

    low: float
    median: float
    high: float


def bars(key: str, title: str, desc: str, rows: Sequence[Bar], *, of: float | None = None) -> SafeString:
    """Horizontal bars with their labels above and their values beside them."""
    whole = of or max((row.value for row in rows), default=0) or 1
    drawn = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><rect class="{}" x="0.5" y="{}" width="{}" height="{}"></rect>'
        '<text class="chart-value" x="{}" y="{}">{}</text>',
        (
            (
                at * ROW + 14,
                _short(row.label),
                "chart-bar is-part" if row.is_part else "chart-bar",
                at * ROW + 20.5,
                _round(room := max(1.0, row.value / whole * (WIDTH - 92))),
                BAR,
                _round(room + 8),
                at * ROW + 32,
                row.shown,
            )
            for at, row in enumerate(rows)
        ),
    )
    return _svg(key, title, desc, ROW * len(rows), drawn)


def columns(
    key: str,
    title: str,
    desc: str,
    rows: Sequence[Column],
    *,
    mark: Mark | None = None,
    ends: str = "",
    axis: str = "",
) -> SafeString:
    """Upright columns. With `ends` the labels stand between the columns, it being the last one's end.

    `axis` says below the labels what they are.
    """
    whole = max((row.value for row in rows), default=0) or 1
    wide = (WIDTH - 2 * SIDE) / max(1, len(rows))
    ground = HEIGHT - BOTTOM
    drawn = [_band(mark, wide, ground)] if mark is not None else []
    drawn += [_column(SIDE + at * wide, wide, row, whole, ground) for at, row in enumerate(rows)]
    drawn.append(
        format_html('<line class="chart-axis" x1="0" y1="{0}" x2="{1}" y2="{0}"></line>', ground + 0.5, WIDTH)
    )
    drawn += [_median(mark, wide, ground)] if mark is not None else []
    drawn.append(_labels([row.label for row in rows], ends, wide, ground))
    if axis:
        words = '<text class="chart-edge" x="{}" y="{}">{}</text>'
        drawn.append(format_html(words, WIDTH / 2, HEIGHT + AXIS_ROOM - 6, axis))
    height = HEIGHT + AXIS_ROOM if axis else HEIGHT
    return _svg(key, title, desc, height, format_html_join("", "{}", ((one,) for one in drawn)))


def _column(left: float, wide: float, row: Column, whole: float, ground: int) -> SafeString:
    full = row.value / whole * (ground - TOP)
    filled = full if row.part is None else row.part / whole * (ground - TOP)
    gap = min(4.0, wide / 8)
    shape = '<rect class="{}" x="{}" y="{}" width="{}" height="{}"></rect>'
    size = (_round(left + gap), _round(wide - 2 * gap))
    drawn = format_html(shape, "chart-bar", size[0], _round(ground - filled), size[1], _round(filled))
    if row.part is not None:
        outline = format_html(
            shape, "chart-bar is-part", size[0], _round(ground - full), size[1], _round(full)
        )
        drawn = outline + drawn
    if row.value and wide >= 18:
        drawn += format_html(
            '<text class="chart-count" x="{}" y="{}">{}</text>',
            _round(left + wide / 2),
            _round(ground - full - 5),
            f"{row.value:g}",
        )
    return drawn


def _band(mark: Mark, wide: float, ground: int) -> SafeString:
    return format_html(
        '<rect class="chart-band" x="{}" y="{}" width="{}" height="{}"></rect>',
        _round(SIDE + mark.low * wide),
        TOP - 18,
        _round(max(2.0, (mark.high - mark.low) * wide)),
        ground - TOP + 18,
    )


def _median(mark: Mark, wide: float, ground: int) -> SafeString:
    """Twice, so that it stands out from the column it crosses."""
    return format_html(
        '<line class="chart-halo" x1="{0}" y1="{1}" x2="{0}" y2="{2}"></line>'
        '<line class="chart-median" x1="{0}" y1="{1}" x2="{0}" y2="{2}"></line>',
        _round(SIDE + mark.median * wide),
        TOP - 18,
        ground,
    )


def _labels(labels: list[str], ends: str, wide: float, ground: int) -> SafeString:
    """Every so many, where there would be no room for all; on a phone, half of these."""
    shift = 0.0 if ends else 0.5
    told = [*labels, ends] if ends else labels
    every = max(1, -(-len(told) // MOST_EDGES))
    places = [(SIDE + (at + shift) * wide, label) for at, label in enumerate(told)]
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}">{}</text>',
        (
            ("chart-edge is-between" if at % 2 else "chart-edge", _round(x), ground + 18, label)
            for at, (x, label) in enumerate(places[::every])
        ),
    )


def _svg(key: str, title: str, desc: str, height: int, drawn: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {0} {1}" role="img" aria-labelledby="{2}-t {2}-d">'
        '<title id="{2}-t">{3}</title><desc id="{2}-d">{4}</desc>{5}</svg>',
        WIDTH,
        max(height, 1),
        key,
        title,
        desc,
        drawn,
    )


def told(pairs: Iterable[tuple[str, str]]) -> str:
    """A description of a chart: each label with its value."""
    return "; ".join(f"{label}: {value}" for label, value in pairs) + "."


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _round(number: float) -> str:
    return f"{number:.1f}"
