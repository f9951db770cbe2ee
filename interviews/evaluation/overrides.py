"""What an evaluation comes to once people's word on single answers takes the place of a program's.

The program's own evaluation is never changed: this is shown beside it. A score given on the anchors counts in
the averages of 0 to 100 as the Job Fit Score counts anchors: 1 to 5 stand for 0, 25, 50, 75, 100. One that is
marked as not scorable counts neither way.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from interviews.evaluation.job_fit import WantedCompetency, judge_job_fit, points_of_anchor
from interviews.evaluation.results import AnswerEvaluation, JobFit, SessionEvaluation
from interviews.evaluation.session import summarise

BY_A_PERSON = "A person has looked at it and marked it so."


def as_overridden(evaluation: SessionEvaluation, standing: Mapping[int, int | None]) -> SessionEvaluation:
    """`standing`: by the question's number the anchor that a person gave, None for not scorable.

    Strengths, quotes and points heard stay as they were found.
    """
    answers = [
        _overridden(answer, standing[number]) if number in standing else answer
        for number, answer in enumerate(evaluation.answers, 1)
    ]
    return replace(summarise(answers), job_fit=_job_fit(evaluation.job_fit, answers))


def _overridden(answer: AnswerEvaluation, anchor: int | None) -> AnswerEvaluation:
    if anchor is None:
        return replace(
            answer, status="not_scorable", reason=BY_A_PERSON, score=None, anchor=None, missed_points=()
        )
    return replace(answer, status="scored", reason="", score=points_of_anchor(anchor), anchor=anchor)


def _job_fit(fit: JobFit | None, answers: list[AnswerEvaluation]) -> JobFit | None:
    if fit is None:
        return None
    wanted = [WantedCompetency(one.competency, one.weight) for one in fit.competencies]
    return judge_job_fit(wanted, [answer for answer in answers if answer.is_core])
