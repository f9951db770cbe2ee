"""What a second evaluation of the same session says differently, answer by answer and of the whole."""

from msgspec import Struct

from interviews.evaluation.results import AnswerEvaluation, AnswerStatus, SessionEvaluation


class MadeWith(Struct, frozen=True):
    evaluator: str
    version: str
    model: str = ""
    prompt_version: str = ""
    rubric_digest: str = ""


class AnswerChange(Struct, frozen=True):
    number: int
    question_key: str
    made_with: tuple[MadeWith, MadeWith]  # before and after, as everything in pairs here
    status: tuple[AnswerStatus, AnswerStatus]
    score: tuple[float | None, float | None]
    anchor: tuple[int | None, int | None]
    score_change: float | None  # None where one of them has no score
    anchor_change: int | None
    points_gained: tuple[str, ...]
    points_lost: tuple[str, ...]
    quotes_gained: tuple[str, ...]
    quotes_lost: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Whether a reader would see another result; other words of feedback alone are none."""
        pairs = (self.status, self.score, self.anchor)
        return any(before != after for before, after in pairs) or bool(self.points_gained or self.points_lost)


class Changes(Struct, frozen=True):
    overall: tuple[float | None, float | None]
    overall_change: float | None
    level: tuple[str, str]
    job_fit: tuple[float | None, float | None]
    answers: tuple[AnswerChange, ...]

    @property
    def changed(self) -> tuple[int, ...]:
        """The numbers of the questions whose answers are judged differently."""
        return tuple(one.number for one in self.answers if one.is_changed)


def compare(old: SessionEvaluation, new: SessionEvaluation) -> Changes:
    """Answers are matched by their question, so that one put in later moves nothing."""
    former = {one.question_key: one for one in old.answers}
    answers = tuple(
        _answer(number, former[after.question_key], after)
        for number, after in enumerate(new.answers, 1)
        if after.question_key in former
    )
    return Changes(
        overall=(old.overall_score, new.overall_score),
        overall_change=_difference(old.overall_score, new.overall_score),
        level=(_level(old), _level(new)),
        job_fit=(_job_fit(old), _job_fit(new)),
        answers=answers,
    )


def _answer(number: int, before: AnswerEvaluation, after: AnswerEvaluation) -> AnswerChange:
    points = [[finding.text for finding in one.covered_points] for one in (before, after)]
    quotes = [[quote.text for quote in one.quotes] for one in (before, after)]
    anchors = (before.anchor, after.anchor)
    return AnswerChange(
        number=number,
        question_key=after.question_key,
        made_with=(_made_with(before), _made_with(after)),
        status=(before.status, after.status),
        score=(before.score, after.score),
        anchor=anchors,
        score_change=_difference(before.score, after.score),
        anchor_change=anchors[1] - anchors[0] if anchors[0] is not None and anchors[1] is not None else None,
        points_gained=_beyond(points[1], points[0]),
        points_lost=_beyond(points[0], points[1]),
        quotes_gained=_beyond(quotes[1], quotes[0]),
        quotes_lost=_beyond(quotes[0], quotes[1]),
    )


def _made_with(one: AnswerEvaluation) -> MadeWith:
    origin = one.origin
    return MadeWith(one.evaluator, one.version, origin.model, origin.prompt_version, origin.rubric_digest)


def _beyond(some: list[str], others: list[str]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(some) if text not in others)


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(after - before, 2)


def _level(evaluation: SessionEvaluation) -> str:
    return evaluation.performance.level if evaluation.performance else ""


def _job_fit(evaluation: SessionEvaluation) -> float | None:
    return evaluation.job_fit.score if evaluation.job_fit else None
