"""What invitations and reminders say, from the template files; a kept text has `[link]` for its link."""

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from interviews.models import Session
from messaging.sms.facts import facts_of
from messaging.sms.quiet_hours import zone_of


def subject_of(kind: str, session: Session) -> str:
    facts = facts_of(session)
    said = "Reminder of your interview" if kind == "reminder" else "You are invited to an interview"
    return " ".join(f"{said}: {facts.role}, {facts.organisation}".split())[:200]


def text_of(kind: str, channel: str, session: Session, *, message: str = "", has_link: bool = True) -> str:
    """The plain text of one message."""
    shown = render_to_string(
        f"messaging/{kind}_{channel}.txt",
        {"facts": facts_of(session), "when": _when(session), "message": message, "has_link": has_link},
    )
    return shown.strip() + "\n" if channel == "email" else " ".join(shown.split())


def html_of(text: str, link: str | None) -> str:
    """The same text as a page; everything in it is escaped."""
    paragraphs = [part.split("\n") for part in text.strip().split("\n\n")]
    known: dict[str, Any] = {"paragraphs": paragraphs, "link": link}
    return render_to_string("messaging/letter.html", known)


def _when(session: Session) -> str:
    if session.scheduled_at is None:
        return ""
    zone = session.candidate.time_zone if session.candidate is not None else "UTC"
    return _written(session.scheduled_at.astimezone(zone_of(zone)), zone)


def _written(local: datetime, zone: str) -> str:
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone.replace('_', ' ')})"
