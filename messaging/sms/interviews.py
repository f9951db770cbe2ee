"""Beginning and ending an interview by text: who may be asked, the first text, the last."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from hiring.phone_numbers import as_e164
from interviews.background.rows import want
from interviews.models import Session
from interviews.reporting.policy import policy_of
from messaging.links import notice_link
from messaging.models import SmsInterview
from messaging.sms.consent import asked, has_declined, is_opted_out
from messaging.sms.facts import facts_of
from messaging.sms.outgoing import Text, queue
from messaging.sms.quiet_hours import next_allowed, zone_of
from messaging.sms.texts import before_agreeing, consent_request, over

BEGIN = "sms.begin"
REMIND = "sms.remind"
BUSY = "Another interview is running over this number."
ASKED_FOR = timedelta(days=3)  # judged: who has not said YES by then no longer holds the number


class CannotBeginError(Exception):
    """Nobody can be texted for this session now: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@transaction.atomic
def begin_by_text(session: Session, number: str, now: datetime) -> SmsInterview:
    """Ask the number for a YES, in the morning where it is night there. Raises CannotBeginError.

    Codes: session_over, bad_phone, opted_out, declined, already_texting, number_busy.
    """
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_over:
        raise CannotBeginError("session_over", "The interview is over.")
    plain = as_e164(number)
    if plain is None:
        raise CannotBeginError("bad_phone", "Write the phone number with its country code: +14155550123.")
    if is_opted_out(plain):
        raise CannotBeginError(
            "opted_out", "This number has asked to get no more texts; only a START from it lifts that."
        )
    if has_declined(session, plain):
        raise CannotBeginError("declined", "They have said NO to this interview by text, and were told so.")
    _require_free(session, plain, now)
    zone = session.candidate.time_zone if session.candidate else "UTC"
    fresh = {"number": plain, "time_zone": zone, "status": SmsInterview.Status.WAITING, "end_reason": ""}
    interview, _ = SmsInterview.objects.update_or_create(
        session=session,
        defaults={**fresh, "parts": [], "parts_until": None, "not_known": 0, "sent_seq": 0},
    )
    session.preferred_channel = Session.Channel.SMS
    session.save(update_fields=["preferred_channel", "updated_at"])
    due_at = next_allowed(now, zone_of(zone), settings.SMS.quiet)
    if due_at > now:
        want(BEGIN, str(interview.pk), {"interview": interview.pk}, now=due_at)
    else:
        ask_for_consent(interview, now=now)
    if interview.status == SmsInterview.Status.ENDED:  # two began over this number at once
        raise CannotBeginError("number_busy", BUSY)
    return interview


def _require_free(session: Session, number: str, now: datetime) -> None:
    there = SmsInterview.objects.filter(number=number, status__in=SmsInterview.OPEN).select_for_update()
    for one in there:
        if one.status == SmsInterview.Status.ASKED and one.updated_at < now - ASKED_FOR:
            one.end("no_answer")
        elif one.session.is_over:  # the task that says so comes a little later; nobody need wait for it
            say_goodbye(one, is_said=one.session.end_reason == "completed", now=now)
    if SmsInterview.objects.filter(session=session, status__in=SmsInterview.OPEN).exists():
        raise CannotBeginError("already_texting", "This interview is being held by text already.")
    if there.filter(status__in=SmsInterview.OPEN).exists():
        raise CannotBeginError("number_busy", BUSY)


@transaction.atomic
def ask_for_consent(interview: SmsInterview, *, now: datetime) -> None:
    """Send the first text, unless something has changed since it was put off to the morning."""
    if interview.status != SmsInterview.Status.WAITING:
        return
    if interview.session.is_over or is_opted_out(interview.number):
        interview.end(interview.session.end_reason or "opted_out")
        return
    try:
        with transaction.atomic():
            interview.status = SmsInterview.Status.ASKED
            interview.save(update_fields=["status", "updated_at"])
    except IntegrityError:  # another one began over this number meanwhile
        interview.end("number_busy")
        return
    question = _question(interview.session)
    asked(interview.number, question, now=now)
    text = Text(question, "consent_request", f"{interview.pk}/consent/{_times_asked(interview)}")
    queue(interview.number, text, now=now, interview=interview)
    want_reminder(interview, now=now)


def _question(session: Session) -> str:
    facts = facts_of(session)
    told = before_agreeing(facts.organisation, policy_of(session).notice, notice_link(session))
    return consent_request(facts, told)


def _times_asked(interview: SmsInterview) -> int:
    return interview.session.messages.filter(kind="consent_request").count()


def known_interviews() -> QuerySet[SmsInterview]:
    """All, with whatever texts about them name."""
    return SmsInterview.objects.select_related("session__organisation", "session__candidate", "session__job")


def open_interviews(number: str) -> QuerySet[SmsInterview]:
    """The one that is held or asked for over this number, if any."""
    return known_interviews().filter(
        number=number, status__in=(SmsInterview.Status.ASKED, SmsInterview.Status.RUNNING)
    )


@transaction.atomic
def say_goodbye(interview: SmsInterview, *, is_said: bool, now: datetime) -> None:
    """The session is over. `is_said`: the interviewer has just said so by text."""
    session = interview.session
    was_texted = interview.status != SmsInterview.Status.WAITING
    interview.end(session.end_reason or str(session.status))
    if was_texted and not is_said and not is_opted_out(interview.number):
        body = over(facts_of(session), session.end_reason)
        text = Text(body, "closing", f"{interview.pk}/closing/{session.seq}")
        queue(interview.number, text, now=now, interview=interview)


def want_reminder(interview: SmsInterview, *, now: datetime) -> None:
    hours = settings.SMS.remind_after_hours
    if hours:
        due_at = now + timedelta(hours=hours)
        want(REMIND, str(interview.pk), {"interview": interview.pk}, now=due_at)
