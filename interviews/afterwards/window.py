"""For how long an answer may still be changed after the end, and the sentences that say why not."""

from datetime import datetime, timedelta

from interviews.models import Session
from interviews.refusals import RefusedError

# Two days: time to sleep on it and to read in peace, and short enough that people who wait for the report
# don't judge from words that are still to change.
CHANGES_OPEN_FOR = timedelta(hours=48)
MOST_CHARS = 5_000  # as any typed answer
MOST_CHANGES = 10  # of one answer; each is logged, and each may ask a language model


def changes_until(session: Session) -> datetime | None:
    """When the last change is taken; None before the end, and where nothing was ever said."""
    if not session.is_over or session.ended_at is None or session.started_at is None:
        return None
    return session.ended_at + CHANGES_OPEN_FOR


def may_change(session: Session, now: datetime) -> bool:
    until = changes_until(session)
    return until is not None and now < until


def require_may_change(session: Session, now: datetime) -> None:
    """Raises RefusedError: not_over, too_late."""
    if not session.is_over:
        raise RefusedError("not_over", "You can change your answers once the interview is over.")
    if not may_change(session, now):
        raise RefusedError("too_late", "Answers can be changed for 48 hours after the interview.")
