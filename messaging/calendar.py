"""An interview's time as a calendar file (RFC 5545), for the candidate's own calendar."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Literal

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from interviews.models import Session
from messaging.sms.facts import facts_of

PLACE = "Online, in your browser"
TEXT = "Open the link in your invitation. Have a quiet place and a microphone at hand."


def calendar_file(session: Session, now: datetime, *, names_candidate: bool = True) -> bytes:
    """One event in UTC, which calendars show in their own time zone. The session must have a time.

    It holds no link that opens the interview: calendars are shared.
    """
    if session.scheduled_at is None:
        raise ValueError("an interview without a time has no appointment")
    event = Event()
    event.add("uid", f"{session.uuid}@viva")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", session.scheduled_at.astimezone(UTC))
    event.add("dtend", session.scheduled_at.astimezone(UTC) + timedelta(minutes=session.duration_minutes))
    event.add("sequence", _sequence(session))
    event.add("summary", _summary(session))
    event.add("location", PLACE)
    event.add("description", TEXT)
    event.add("url", f"{settings.PUBLIC_URL}/room/{session.uuid}/")
    event.add("status", "CANCELLED" if method_of(session) == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer(session), encode=False)
    if names_candidate and session.candidate is not None and session.candidate.email:
        event.add("attendee", _person(session.candidate.email, session.candidate.name), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Viva//Interview//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(session))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def method_of(session: Session) -> Literal["REQUEST", "CANCEL"]:
    """What a calendar is asked to do with it (RFC 5546); an e-mail that carries it says the same."""
    return "CANCEL" if session.status == Session.Status.CANCELLED else "REQUEST"


def _summary(session: Session) -> str:
    """For which job and with whom, as it stands among other appointments."""
    facts, title = facts_of(session), session.title or "Interview"
    told = [one for one in (facts.role, facts.organisation) if one.casefold() not in title.casefold()]
    return _one_line(f"{title}: {', '.join(told)}" if told else title)


def _sequence(session: Session) -> int:
    """Grows with each change that is kept, and so with each new time; the standard asks for no more."""
    return max(0, int((session.updated_at - session.created_at).total_seconds()))


def _organizer(session: Session) -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    owner = session.organisation
    if owner is not None:
        name, address = owner.name, owner.contact_email or address
    return _person(address, name)


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    # A quote can't be written inside a parameter at all.
    person.params["cn"] = vText(_one_line(name).replace('"', "'"))
    return person


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
