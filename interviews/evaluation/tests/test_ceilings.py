"""Whatever is proposed, only what the evidence carries comes out."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.evaluation.ceilings import Carried, Proposed, clamp
from interviews.evaluation.lexical import anchor_for

FIGURES = st.floats(allow_nan=True, allow_infinity=True)
ANY_PROPOSED = st.builds(Proposed, FIGURES, FIGURES, FIGURES, st.floats(-1e6, 1e6) | st.just(math.nan))
ANY_CARRIED = st.builds(
    Carried,
    share=st.floats(0, 1),
    word_count=st.integers(0, 500),
    clarity=st.integers(0, 100),
    addresses_judge=st.booleans(),
)
MOST = Proposed(1e9, 1e9, 1e9, 1e9)


@given(ANY_PROPOSED, ANY_CARRIED)
def test_nothing_leaves_its_range(proposed: Proposed, carried: Carried) -> None:
    clamped = clamp(proposed, carried)
    for score in (clamped.accuracy, clamped.clarity, clamped.depth):
        assert 0 <= score <= 100
    assert clamped.anchor in {1, 2, 3, 4, 5}
    assert clamped.anchor <= anchor_for(carried.share) + 1
    assert abs(clamped.clarity - carried.clarity) <= 15


@given(ANY_PROPOSED, ANY_CARRIED)
def test_nobody_gets_more_than_who_asks_for_the_most(proposed: Proposed, carried: Carried) -> None:
    clamped, most = clamp(proposed, carried), clamp(MOST, carried)
    assert clamped.accuracy <= most.accuracy
    assert clamped.depth <= most.depth
    assert clamped.anchor <= most.anchor


@given(ANY_CARRIED)
def test_who_speaks_to_the_judge_gets_no_more_than_the_points_show(carried: Carried) -> None:
    told = Carried(carried.share, carried.word_count, carried.clarity, addresses_judge=True)
    clamped = clamp(MOST, told)
    assert max(clamped.accuracy, clamped.depth) <= round(100 * carried.share)
    assert clamped.anchor <= anchor_for(carried.share)


@pytest.mark.parametrize(
    ("share", "word_count", "accuracy", "depth", "anchor"),
    [
        (0.0, 200, 20, 10, 1),
        (0.2, 200, 58, 34, 3),
        (0.25, 200, 65, 40, 3),
        (0.5, 200, 100, 70, 4),
        (0.75, 200, 100, 100, 5),
        (1.0, 200, 100, 100, 5),
        (1.0, 30, 100, 70, 5),
        (1.0, 15, 80, 40, 4),
        (1.0, 5, 60, 40, 3),
    ],
)
def test_the_tables_of_the_decision(
    share: float, word_count: int, accuracy: float, depth: float, anchor: int
) -> None:
    clamped = clamp(MOST, Carried(share, word_count, clarity=70))
    assert (clamped.accuracy, clamped.depth, clamped.anchor) == (accuracy, depth, anchor)
    assert clamped.clarity == 85


def test_the_highest_anchor_takes_a_clear_structure_too() -> None:
    assert clamp(MOST, Carried(1.0, 200, clarity=59)).anchor == 4
