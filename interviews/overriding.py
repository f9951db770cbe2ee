"""What people set instead of a program's judgement: kept, read, and what the scores come to with it."""

from collections.abc import Mapping
from typing import Literal

from django.db import transaction
from msgspec import Struct

from accounts.models import User
from interviews.evaluation import SessionEvaluation
from interviews.evaluation.overrides import as_overridden
from interviews.models import Override, Session
from interviews.retention import ERASED, is_erased

MOST_OVERRIDES = 200  # of one session, with those that were replaced
Outcome = Literal["score", "not_scorable", "as_judged"]


class OverrideError(Exception):
    """It can't be overridden: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Wish(Struct, frozen=True):
    """`score` only with the outcome of that name."""

    number: int
    outcome: Outcome
    reason: str
    score: int | None = None


@transaction.atomic
def override(session: Session, wish: Wish, *, by: User) -> Override:
    """Keep it; from now on it is what counts for that answer. Raises OverrideError."""
    Session.objects.select_for_update().get(pk=session.pk)
    if not session.is_over:
        raise OverrideError("not_over", "A judgement can be overridden once the interview is over.")
    if is_erased(session):
        raise OverrideError("erased", ERASED)
    if not 1 <= wish.number <= session.questions.count():  # for the whole there are ratings and the decision
        raise OverrideError("no_such_question", f"There is no question {wish.number} in this interview.")
    if session.overrides.count() >= MOST_OVERRIDES:
        raise OverrideError("too_many", f"{MOST_OVERRIDES} have been made here; that is the most.")
    if wish.outcome == "as_judged" and wish.number not in standing_overrides(session):
        raise OverrideError("nothing_to_undo", "Nothing was overridden here.")
    return Override.objects.create(
        session=session,
        number=wish.number,
        outcome=wish.outcome,
        score=wish.score,
        reason=wish.reason,
        author=by,
        author_name=by.display_name[:200],
    )


def standing_overrides(session: Session) -> dict[int, Override]:
    """Those that count now, by the question's number. One query."""
    newest = {one.number: one for one in session.overrides.order_by("pk")}
    return {number: one for number, one in newest.items() if one.outcome != Override.Outcome.AS_JUDGED}


def with_overrides(
    evaluation: SessionEvaluation | None, standing: Mapping[int, Override]
) -> SessionEvaluation | None:
    """What the scores come to; None where nothing was evaluated or nothing is overridden."""
    if evaluation is None or not standing:
        return None
    return as_overridden(evaluation, {number: one.score for number, one in standing.items()})
