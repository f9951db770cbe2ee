"""Statistics over samples, pure: spread, distribution, correlation, agreement. All are silent below ten."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from msgspec import Struct

FEWEST = 10  # below it a figure says more about persons than about interviews
LOWEST_ANCHOR, HIGHEST_ANCHOR = 1, 5


class Bin(Struct, frozen=True):
    """How many values lie from `low` up to, not including, `high`; the last bin includes it."""

    low: float
    high: float
    count: int


class Spread(Struct, frozen=True, kw_only=True):
    """Where the values of a sample lie. All but `n` is None, and `bins` empty, below ten."""

    n: int
    mean: float | None = None
    median: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    bins: tuple[Bin, ...] = ()


class Agreement(Struct, frozen=True, kw_only=True):
    """How far people and the AI chose the same anchors; 1 is always, 0 is as often as by chance."""

    n: int
    kappa: float | None = None
    same: float | None = None  # percent of equal anchors
    close: float | None = None  # percent that lie one apart at most


class Percentiles(Struct, frozen=True, kw_only=True):
    n: int
    p50: float | None = None
    p95: float | None = None


def spread_of(values: Sequence[float], edges: Sequence[float]) -> Spread:
    """`edges` are those of the bins, growing; what lies outside counts to the first or last one."""
    if len(values) < FEWEST:
        return Spread(n=len(values))
    return Spread(
        n=len(values),
        mean=round(sum(values) / len(values), 1),
        median=round(quantile(values, 0.5), 1),
        lower_quartile=round(quantile(values, 0.25), 1),
        upper_quartile=round(quantile(values, 0.75), 1),
        bins=bins_of(values, edges),
    )


def bins_of(values: Sequence[float], edges: Sequence[float]) -> tuple[Bin, ...]:
    counts = [0] * (len(edges) - 1)
    for value in values:
        place = sum(1 for edge in edges[1:-1] if value >= edge)
        counts[place] += 1
    return tuple(Bin(low, high, count) for (low, high), count in zip(pairwise(edges), counts, strict=True))


def quantile(values: Sequence[float], share: float) -> float:
    """Between the two nearest values, in proportion (type 7, as spreadsheets have it). Wants one value."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def percentiles_of(values: Sequence[float]) -> Percentiles:
    if len(values) < FEWEST:
        return Percentiles(n=len(values))
    return Percentiles(
        n=len(values), p50=round(quantile(values, 0.5), 1), p95=round(quantile(values, 0.95), 1)
    )


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's; None below ten pairs, or where one side never varies."""
    n = len(pairs)
    if n < FEWEST:
        return None
    mean_a, mean_b = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    both = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    of_a, of_b = sum((a - mean_a) ** 2 for a, _ in pairs), sum((b - mean_b) ** 2 for _, b in pairs)
    return round(both / sqrt(of_a * of_b), 2) if of_a > 0 and of_b > 0 else None


def agreement_of(pairs: Sequence[tuple[int, int]]) -> Agreement:
    """Of anchors 1 to 5, quadratically weighted (Cohen 1968): two apart weighs four times one apart."""
    n = len(pairs)
    if n < FEWEST:
        return Agreement(n=n)
    return Agreement(
        n=n,
        kappa=_weighted_kappa(pairs),
        same=round(100 * sum(a == b for a, b in pairs) / n, 1),
        close=round(100 * sum(abs(a - b) <= 1 for a, b in pairs) / n, 1),
    )


def _weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """None where everybody always chose one and the same anchor: chance alone explains that."""
    n, anchors = len(pairs), range(LOWEST_ANCHOR, HIGHEST_ANCHOR + 1)
    of_a = {anchor: sum(a == anchor for a, _ in pairs) for anchor in anchors}
    of_b = {anchor: sum(b == anchor for _, b in pairs) for anchor in anchors}
    seen = sum((a - b) ** 2 for a, b in pairs) / n
    chance = sum(of_a[a] * of_b[b] * (a - b) ** 2 for a in anchors for b in anchors) / n**2
    return round(1 - seen / chance, 2) if chance else None
