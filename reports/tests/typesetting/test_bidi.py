from typing import NamedTuple

import pytest

from reports.typesetting.bidi import levels, visual_order


class Run(NamedTuple):
    name: str
    level: int


def order(*runs: tuple[str, int]) -> str:
    return "".join(run.name for run in visual_order([Run(*run) for run in runs]))


def test_left_to_right_text_stays_as_it_is() -> None:
    assert levels("Zoë 12 (x)") == (0, bytes(10))


def test_the_first_strong_letter_decides_the_direction() -> None:
    assert levels("שלום Dana")[0] == 1
    assert levels("Dana שלום")[0] == 0


def test_numbers_read_left_to_right_inside_arabic() -> None:
    base, found = levels("نحو 500 صف")
    assert base == 1
    assert list(found[4:7]) == [2, 2, 2]
    assert set(found[:3]) == {1}


@pytest.mark.parametrize(
    ("runs", "drawn"),
    [
        ((("a", 0), ("b", 0)), "ab"),
        ((("A", 1), ("B", 1)), "BA"),
        ((("A", 1), ("1", 2), ("B", 1)), "B1A"),
        ((("x", 0), ("A", 1), ("1", 2), ("2", 2), ("B", 1), ("y", 0)), "xB12Ay"),
    ],
)
def test_runs_are_drawn_in_the_order_of_rule_l2(runs: tuple[tuple[str, int], ...], drawn: str) -> None:
    assert order(*runs) == drawn
