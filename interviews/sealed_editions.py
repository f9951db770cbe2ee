"""Which editions of a report hold scores that are sealed for whoever asks."""

from accounts.models import User
from interviews.models import Session
from interviews.reporting.policy import policy_of
from interviews.sealing import seal_for
from reports.content import Edition


def holds_scores(session: Session, edition: Edition) -> bool:
    """The panel's does, the candidate's where the plan lets candidates read them."""
    return edition == "panel" or policy_of(session).feedback == "scores"


def is_sealed_for(user: User | None, session: Session, edition: Edition) -> bool:
    """Whether that edition waits for a rating of their own; for the candidate (None) none does."""
    return seal_for(user, session).hides_whole and holds_scores(session, edition)
