"""What an evaluation comes to with what people set: averages anew, the program's own untouched."""

from msgspec.structs import replace

from interviews.evaluation import AnswerEvaluation, summarise
from interviews.evaluation.job_fit import WantedCompetency, judge_job_fit
from interviews.evaluation.overrides import as_overridden
from interviews.evaluation.results import SessionEvaluation


def answer(
    competency: str, score: float | None, anchor: int | None, *, is_core: bool = True
) -> AnswerEvaluation:
    return AnswerEvaluation(
        question_key=competency,
        kind="technical",
        competency=competency,
        difficulty="intermediate",
        status="scored" if score is not None else "not_scorable",
        score=score,
        anchor=anchor,
        is_core=is_core,
    )


def evaluation(*answers: AnswerEvaluation) -> SessionEvaluation:
    wanted = [WantedCompetency("Databases", 3), WantedCompetency("Queues", 1)]
    return replace(summarise(answers), job_fit=judge_job_fit(wanted, [one for one in answers if one.is_core]))


BEFORE = evaluation(answer("Databases", 40, 2), answer("Queues", 80, 4), answer("Own", 10, 1, is_core=False))


def test_nothing_set_changes_nothing() -> None:
    assert as_overridden(BEFORE, {}).overall_score == BEFORE.overall_score == 60


def test_an_anchor_counts_as_its_share_of_a_hundred() -> None:
    after = as_overridden(BEFORE, {1: 5})
    assert after.overall_score == 90
    assert {one.competency: (one.anchor, one.n) for one in after.competencies}["Databases"] == (5.0, 1)
    assert after.job_fit is not None
    assert after.job_fit.score == 93.8
    assert BEFORE.answers[0].score == 40


def test_not_scorable_leaves_every_mean() -> None:
    after = as_overridden(BEFORE, {1: None})
    assert (after.overall_score, after.scored, after.not_scorable) == (80, 2, 1)
    assert {one.competency: one.n for one in after.competencies}["Databases"] == 0
    assert after.answers[0].missed_points == ()


def test_what_was_not_scorable_can_be_scored_by_a_person() -> None:
    before = evaluation(answer("Databases", None, None))
    assert before.overall_score is None
    after = as_overridden(before, {1: 3})
    assert (after.overall_score, after.answers[0].status, after.answers[0].reason) == (50, "scored", "")


def test_a_question_of_ones_own_stays_out_of_what_compares() -> None:
    assert as_overridden(BEFORE, {3: 5}).overall_score == BEFORE.overall_score
