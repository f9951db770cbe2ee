"""How an interview and its rounds go on: which changes are legal, and what follows from them.

Whatever changes one of them locks the interview first, then its rounds, so that a session that ends and a
person who clicks never overwrite each other.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hiring.models import Decision, Interview, Round

# A round that was held stays held: scores and decisions rest on it. One that was broken off may be held anew.
NEXT: dict[str, frozenset[str]] = {
    Round.Status.SCHEDULED: frozenset(
        {Round.Status.IN_PROGRESS, Round.Status.COMPLETED, Round.Status.CANCELLED, Round.Status.NO_SHOW}
    ),
    Round.Status.IN_PROGRESS: frozenset(
        {Round.Status.COMPLETED, Round.Status.CANCELLED, Round.Status.NO_SHOW, Round.Status.SCHEDULED}
    ),
    Round.Status.COMPLETED: frozenset(),
    Round.Status.CANCELLED: frozenset({Round.Status.SCHEDULED}),
    Round.Status.NO_SHOW: frozenset({Round.Status.SCHEDULED}),
}
TO_COME = frozenset({Round.Status.SCHEDULED, Round.Status.IN_PROGRESS})
HELD = frozenset({Round.Status.IN_PROGRESS, Round.Status.COMPLETED})
OVER = frozenset({Interview.Status.COMPLETED, Interview.Status.DECIDED, Interview.Status.CANCELLED})


class ProgressError(Exception):
    """It can't be done now: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def lock_sessions(*round_pks: int) -> None:
    """Before the interview, as a session's log does: two orders would be a deadlock."""
    sessions = Round.sessions.field.model._default_manager.filter(round__in=round_pks)  # noqa: SLF001
    list(sessions.select_for_update().order_by("pk").values_list("pk"))


def runs(rounds: QuerySet[Round]) -> bool:
    """Whether a session of any of `rounds` is going on."""
    return rounds.filter(sessions__status="in_progress").exists()


def locked(interview_pk: int) -> Interview:
    """In the caller's transaction. Raises Interview.DoesNotExist for one that was deleted meanwhile."""
    return Interview.objects.select_for_update().get(pk=interview_pk)


@transaction.atomic
def change_interview(interview_pk: int, values: Mapping[str, Any]) -> None:
    """Write `values`; a status among them may only be `cancelled`. Raises ProgressError."""
    interview = locked(interview_pk)
    plain = {name: value for name, value in values.items() if name != "status"}
    is_moved = "scheduled_at" in plain and plain["scheduled_at"] != interview.scheduled_at
    if is_moved and interview.status in OVER:
        raise ProgressError("interview_over", "The interview is over; its time stays as it was.")
    for name, value in plain.items():
        setattr(interview, name, value)
    if is_moved and interview.status in {Interview.Status.INVITED, Interview.Status.SCHEDULED}:
        interview.status = first_status(interview)
    if values.get("status", interview.status) == Interview.Status.CANCELLED:
        _cancel(interview)
    interview.save()


@transaction.atomic
def change_round(round_pk: int, values: Mapping[str, Any], *, now: datetime) -> None:
    """Write `values`; what a new status means for the interview follows. Raises ProgressError."""
    interview = locked(Round.objects.values_list("interview_id", flat=True).get(pk=round_pk))
    row = _rounds(interview).get(pk=round_pk)
    wanted = values.get("status", row.status)
    if wanted != row.status:
        _require_step(interview, row.status, wanted)
        if wanted == Round.Status.SCHEDULED:
            go_on(interview)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    settle(interview, now)


@transaction.atomic
def hold(round_pk: int, status: Round.Status, *, at: datetime) -> int | None:
    """A session of the round began or ended at `at`; gives the interview's number. Twice does no harm.

    What was held is a fact: it also counts for a cancelled round, and a completed one stays completed.
    """
    interview_pk = Round.objects.filter(pk=round_pk).values_list("interview_id", flat=True).first()
    if interview_pk is None:
        return None
    interview = locked(interview_pk)
    rows = _rounds(interview).filter(pk=round_pk)
    if rows.exclude(status__in={status, Round.Status.COMPLETED}).update(status=status, updated_at=at):
        settle(interview, at)
    return interview_pk


def settle(interview: Interview, at: datetime) -> None:
    """Bring a locked interview in step with its rounds. What people cancelled or decided stays so."""
    if interview.status in {Interview.Status.CANCELLED, Interview.Status.DECIDED}:
        return
    statuses = set(interview.rounds.values_list("status", flat=True))
    if not statuses & HELD:
        return
    interview.started_at = interview.started_at or at
    if statuses & TO_COME:
        interview.status, interview.completed_at = Interview.Status.IN_PROGRESS, None
    else:
        interview.status, interview.completed_at = Interview.Status.COMPLETED, interview.completed_at or at
    interview.save()


def go_on(interview: Interview) -> None:
    """A round is to come again, or one more. Raises ProgressError where people have ended it."""
    if interview.status == Interview.Status.CANCELLED:
        raise ProgressError("interview_over", "The interview was cancelled.")
    newest = interview.decisions.first()
    is_decided = interview.status == Interview.Status.DECIDED
    if is_decided and newest is not None and newest.verdict == Decision.Verdict.DECLINE:
        raise ProgressError("interview_over", "The candidate was declined; decide anew before it goes on.")
    if interview.status in OVER:
        interview.completed_at = interview.decided_at = None
        interview.status = Interview.Status.IN_PROGRESS if interview.started_at else first_status(interview)
        interview.save()


def first_status(interview: Interview) -> Interview.Status:
    """Before any round was held."""
    return Interview.Status.SCHEDULED if interview.scheduled_at else Interview.Status.INVITED


def _cancel(interview: Interview) -> None:
    if interview.status == Interview.Status.CANCELLED:
        return
    if interview.status in OVER:
        raise ProgressError("interview_over", "The interview is over and can't be cancelled.")
    interview.status = Interview.Status.CANCELLED
    for row in _rounds(interview).filter(status=Round.Status.SCHEDULED):
        row.status = Round.Status.CANCELLED
        row.save(update_fields=["status", "updated_at"])  # one by one: others are told of each


def _require_step(interview: Interview, status: str, wanted: str) -> None:
    if interview.status == Interview.Status.CANCELLED:
        raise ProgressError("interview_over", "The interview was cancelled; its rounds stay as they are.")
    if wanted not in NEXT[status]:
        allowed = ", ".join(sorted(NEXT[status])) or "nothing else"
        message = f"A round that is {status} can't become {wanted}; it can become {allowed}."
        raise ProgressError("status_not_allowed", message)


def _rounds(interview: Interview) -> QuerySet[Round]:
    return Round.objects.select_for_update().filter(interview=interview)
