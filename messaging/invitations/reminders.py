"""Reminds of a scheduled interview a day and an hour before, wherever its time has been moved to.

One task for each invited session looks again at least once an hour: a time that was moved closer is noticed
without anybody having to tell.
"""

from datetime import datetime, timedelta

from interviews.background.rows import want
from interviews.models import Session

REMIND = "invitations.remind"
LEADS = (timedelta(hours=24), timedelta(hours=1))
LATE = timedelta(minutes=30)  # a reminder that could not leave for so long is not sent any more
LOOK_AGAIN = timedelta(hours=1)


def plan_reminders(session: Session, now: datetime) -> None:
    """Wish for the next look; none where there is nothing to remind of."""
    if session.scheduled_at is None or session.status != Session.Status.SCHEDULED or session.deleted_at:
        return
    coming = [session.scheduled_at - lead for lead in LEADS if session.scheduled_at - lead > now]
    if session.scheduled_at > now:
        due_at = min([*coming, now + LOOK_AGAIN])
        want(REMIND, str(session.pk), {"session": session.pk}, now=due_at)


def lead_due(session: Session, now: datetime) -> timedelta | None:
    """Which reminder is due now, if any."""
    if session.scheduled_at is None or session.status != Session.Status.SCHEDULED or session.deleted_at:
        return None
    return next((lead for lead in LEADS if timedelta() <= now - (session.scheduled_at - lead) < LATE), None)
