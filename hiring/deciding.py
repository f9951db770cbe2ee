"""What people do about an interview: decide it, or move it. Nothing here happens by itself."""

from datetime import datetime

from django.db import transaction
from msgspec import Struct

from accounts.models import User
from hiring.models import Decision, Interview, Round
from hiring.progress import OVER, ProgressError, change_round, first_status, lock_sessions, locked

MOST_MOVES = 50  # kept with the interview, the newest
SCHEDULED = "scheduled"  # a session's own word


class Move(Struct, frozen=True, kw_only=True):
    """Another time for an interview and, where one is named, for a round of it."""

    scheduled_at: datetime
    reason: str = ""
    round_id: int | None = None


@transaction.atomic
def decide(interview_pk: int, verdict: str, reason: str, *, by: User) -> Decision:
    """Keep what `by` decided beside what was decided before; it is what counts from now on.

    Raises ProgressError, and Interview.DoesNotExist.
    """
    lock_sessions(*Round.objects.filter(interview=interview_pk).values_list("pk", flat=True))
    interview = locked(interview_pk)
    if interview.status == Interview.Status.CANCELLED:
        raise ProgressError("interview_over", "The interview was cancelled; there is nothing to decide.")
    made = Decision.objects.create(
        interview=interview,
        verdict=verdict,
        reason=reason,
        decided_by=by,
        decided_by_name=by.display_name[:200],
    )
    interview.status, interview.decided_at = Interview.Status.DECIDED, made.decided_at
    interview.save()
    return made


@transaction.atomic
def reschedule(interview_pk: int, move: Move, *, by: User, now: datetime) -> None:
    """Move the interview, and the round with those of its sessions that nobody has begun.

    Raises ProgressError, Interview.DoesNotExist, and Round.DoesNotExist for a round of another interview.
    """
    if move.round_id is not None:
        lock_sessions(move.round_id)
    interview = locked(interview_pk)
    if interview.status in OVER:
        raise ProgressError("interview_over", "The interview is over and can't be moved.")
    if move.round_id is not None:
        _move_round(interview.rounds.get(pk=move.round_id), move.scheduled_at, now)
        interview.refresh_from_db()
    made = {
        "at": now.isoformat(),
        "by": by.display_name[:200],
        "from": interview.scheduled_at.isoformat() if interview.scheduled_at else None,
        "to": move.scheduled_at.isoformat(),
        "round_id": move.round_id,
        "reason": move.reason,
    }
    interview.moves = [*interview.moves, made][-MOST_MOVES:]
    interview.scheduled_at = move.scheduled_at
    if interview.status == Interview.Status.INVITED:
        interview.status = first_status(interview)
    interview.save()


def _move_round(row: Round, scheduled_at: datetime, now: datetime) -> None:
    """One that was missed is to come again. Raises ProgressError for one that was held or cancelled."""
    if row.status not in {Round.Status.SCHEDULED, Round.Status.NO_SHOW}:
        raise ProgressError("round_over", f"The round is {row.get_status_display().lower()}; it stays.")
    change_round(row.pk, {"scheduled_at": scheduled_at, "status": Round.Status.SCHEDULED}, now=now)
    row.sessions.filter(status=SCHEDULED).update(scheduled_at=scheduled_at, updated_at=now)
