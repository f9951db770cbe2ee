"""Forgets interviews whose time is over, or at a candidate's wish: words and voices, not the proof."""

from datetime import datetime

from django.db import transaction

from interviews.live.log import erase_payloads
from interviews.live.recording import erase_recording
from interviews.models import Evaluation, Report, Session

AT_ONCE = 50


def erase_session(session: Session) -> None:
    """Delete everything that tells who said what.

    What remains: that there was an interview, when, how it ended, and the hashes of its log.
    """
    erase_recording(session)
    with transaction.atomic():
        erase_payloads(session)
        for rows in (session.turns, session.notes, session.commands, session.requests):
            rows.all().delete()
        Evaluation.objects.filter(session=session).delete()
        Report.objects.filter(session=session).delete()
        Session.objects.filter(pk=session.pk).update(
            candidate_name="",
            candidate=None,
            description="",
            accommodations={},
            token_hash="",
            token_expires_at=None,
            retain_until=None,
        )


def erase_expired(now: datetime) -> int:
    """Erase the sessions whose retention has ended; gives how many there were. Called again, it goes on."""
    expired = list(Session.objects.filter(retain_until__lt=now).order_by("retain_until")[:AT_ONCE])
    for session in expired:
        erase_session(session)
    return len(expired)
