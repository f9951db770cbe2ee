"""Which editions of a report hold scores that are sealed for whoever asks, and whose ratings they show."""

from msgspec.structs import replace

from accounts.models import User
from interviews.access import may_note
from interviews.models import Session
from interviews.rating import ratings_shown_to
from interviews.reporting import report_content
from interviews.reporting.policy import policy_of
from interviews.sealing import seal_for
from reports.content import Edition, ReportContent


def holds_scores(session: Session, edition: Edition) -> bool:
    """The panel's does, the candidate's where the plan lets candidates read them."""
    return edition == "panel" or policy_of(session).feedback == "scores"


def is_sealed_for(user: User | None, session: Session, edition: Edition) -> bool:
    """Whether that edition waits for a rating of their own; for the candidate (None) none does."""
    return seal_for(user, session).hides_whole and holds_scores(session, edition)


def content_for(user: User | None, session: Session, edition: Edition) -> ReportContent:
    """What that edition says to `user`: others' ratings of an answer wait for their own here, too."""
    content = report_content(session, edition)
    if user is None or not content.human_ratings:
        return content
    rows = ratings_shown_to(user, session, may_rate=may_note(user, session))
    shown = set(rows.values_list("number", flat=True))
    kept = tuple(one for one in content.human_ratings if (one.question_number or 0) in shown)
    return replace(content, human_ratings=kept, holds_back_ratings=len(kept) < len(content.human_ratings))
