from datetime import UTC, date, datetime

import pytest

from reports import wording


@pytest.mark.parametrize(
    ("at_ms", "said"), [(0, "00:00"), (192_400, "03:12"), (3_600_000, "1:00:00"), (-5, "00:00")]
)
def test_positions_read_as_a_clock(at_ms: int, said: str) -> None:
    assert wording.clock(at_ms) == said


@pytest.mark.parametrize(
    ("ms", "said"),
    [(0, "0 s"), (45_000, "45 s"), (130_000, "2 min 10 s"), (1_860_000, "31 min"), (120_000, "2 min")],
)
def test_durations_are_no_more_exact_than_useful(ms: int, said: str) -> None:
    assert wording.length(ms) == said


def test_dates_are_written_out() -> None:
    assert wording.day(date(2026, 3, 1)) == "1 March 2026"
    assert wording.moment(datetime(2026, 11, 21, 9, 5, tzinfo=UTC)) == "21 November 2026, 09:05 UTC"


@pytest.mark.parametrize("unknown", [None, float("nan"), float("inf")])
def test_what_is_unknown_is_not_judged_rather_than_zero(unknown: float | None) -> None:
    assert {wording.points(unknown), wording.mean(unknown), wording.rating(unknown)} == {"not judged"}


def test_numbers_have_the_decimals_they_earned() -> None:
    assert (wording.points(69.5), wording.mean(3.0), wording.rating(4.0), wording.rating(3.5)) == (
        "70",
        "3.0",
        "4",
        "3.5",
    )
