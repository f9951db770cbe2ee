"""Statistics against values worked out by hand or known from the literature."""

import pytest

from interviews.dashboard.spread import (
    agreement_of,
    bins_of,
    correlation,
    percentiles_of,
    quantile,
    spread_of,
)

TEN = [10.0, 20, 30, 40, 50, 60, 70, 80, 90, 100]


def test_quantiles_are_those_of_spreadsheets() -> None:
    assert quantile([1, 2, 3, 4], 0.25) == 1.75
    assert quantile([7], 0.95) == 7


def test_a_spread_says_where_values_lie() -> None:
    found = spread_of(TEN, (0, 50, 100))
    assert (found.n, found.mean, found.median) == (10, 55.0, 55.0)
    assert (found.lower_quartile, found.upper_quartile) == (32.5, 77.5)
    assert [one.count for one in found.bins] == [4, 6]  # 100 lies in the last bin


def test_everything_is_silent_below_ten() -> None:
    nine = TEN[:9]
    assert spread_of(nine, (0, 100)).mean is None
    assert spread_of(nine, (0, 100)).bins == ()
    assert percentiles_of(nine).p95 is None
    assert correlation([(1.0, 2.0)] * 9) is None
    assert agreement_of([(1, 1)] * 9).kappa is None


def test_what_lies_outside_counts_at_the_edge() -> None:
    assert [one.count for one in bins_of([-1, 0, 5, 99], (0, 5, 10))] == [2, 2]


def test_correlation() -> None:
    line = [(float(x), 2.0 * x) for x in range(10)]
    assert correlation(line) == 1.0
    assert correlation([(x, -y) for x, y in line]) == -1.0
    assert correlation([(1.0, y) for _, y in line]) is None


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(anchor, anchor) for anchor in (1, 2, 3, 4, 5) * 2], 1.0),
        ([(1, 5), (5, 1)] * 5, -1.0),
        ([(a, b) for a in (1, 5) for b in (1, 5)] * 3, 0.0),
        # By hand: seen 7/10; by the margins (2: 5, 4: 5 and 2: 4, 3: 3, 4: 3) chance gives 170/100.
        ([(2, 2)] * 3 + [(2, 3)] * 2 + [(4, 2), (4, 4), (4, 4), (4, 4), (4, 3)], 0.59),
        ([(3, 3)] * 10, None),
    ],
)
def test_weighted_kappa(pairs: list[tuple[int, int]], kappa: float | None) -> None:
    assert agreement_of(pairs).kappa == kappa


def test_agreement_beside_kappa() -> None:
    found = agreement_of([(3, 3)] * 5 + [(3, 4)] * 3 + [(1, 5)] * 2)
    assert (found.same, found.close) == (50.0, 80.0)
