"""What people decided about the interview that a session was a round of."""

from typing import Literal, cast

from hiring.models import Decision
from interviews.models import Session
from reports.content import HiringDecision


def decision(session: Session) -> HiringDecision | None:
    """The newest, which is the one that counts; None before there is any."""
    if session.round_id is None:
        return None
    made = Decision.objects.filter(interview__rounds=session.round_id).first()
    if made is None:
        return None
    return HiringDecision(
        outcome=cast("Literal['advance', 'hold', 'decline']", made.verdict),
        by=made.decided_by_name,
        decided_on=made.decided_at.date(),
        reason=made.reason,
    )
