"""Texts on their way in: kept as they came, then read one by one. Keywords first, then the interview.

Reading a text writes rows and nothing else, in one transaction, so it may be done again after a crash; what
needs the session's machine is a task of its own, one an interview (messaging.sms.conversation).
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from msgspec import Struct

from interviews.background.rows import want
from messaging.models import Message, SmsInterview
from messaging.sms.consent import is_opted_out, opt_in, opt_out
from messaging.sms.facts import facts_of
from messaging.sms.forgetting import want_forgetting
from messaging.sms.interviews import known_interviews, open_interviews
from messaging.sms.keywords import read_answer, read_keyword
from messaging.sms.outgoing import Text, queue
from messaging.sms.port import SmsSender
from messaging.sms.texts import (
    ASK_AGAIN,
    DECLINED,
    NO_WORDS,
    NOT_ASKED_ANY_MORE,
    OPTED_OUT,
    UNKNOWN,
    UNKNOWN_HELP,
    help_text,
    over,
)

RECEIVE = "sms.receive"
TURN = "sms.turn"
LONGEST_BODY = 20_000  # of one text; the carrier's own longest has 1,600
MOST_PARTS = 50
NO_STRANGER_FOR = timedelta(days=7)
DAY = timedelta(days=1)
MOST_STRANGERS = 300  # judged: answers a day to numbers that nobody invited


class Arrived(Struct, frozen=True):
    """One text as the carrier told of it."""

    provider_id: str
    sender: str
    to: str
    body: str


@transaction.atomic
def keep_arrived(arrived: Arrived, *, now: datetime) -> Message | None:
    """Keep a text and wish for it to be read; None where it had come before."""
    message, is_new = Message.objects.get_or_create(
        key=f"sms/in/{arrived.provider_id}",
        defaults={
            "channel": Message.Channel.SMS,
            "direction": Message.Direction.IN,
            "kind": "text",
            "to": arrived.to,
            "sender": arrived.sender,
            "body": arrived.body[:LONGEST_BODY],
            "status": Message.Status.RECEIVED,
            "provider_id": arrived.provider_id,
            "due_at": now,  # when it came; `sent_at` is when it was read
        },
    )
    if not is_new:
        return None
    want(RECEIVE, str(message.pk), {"message": message.pk}, now=now)
    return message


@transaction.atomic
def read(message_id: int, *, sender: SmsSender, now: datetime) -> None:
    """Do what one text asks for. Once: a second time, or when it has been forgotten, nothing happens."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.sent_at is not None:
        return
    interview = open_interviews(message.sender).select_for_update(of=("self",)).first()
    _note_read(message, interview, now)
    keyword = read_keyword(message.body)
    if keyword == "stop":
        _stop(message, sender, now)
    elif keyword == "start":
        _start_again(message, interview, now)
    elif is_opted_out(message.sender):
        return
    elif keyword == "help":
        _help(message, interview, now)
    elif interview is None:
        _answer_once_a_day(message, _to_a_stranger(message, now), now)
    elif not message.body.strip():
        _tell(message, NO_WORDS, "no_words", interview, now)
    elif interview.status == SmsInterview.Status.ASKED:
        _consent_answered(message, interview, now)
    else:
        add_part(interview, message, now=now)


def _note_read(message: Message, interview: SmsInterview | None, now: datetime) -> None:
    message.sent_at = now
    if interview is None:
        want_forgetting(message.sender, now=now)
    else:
        message.session = interview.session
        message.organisation = interview.session.organisation
        message.candidate = interview.session.candidate
    message.save(update_fields=["sent_at", "session", "organisation", "candidate"])


def _stop(message: Message, sender: SmsSender, now: datetime) -> None:
    """The interview stays where it is: START takes it up again until it is closed."""
    was_out = is_opted_out(message.sender)
    opt_out(message.sender, message.body.strip(), now=now)
    if not was_out and not sender.answers_stop:
        text = Text(OPTED_OUT, "opt_out", f"opt-out/{message.pk}")
        queue(message.sender, text, now=now)


def _start_again(message: Message, interview: SmsInterview | None, now: datetime) -> None:
    opt_in(message.sender, message.body.strip(), now=now)
    if interview is None:
        _answer_once_a_day(message, UNKNOWN, now)
    elif interview.status == SmsInterview.Status.ASKED:
        _tell(message, ASK_AGAIN, "consent_again", interview, now)
    else:
        interview.sent_seq = 0  # the newest thing the interviewer said is texted once more
        interview.save(update_fields=["sent_seq", "updated_at"])
        want_turn(interview, now=now)


def _help(message: Message, interview: SmsInterview | None, now: datetime) -> None:
    if interview is None:
        _answer_once_a_day(message, UNKNOWN_HELP, now)
    else:
        _tell(message, help_text(facts_of(interview.session)), "help", interview, now)


def _to_a_stranger(message: Message, now: datetime) -> str:
    """Whoever was interviewed a moment ago is no stranger yet."""
    ended = known_interviews().filter(
        number=message.sender, status=SmsInterview.Status.ENDED, updated_at__gt=now - NO_STRANGER_FOR
    )
    last = ended.first()
    return UNKNOWN if last is None else over(facts_of(last.session), last.end_reason)


def _answer_once_a_day(message: Message, body: str, now: datetime) -> None:
    """Each number once, and all together no more than a flood of invented numbers may cost."""
    today = Message.objects.filter(kind="unknown", direction=Message.Direction.OUT, due_at__gt=now - DAY)
    if today.count() >= MOST_STRANGERS:
        return
    day = now.astimezone(UTC).date().isoformat()
    queue(message.sender, Text(body, "unknown", f"unknown/{message.sender}/{day}"), now=now)


def _tell(message: Message, body: str, kind: str, interview: SmsInterview, now: datetime) -> None:
    queue(message.sender, Text(body, kind, f"{kind}/{message.pk}"), now=now, interview=interview)


def _consent_answered(message: Message, interview: SmsInterview, now: datetime) -> None:
    answer = read_answer(message.body)
    if answer is None:
        _tell(message, ASK_AGAIN, "consent_again", interview, now)
        return
    if answer == "no":
        _tell(message, DECLINED, "declined", interview, now)
        interview.end("declined")
        return
    if interview.session.is_over:
        _tell(message, NOT_ASKED_ANY_MORE, "closing", interview, now)
        interview.end(interview.session.end_reason)
        return
    opt_in(message.sender, message.body.strip(), now=now)
    interview.status = SmsInterview.Status.RUNNING
    interview.save(update_fields=["status", "updated_at"])
    want_turn(interview, now=now)


def add_part(interview: SmsInterview, message: Message, *, now: datetime) -> None:
    """More of an answer; it counts as whole when nothing follows for a while."""
    parts = [*interview.parts, {"message": message.pk, "text": message.body.strip()}][-MOST_PARTS:]
    interview.parts = sorted(parts, key=lambda part: part["message"])
    interview.parts_until = now + timedelta(seconds=settings.SMS.join_s)
    interview.save(update_fields=["parts", "parts_until", "updated_at"])
    want_turn(interview, now=interview.parts_until)


def want_turn(interview: SmsInterview, *, now: datetime) -> None:
    want(TURN, str(interview.pk), {"interview": interview.pk}, now=now)
