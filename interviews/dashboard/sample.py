"""Rows for figures that no database computes alike: the latest sessions of a scope, never more than `MOST`.

Each query asks for rows by an index and for the few columns it needs, so the cost grows with the period up to
`MOST` and then no further.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Case, FloatField, Q, QuerySet, When
from msgspec import Struct

from interviews.dashboard.scope import Scope
from interviews.kept_evaluations import kept_overall
from interviews.models import Evaluation, Event, Question, Rating, Session
from interviews.models.evaluation import WHOLE_SESSION
from interviews.sealing import sealed_for

MOST = 2_000  # sessions
MOST_LOGS = 300  # sessions whose logs are read
AT_ONCE = 500  # SQLite takes so many parameters that this is far from its limit
LOGGED = ("turn.ended", "sentence.sent", "candidate.left", "candidate.connected", "session.ended")


class Held(Struct, frozen=True):
    """One session that is over."""

    pk: int
    started_at: datetime
    ended_at: datetime
    status: str
    end_reason: str
    overall: float | None


class Answered(Struct, frozen=True):
    """The score of one answer to a question that everybody is asked alike."""

    session: int
    question: str
    score: float


class Logged(Struct, frozen=True):
    """One event, without what was said."""

    session: int
    type: str
    at: datetime


def held(scope: Scope) -> list[Held]:
    """The latest that began and are over; their scores, but for those sealed from the reader. One query."""
    hidden = Q(pk__in=[]) if scope.reader is None else sealed_for(scope.reader)
    score = Case(When(hidden, then=None), default=kept_overall("pk"), output_field=FloatField())
    columns = ("pk", "started_at", "ended_at", "status", "end_reason", "score")
    return [Held(*row) for row in _over(scope).annotate(score=score).values_list(*columns)[:MOST]]


def answered(sessions: Iterable[int]) -> list[Answered]:
    """The scores of their answers by the words that were asked. Two queries for every 500 sessions."""
    found: list[Answered] = []
    for some in _portions(sessions):
        texts = {
            (session, order): text
            for session, order, text in Question.objects.filter(session__in=some)
            .order_by()
            .values_list("session", "order", "text")
        }
        scores = _current(some).filter(number__gt=WHOLE_SESSION, overall__isnull=False)
        found += [
            Answered(session, texts[session, number], score)
            for session, number, score in scores.values_list("session", "number", "overall")
            if score is not None and (session, number) in texts
        ]
    return found


def rated(sessions: Iterable[int]) -> list[tuple[int, int]]:
    """What people chose first for an answer, and the AI's anchor. Two queries for every 500.

    Rating the whole opens every answer, so what its author chose for answers afterwards is left out.
    """
    pairs: list[tuple[int, int]] = []
    for some in _portions(sessions):
        given: dict[tuple[int, int], list[int]] = defaultdict(list)
        ratings = Rating.objects.filter(session__in=some).order_by()
        columns = ("session", "author", "number", "first_score", "score", "created_at")
        found = list(ratings.values_list(*columns))
        opened = {(row[0], row[1]): row[-1] for row in found if row[2] == WHOLE_SESSION}
        for session, author, number, first, score, at in found:
            if number != WHOLE_SESSION and at <= opened.get((session, author), at):
                given[session, number].append(first or score)
        judged = {session for session, _ in given}
        anchors = _current(list(judged)).filter(number__gt=WHOLE_SESSION, content__anchor__isnull=False)
        for session, number, anchor in anchors.values_list("session", "number", "content__anchor"):
            if isinstance(anchor, int):
                pairs += [(mine, anchor) for mine in given.get((session, number), ())]
    return pairs


def logged(sessions: list[int]) -> list[Logged]:
    """What the logs say of turns, replies and connections, in their order. One query."""
    rows = Event.objects.filter(session__in=sessions[:MOST_LOGS], type__in=LOGGED)
    return [Logged(*row) for row in rows.order_by("session", "seq").values_list("session", "type", "at")]


def _over(scope: Scope) -> QuerySet[Session]:
    over = Session.objects.filter(scope.of_sessions, status__in=Session.OVER)
    return over.filter(started_at__isnull=False, ended_at__isnull=False).order_by("-created_at", "-pk")


def _current(sessions: list[int]) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(session__in=sessions, is_current=True).order_by()


def _portions(sessions: Iterable[int]) -> Iterator[list[int]]:
    pks = list(sessions)
    for begin in range(0, len(pks), AT_ONCE):
        yield pks[begin : begin + AT_ONCE]
