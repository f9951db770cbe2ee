"""Small statistics for tables: nearest-rank percentiles, rounded for people."""

from collections.abc import Sequence
from math import ceil


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def spread(values: Sequence[float]) -> dict[str, float]:
    """n, median, 95th percentile and largest, rounded to whole units."""
    if not values:
        return {"n": 0}
    return {
        "n": len(values),
        "p50": round(percentile(values, 50)),
        "p95": round(percentile(values, 95)),
        "max": round(max(values)),
    }
