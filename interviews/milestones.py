"""Tells other packages, in the transaction of the log, that a session began, ended or has its report.

Receivers write rows and nothing else (`interviews.background.rows.want` for work): whoever sends waits for
them, and what they raise undoes what was logged.
"""

from datetime import datetime
from typing import Literal

from django.dispatch import Signal

from interviews.models import Session

Milestone = Literal["session.started", "session.completed", "report.ready"]
reached = Signal()  # sender: Session; session, milestone, at


def reach(session: Session, milestone: Milestone, *, at: datetime) -> None:
    """Tell it. `session` may not be saved yet, but has the values that will be."""
    reached.send(sender=Session, session=session, milestone=milestone, at=at)
