"""One reminder for each silence, and never at night."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from interviews.background.rows import want
from messaging.models import Message, SmsInterview
from messaging.sms.facts import facts_of
from messaging.sms.interviews import REMIND
from messaging.sms.outgoing import Text, queue
from messaging.sms.texts import reminder


@transaction.atomic
def remind(interview: SmsInterview, *, now: datetime) -> None:
    """Text them where they owe us an answer since long enough and were not reminded of it yet."""
    hours = settings.SMS.remind_after_hours
    is_open = interview.status in {SmsInterview.Status.ASKED, SmsInterview.Status.RUNNING}
    if not hours or not is_open or interview.session.is_over:
        return
    texts = interview.session.messages.filter(channel=Message.Channel.SMS).order_by("-pk")
    ours = texts.filter(direction=Message.Direction.OUT).first()
    theirs = texts.filter(direction=Message.Direction.IN).first()
    if ours is None or ours.kind == "reminder" or (theirs is not None and theirs.pk > ours.pk):
        return
    due_at = (ours.sent_at or ours.due_at or now) + timedelta(hours=hours)
    if due_at > now:  # it was sent later than it was written
        want(REMIND, str(interview.pk), {"interview": interview.pk}, now=due_at)
        return
    body = reminder(facts_of(interview.session), is_running=interview.status == SmsInterview.Status.RUNNING)
    text = Text(body, "reminder", f"{interview.pk}/reminder/{ours.pk}")
    queue(interview.number, text, now=now, interview=interview)
