"""The figures themselves, without a database: rates that say what they stand on."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct


class Progress(Struct, frozen=True, kw_only=True):
    """How far the sessions of one cohort came."""

    total: int
    started: int
    completed: int
    ended: int  # of those that began, the ones that are over in whatever way
    decided: int = 0  # of those held in a round: about whose interview a person decided
    score_sum: float
    scored: int

    @property
    def completion_rate(self) -> float | None:
        """Percent of what began and is over; what still runs says nothing yet."""
        return percent(self.completed, self.ended)

    @property
    def average_score(self) -> float | None:
        return round(self.score_sum / self.scored, 2) if self.scored else None


class Group(Struct, frozen=True, kw_only=True):
    """One day, week or job."""

    key: str
    label: str
    progress: Progress


class HiringFunnel(Struct, frozen=True, kw_only=True):
    """How far the interviews of one cohort came, and what people decided last."""

    invited: int
    started: int
    completed: int
    decided: int
    advance: int
    hold: int
    decline: int


class Stop(Struct, frozen=True, kw_only=True):
    """Question `number` was begun by `reached` candidates, and `stopped` of them went no further."""

    number: int
    reached: int
    stopped: int

    @property
    def drop_off_rate(self) -> float | None:
        return percent(self.stopped, self.reached)


class Coming(Struct, frozen=True, kw_only=True):
    """An interview, or one of its rounds, that is to take place."""

    interview_id: int
    round_id: int | None
    title: str
    candidate_name: str
    kind: str
    scheduled_at: datetime


class OwnStatistics(Struct, frozen=True, kw_only=True):
    """What the practice of one account came to."""

    total_interviews: int
    completed_interviews: int
    average_score: float
    best_score: float
    total_questions_answered: int


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def stops(counted: Sequence[tuple[int, int, int]]) -> tuple[Stop, ...]:
    """From (last question begun, sessions, those of them that were broken off there), up to the last one."""
    last = max((number for number, _, _ in counted), default=0)
    stopped = {number: broken for number, _, broken in counted}
    return tuple(
        Stop(
            number=number,
            reached=sum(sessions for reached, sessions, _ in counted if reached >= number),
            stopped=stopped.get(number, 0),
        )
        for number in range(1, last + 1)
    )
