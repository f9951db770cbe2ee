"""Forgets interviews whose time is over, or at a candidate's wish: words and voices, not the proof."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from interviews.groups import take_back_groups
from interviews.live.log import erase_payloads
from interviews.live.recording import erase_recording
from interviews.models import Evaluation, Report, Session, Task
from interviews.sessions import LINK_OPEN_FOR

AT_ONCE = 50
STILL_COMING = LINK_OPEN_FOR  # an invitation may be used this long after the hour it names
ERASED = "What was said here is erased; nothing more is written about it."
erasing = Signal()  # sender: Session; session. In the transaction that erases: other packages erase theirs
sweeping = Signal()  # sender: None; now. Every minute in each process: other packages delete what is old


def erase_session(session: Session) -> None:
    """Delete everything that tells who said what.

    What remains: that there was an interview, when, how it ended, and the hashes of its log.
    """
    erase_recording(session)
    with transaction.atomic():
        erase_payloads(session)
        said = (session.turns, session.notes, session.commands, session.requests)
        for rows in (*said, session.skill_gaps, session.ratings, session.overrides, session.report_shares):
            rows.all().delete()
        Evaluation.objects.filter(session=session).delete()
        Report.objects.filter(session=session).delete()
        take_back_groups(session)
        plan = _as_for_everybody(session.plan)
        session.questions.exclude(text__in=[one["text"] for one in plan.get("questions", ())]).delete()
        erasing.send(sender=Session, session=session)
        Session.objects.filter(pk=session.pk).update(
            title="",  # it often holds the name
            candidate_name="",
            candidate=None,
            description="",
            accommodations={},
            plan=plan,
            token_hash="",
            token_expires_at=None,
            retain_until=None,
        )
    erase_recording(session)  # what was stored while this went on; who stores later finds no turn


def is_erased(session: Session) -> bool:
    """Whether what was said there is gone. Nothing is to be written about it then: it would never go."""
    return session.events.filter(payload__isnull=True).exists()


def _as_for_everybody(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan without what was drawn from the candidate's résumé, or asked of this one person."""
    asked_of_all = [one for one in plan.get("questions", ()) if one.get("is_core", True)]
    kept = {name: value for name, value in plan.items() if name not in {"claims", "notes"}}
    return {**kept, "questions": asked_of_all} if plan else {}


def delete_session(session: Session, now: datetime) -> None:
    """Take away one that is not running: as if it had never been, or, where it has a log, all but its proof.

    Nobody finds it any more. Work that still waited for it has nothing left to do.
    """
    with transaction.atomic():
        Task.objects.filter(payload__session=session.pk).delete()
        if not session.seq:
            take_back_groups(session)
            session.delete()
            return
        erase_session(session)
        session.questions.all().delete()
        Session.objects.filter(pk=session.pk).update(deleted_at=now, plan={}, owner=None, round=None)


def erase_expired(now: datetime) -> int:
    """Erase the sessions whose retention has ended; gives how many there were. Called again, it goes on.

    One that is under way or still to come is no old one, however long ago it was made.
    """
    is_coming = Q(status=Session.Status.SCHEDULED, scheduled_at__gte=now - STILL_COMING)
    old = Session.objects.filter(retain_until__lt=now).exclude(status=Session.Status.IN_PROGRESS)
    expired = list(old.exclude(is_coming).order_by("retain_until")[:AT_ONCE])
    for session in expired:
        erase_session(session)
    sweeping.send(sender=None, now=now)
    return len(expired)
