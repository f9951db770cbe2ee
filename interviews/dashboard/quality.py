"""What the dashboard says beyond counts: scores, time, questions, agreement, and the service itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from interviews.dashboard.figures import percent
from interviews.dashboard.sample import MOST_LOGS, Answered, Held, Logged, answered, held, logged, rated
from interviews.dashboard.scope import Scope
from interviews.dashboard.spread import (
    FEWEST,
    Agreement,
    Percentiles,
    Spread,
    agreement_of,
    correlation,
    percentiles_of,
    spread_of,
)

SCORE_EDGES = tuple(range(0, 101, 10))
MINUTE_EDGES = (0, 5, 10, 15, 20, 30, 45, 60, 90, 180)
MOST_QUESTIONS = 30
LONGEST_PAUSE_MS = 60_000  # a reply that came later was no reply to that turn: a break, a drop, a restart


class QuestionFigure(Struct, frozen=True, kw_only=True):
    """One question, by its words. `share` (0 to 1, the higher the easier) and `discrimination` are None
    below ten answers."""

    text: str
    n: int
    share: float | None = None
    discrimination: float | None = None
    discrimination_n: int = 0


class Reliability(Struct, frozen=True, kw_only=True):
    """Of sessions that began and are over, by voice or by typing; rates are percent, None below ten."""

    n: int
    dropped: int = 0  # sessions that lost their connection
    resumed: int = 0  # of these, those that came back
    abandoned: int = 0
    logs_n: int = 0

    @property
    def drop_rate(self) -> float | None:
        return percent(self.dropped, self.logs_n) if self.logs_n >= FEWEST else None

    @property
    def resumed_rate(self) -> float | None:
        return percent(self.resumed, self.dropped) if self.dropped >= FEWEST else None

    @property
    def abandoned_rate(self) -> float | None:
        return percent(self.abandoned, self.n) if self.n >= FEWEST else None


class Quality(Struct, frozen=True, kw_only=True):
    sampled: int  # the latest sessions that all this rests on
    scores: Spread
    minutes: Spread
    questions: tuple[QuestionFigure, ...]
    agreement: Agreement
    latency: Percentiles  # milliseconds from the end of an answer to the first sentence of the reply
    reliability: Reliability


def quality_of(scope: Scope) -> Quality:
    """Over the latest sessions of the scope that are over, scores that the reader may not see left out."""
    sessions = held(scope)
    scored = [one.pk for one in sessions if one.overall is not None]
    log = logged([one.pk for one in sessions])
    return Quality(
        sampled=len(sessions),
        scores=spread_of([one.overall for one in sessions if one.overall is not None], SCORE_EDGES),
        minutes=spread_of(_minutes(sessions), MINUTE_EDGES),
        questions=questions_of(answered(scored)),
        agreement=agreement_of(rated(scored)),
        latency=percentiles_of(pauses_of(log)),
        reliability=reliability_of(sessions, log),
    )


def questions_of(answers: Sequence[Answered]) -> tuple[QuestionFigure, ...]:
    """The most asked first, in the order in which they were met."""
    by_question: dict[str, list[Answered]] = defaultdict(list)
    totals: dict[int, list[float]] = defaultdict(list)
    for one in answers:
        by_question[one.question].append(one)
        totals[one.session].append(one.score)
    figures = [_question(text, found, totals) for text, found in by_question.items()]
    return tuple(sorted(figures, key=lambda one: -one.n)[:MOST_QUESTIONS])


def pauses_of(log: Iterable[Logged]) -> list[float]:
    """Milliseconds from the end of each answer to the first sentence after it."""
    found: list[float] = []
    ended: tuple[int, datetime] | None = None
    for one in log:
        if one.type == "turn.ended":
            ended = one.session, one.at
        elif one.type == "sentence.sent" and ended is not None and ended[0] == one.session:
            pause_ms = (one.at - ended[1]).total_seconds() * 1_000
            found += [pause_ms] if pause_ms <= LONGEST_PAUSE_MS else []
            ended = None
        else:
            ended = None
    return found


def reliability_of(sessions: Sequence[Held], log: Iterable[Logged]) -> Reliability:
    dropped, resumed, over = set(), set(), set()
    for one in log:
        if one.type == "session.ended":
            over.add(one.session)
        elif one.type == "candidate.left" and one.session not in over:
            dropped.add(one.session)
        elif one.type == "candidate.connected" and one.session in dropped:
            resumed.add(one.session)
    return Reliability(
        n=len(sessions),
        dropped=len(dropped),
        resumed=len(resumed),
        abandoned=sum(one.end_reason == "abandoned" for one in sessions),
        logs_n=min(len(sessions), MOST_LOGS),
    )


def _minutes(sessions: Iterable[Held]) -> list[float]:
    """Of those that were completed: the others say when somebody left."""
    return [
        (one.ended_at - one.started_at).total_seconds() / 60 for one in sessions if one.status == "completed"
    ]


def _question(text: str, found: list[Answered], totals: dict[int, list[float]]) -> QuestionFigure:
    """Discrimination: the corrected item-total correlation, with the mean of the session's other answers."""
    if len(found) < FEWEST:
        return QuestionFigure(text=text, n=len(found))
    pairs = [
        (one.score, (sum(totals[one.session]) - one.score) / (len(totals[one.session]) - 1))
        for one in found
        if len(totals[one.session]) > 1
    ]
    return QuestionFigure(
        text=text,
        n=len(found),
        share=round(sum(one.score for one in found) / len(found) / 100, 2),
        discrimination=correlation(pairs),
        discrimination_n=len(pairs),
    )
