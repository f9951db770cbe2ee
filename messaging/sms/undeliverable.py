"""What follows when texts to a number are refused for good: its interview stops, and people are told."""

from datetime import datetime

from interviews.models import Note
from messaging.models import SmsInterview
from messaging.sms.consent import opt_out
from messaging.sms.port import UNSUBSCRIBED

OWN_LIMITS = frozenset({"opted_out", "daily_limit", "superseded"})  # ours: it goes on when they allow it


def stop_interviews(number: str, code: str, *, now: datetime) -> None:
    """Called in the transaction that keeps the failure."""
    if code in OWN_LIMITS:
        return
    if code == UNSUBSCRIBED:  # they told the carrier; what they told it counts as told to us
        opt_out(number, "", now=now)
        return
    for interview in SmsInterview.objects.filter(number=number, status__in=SmsInterview.OPEN):
        interview.end("undeliverable")
        Note.objects.create(
            session=interview.session,
            author_name="Text messages",
            text=f"The texts could not be delivered (code {code}), so the interview by text has stopped.",
        )
