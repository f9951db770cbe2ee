"""Invites the candidate of one session: a new link, and a message by each way that was asked for."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from hiring.models import Interview
from hiring.phone_numbers import as_e164
from interviews.models import Session
from messaging.invitations.reminders import plan_reminders
from messaging.invitations.words import subject_of, text_of
from messaging.links import open_link
from messaging.mail.sending import want_mail
from messaging.models import Message
from messaging.sms.consent import has_declined, is_opted_out
from messaging.sms.outgoing import want_sending
from messaging.sms.quiet_hours import next_allowed, zone_of

EMAIL, SMS = "email", "sms"
CHANNELS = (EMAIL, SMS)


class Invitation(Struct, frozen=True, kw_only=True):
    """How somebody is invited; `message` is said in the e-mail."""

    channels: tuple[str, ...] = (EMAIL,)
    message: str = ""
    send_at: datetime | None = None


class Words(Struct, frozen=True, kw_only=True):
    """What is said to whom and how; two with one key are the same."""

    kind: str
    channel: str
    key: str
    to: str
    body: str


class CannotInviteError(Exception):
    """`channel` is empty where it is about the interview itself."""

    def __init__(self, message: str, channel: str = "") -> None:
        super().__init__(message)
        self.channel = channel


def address_for(session: Session, channel: str) -> str:
    """Where the candidate is reached. Raises CannotInviteError in words for the one who invites."""
    person = session.candidate
    if person is None:
        raise CannotInviteError("The session has no candidate: set its candidate_id first.", channel)
    if channel == EMAIL:
        if not person.email:
            raise CannotInviteError("The candidate has no e-mail address.", channel)
        return person.email
    number = as_e164(person.phone)
    if number is None:
        raise CannotInviteError("The candidate has no phone number with a country code.", channel)
    if is_opted_out(number):
        raise CannotInviteError("The candidate has opted out of texts.", channel)
    if has_declined(session, number):
        raise CannotInviteError("The candidate has said NO to texts about this interview.", channel)
    return number


@transaction.atomic
def invite(session: Session, invitation: Invitation, *, now: datetime) -> list[Message]:
    """Write the messages and wish for them to be sent; former links stop working at once.

    Raises CannotInviteError before anything is written.
    """
    if session.is_over:
        raise CannotInviteError("The interview is over.")
    addresses = {channel: address_for(session, channel) for channel in invitation.channels}
    due_at = max(now, invitation.send_at or now)
    mark = open_link(session, now, due_at)
    messages = [
        write(
            session,
            Words(
                kind="invitation",
                channel=channel,
                key=f"invitation/{session.pk}/{mark}/{channel}",
                to=to,
                body=text_of("invitation", channel, session, message=invitation.message),
            ),
            due_at=due_at,
            now=now,
        )
        for channel, to in addresses.items()
    ]
    plan_reminders(session, now)
    if session.round is not None:
        Interview.objects.filter(pk=session.round.interview_id, invited_at=None).update(invited_at=now)
    return messages


def write(session: Session, words: Words, *, due_at: datetime, now: datetime) -> Message:
    """One row and the wish to send it; nobody is texted at night."""
    zone = zone_of(session.candidate.time_zone if session.candidate is not None else "UTC")
    message, _ = Message.objects.get_or_create(
        key=words.key,
        defaults={
            "organisation": session.organisation,
            "session": session,
            "candidate": session.candidate,
            "channel": words.channel,
            "kind": words.kind,
            "to": words.to,
            "sender": settings.SMS.sender if words.channel == SMS else settings.DEFAULT_FROM_EMAIL,
            "subject": subject_of(words.kind, session) if words.channel == EMAIL else "",
            "body": words.body,
            "due_at": next_allowed(due_at, zone, settings.SMS.quiet) if words.channel == SMS else due_at,
        },
    )
    if words.channel == SMS:
        want_sending(words.to, now)
    else:
        want_mail(message, now)
    return message
