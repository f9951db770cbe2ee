"""Questions of which nothing is known: put and left open, or never reached. They lower nothing."""

from collections.abc import Iterable

from reports.content import Question


def left_open(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that were put and got no answer."""
    return tuple(one for one in questions if one.asked_at_ms is not None and not _has_answer(one))


def not_reached(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Those that were planned and never put."""
    return tuple(one for one in questions if one.asked_at_ms is None and one.answer is None)


def _has_answer(question: Question) -> bool:
    answer = question.answer
    return answer is not None and not answer.unscored_reason
