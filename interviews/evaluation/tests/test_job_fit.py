"""The Job Fit Score: only over what was assessed, matched by the competencies' names."""

from typing import Any

import pytest
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.evaluation import AnswerEvaluation, AnswerFacts, evaluate_answer
from interviews.evaluation.job_fit import WantedCompetency, closest, judge_job_fit, wanted_competencies

BLANK = evaluate_answer(AnswerFacts(get_question("backend-index"), is_skipped=True))


def answer(competency: str, anchor: int | None) -> AnswerEvaluation:
    return replace(BLANK, competency=competency, anchor=anchor)


def test_the_score_is_the_mean_anchor_by_weight() -> None:
    wanted = (WantedCompetency("Data and storage", 3), WantedCompetency("Working with others", 1))
    fit = judge_job_fit(
        wanted,
        [answer("Data and storage", 5), answer("Data and storage", 4), answer("Working with others", 1)],
    )
    assert fit is not None
    assert [(one.anchor, one.n) for one in fit.competencies] == [(4.5, 2), (1.0, 1)]
    assert fit.score == round((3 * 87.5 + 1 * 0) / 4, 1)
    assert (fit.assessed_weight, fit.total_weight) == (4, 4)


def test_what_no_answer_spoke_to_lowers_nothing() -> None:
    wanted = (WantedCompetency("Design", 2), WantedCompetency("Security", 5))
    fit = judge_job_fit(wanted, [answer("Design", 5), answer("Security", None), answer("Cooking", 1)])
    assert fit is not None
    assert (fit.score, fit.assessed_weight, fit.total_weight) == (100.0, 2, 7)
    nothing = judge_job_fit(wanted, [answer("Cooking", 5)])
    assert nothing is not None
    assert (nothing.score, nothing.assessed_weight) == (None, 0)


def test_a_job_without_competencies_has_no_fit() -> None:
    assert judge_job_fit((), [answer("Design", 5)]) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Working with others", "Working with others"),
        ("working with OTHERS", "Working with others"),
        ("Programming", "Programs"),
        ("Storage of data", "Data and storage"),
        ("Gardening", None),
        ("", None),
        ("数据", "数据"),
    ],
)
def test_names_are_matched_by_their_words(name: str, found: str | None) -> None:
    assert closest(name, ["Working with others", "Programs", "Data and storage", "数据"]) == found


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([{"name": "A", "weight": 3}, {"name": " B "}], [("A", 3), ("B", 1)]),
        ([{"name": "A", "weight": 99}, {"name": "B", "weight": -1}], [("A", 5), ("B", 1)]),
        ([{"name": "A", "weight": "3"}, {"name": ""}, {"weight": 2}, "C", None], [("A", 1)]),
        ([{"name": "A", "weight": 2}, {"name": "a", "weight": 5}], [("A", 2)]),
        (
            [{"name": "A", "weight": float("nan")}, {"name": "B", "weight": float("inf")}],
            [("A", 1), ("B", 5)],
        ),
        ("text", []),
        (None, []),
        ({"name": "A"}, []),
    ],
)
def test_rows_that_can_not_be_read_are_left_out(rows: Any, wanted: list[tuple[str, int]]) -> None:
    assert [(one.name, one.weight) for one in wanted_competencies(rows)] == wanted
