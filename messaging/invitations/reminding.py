"""Writes the reminder that is due, by the ways in which the candidate was invited."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from interviews.models import Session
from messaging.invitations.inviting import SMS, CannotInviteError, Words, address_for, write
from messaging.invitations.reminders import lead_due, plan_reminders
from messaging.invitations.words import text_of
from messaging.links import find_link, mark_of
from messaging.models import Message
from messaging.sms.quiet_hours import next_allowed, zone_of


@transaction.atomic
def remind(session_pk: int, *, now: datetime) -> None:
    """Once for each time and lead; then wish for the next look. Nothing for a session that is gone."""
    rows = Session.objects.select_related("organisation", "candidate", "job")
    session = rows.filter(pk=session_pk).first()
    if session is None:
        return
    lead = lead_due(session, now)
    if lead is not None and session.scheduled_at is not None:
        name = f"{lead.total_seconds() / 3600:.0f}h/{session.scheduled_at.timestamp():.0f}"
        for invited in _invitations(session):
            _write(session, invited, name, now)
    plan_reminders(session, now)


def _invitations(session: Session) -> list[Message]:
    """The newest by each channel that was not refused."""
    sent = session.messages.filter(kind="invitation").exclude(status=Message.Status.FAILED).order_by("pk")
    return list({one.channel: one for one in sent}.values())


def _write(session: Session, invited: Message, name: str, now: datetime) -> None:
    if invited.due_at is None or invited.due_at > now:
        return  # the invitation itself is still to come
    try:
        to = address_for(session, invited.channel)
    except CannotInviteError:
        return
    if invited.channel == SMS and _is_too_late_in_the_morning(session, now):
        return
    mark = mark_of(invited.key)
    has_link = find_link(session, mark) is not None
    words = Words(
        kind="reminder",
        channel=invited.channel,
        key=f"reminder/{session.pk}/{mark}/{name}/{invited.channel}",
        to=to,
        body=text_of("reminder", invited.channel, session, has_link=has_link),
    )
    write(session, words, due_at=now, now=now)


def _is_too_late_in_the_morning(session: Session, now: datetime) -> bool:
    zone = zone_of(session.candidate.time_zone if session.candidate is not None else "UTC")
    return session.scheduled_at is None or next_allowed(now, zone, settings.SMS.quiet) >= session.scheduled_at
