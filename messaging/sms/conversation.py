"""Carries an interview by text on: what was texted is said to the session's machine, its reply is texted.

Theory of operation. One task an interview, so nothing here runs twice at a time. It begins the session after
the YES, says an answer once nothing more has followed for a while, texts the interviewer's newest reply, and
ends when the session is over, wherever it ended.
"""

from datetime import datetime, timedelta

from django.db import transaction

from interviews.intents import detect_intent
from interviews.live.commands import MAX_ANSWER
from interviews.models import Session, Turn
from interviews.refusals import RefusedError
from messaging.models import SmsInterview
from messaging.sms import machine
from messaging.sms.consent import is_opted_out
from messaging.sms.incoming import want_turn
from messaging.sms.interviews import known_interviews, say_goodbye, want_reminder
from messaging.sms.machine import Came
from messaging.sms.outgoing import Text, queue
from messaging.sms.texts import ANOTHER_DAY, ON_A_BREAK, PERSON_SPEAKS, TOO_LONG, for_a_phone

LAST_WORDS = frozenset({"closing", "offer_accepted"})
LOOK_SOON = timedelta(seconds=3)  # a voice's own process is finding the reply
PATIENCE = timedelta(minutes=1)
LOOK_AGAIN_AFTER = timedelta(minutes=1)


class NotYetError(Exception):
    """The interviewer's reply is long in coming; the task is tried again."""


def advance(interview_id: int, *, now: datetime) -> None:
    """Do whatever is due in one interview. Raises NotYetError and RefusedError to be tried again."""
    interview = known_interviews().filter(pk=interview_id).first()
    if interview is None or interview.status == SmsInterview.Status.ENDED:
        return
    session = interview.session
    if session.is_over:
        say_goodbye(interview, is_said=False, now=now)
        return
    if interview.status != SmsInterview.Status.RUNNING or is_opted_out(interview.number):
        return
    came = _carry_on(interview, now)
    session.refresh_from_db()
    last = _tell_newest(interview, came, now)
    if last in LAST_WORDS and not machine.end_unheard(session, now=now):
        want_turn(interview, now=now + LOOK_AGAIN_AFTER)
    if session.is_over:
        is_said = last == "closing" or (last in LAST_WORDS and session.end_reason == "rescheduled")
        say_goodbye(interview, is_said=is_said, now=now)


def _carry_on(interview: SmsInterview, now: datetime) -> Came:
    session = interview.session
    if session.status == Session.Status.SCHEDULED:
        machine.begin(session, now=now)
        _forget_parts(interview, now)  # nothing had been asked yet
        return Came()
    if not interview.parts or interview.parts_until is None:
        return Came()
    if interview.parts_until > now:
        want_turn(interview, now=interview.parts_until)
        return Came()
    came = _say(interview, " ".join(part["text"] for part in interview.parts), now)
    _forget_parts(interview, now)
    return came


def _say(interview: SmsInterview, text: str, now: datetime) -> Came:
    first = interview.parts[0]["message"]
    if len(text) > MAX_ANSWER:
        too_long = Text(TOO_LONG, "too_long", f"too-long/{first}")
        queue(interview.number, too_long, now=now, interview=interview)
        return Came()
    not_known = interview.not_known + 1 if detect_intent(text) == "dont_know" else 0
    try:
        came = machine.answer(interview.session, text, reference=f"sms-{first}", not_known=not_known, now=now)
    except RefusedError as error:
        if error.code == "session_over":
            return Came()
        if error.code == "taken_over":  # said when the interviewer has the word again; once, they hear why
            wait = Text(PERSON_SPEAKS, "wait", f"taken-over/{first}")
            queue(interview.number, wait, now=now, interview=interview)
        raise
    interview.not_known = not_known
    return came


@transaction.atomic
def _forget_parts(interview: SmsInterview, now: datetime) -> None:
    """Those that were said; what came meanwhile begins the next answer."""
    said = {part["message"] for part in interview.parts}
    fresh = SmsInterview.objects.select_for_update().get(pk=interview.pk)
    interview.parts = [part for part in fresh.parts if part["message"] not in said]
    interview.parts_until = fresh.parts_until if interview.parts else None
    interview.save(update_fields=["parts", "parts_until", "not_known", "updated_at"])
    if interview.parts_until is not None:
        want_turn(interview, now=max(now, interview.parts_until))


@transaction.atomic
def _tell_newest(interview: SmsInterview, came: Came, now: datetime) -> str:
    """Text the newest reply, never those before it that were meant for a voice; gives its kind.

    "" while there is none. Raises NotYetError where it is long in coming.
    """
    turns = interview.session.turns.exclude(text="").order_by("-seq")
    newest = turns.filter(speaker=Turn.Speaker.INTERVIEWER).first()
    said = turns.filter(speaker=Turn.Speaker.CANDIDATE).first()
    if said is not None and said.seq > (newest.seq if newest else 0):
        _look_again(interview, said, now)
        return ""
    if newest is None:
        return ""
    if newest.seq > interview.sent_seq:
        _tell(interview, newest, came, now)
    return newest.kind


def _look_again(interview: SmsInterview, said: Turn, now: datetime) -> None:
    """Another process holds the session by voice and is finding the words."""
    if interview.session.is_over:
        return
    if now - said.at > PATIENCE:
        raise NotYetError
    want_turn(interview, now=now + LOOK_SOON)


def _tell(interview: SmsInterview, newest: Turn, came: Came, now: datetime) -> None:
    body = for_a_phone(newest.text)
    if came.is_break:
        body = ON_A_BREAK  # the interviewer's own words name a button
    elif came.is_another_day_offered:
        body = ANOTHER_DAY
    answered = interview.session.messages.filter(direction="in").order_by("-pk").values_list("pk", flat=True)
    key = f"{interview.pk}/reply/{newest.seq}/{answered.first() or 0}"
    queue(interview.number, Text(body, "reply", key), now=now, interview=interview)
    interview.sent_seq = newest.seq
    interview.save(update_fields=["sent_seq", "updated_at"])
    want_reminder(interview, now=now)
