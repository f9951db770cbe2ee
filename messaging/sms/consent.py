"""What a number agreed to: asked, opted in with which words, opted out."""

from collections.abc import Iterable
from datetime import datetime

from interviews.models import Session
from messaging.models import PhoneConsent, SmsInterview

LONGEST_WORDS = 160


def is_opted_out(number: str) -> bool:
    return PhoneConsent.objects.filter(number=number, status=PhoneConsent.Status.OPTED_OUT).exists()


def opted_out_among(numbers: Iterable[str]) -> set[str]:
    """Those of `numbers` that may not be texted. One query."""
    rows = PhoneConsent.objects.filter(number__in=list(numbers), status=PhoneConsent.Status.OPTED_OUT)
    return set(rows.values_list("number", flat=True))


def has_declined(session: Session, number: str) -> bool:
    """Whether they said NO to this interview by text, and were told that no more texts come about it."""
    return SmsInterview.objects.filter(session=session, number=number, end_reason="declined").exists()


def asked(number: str, question: str, *, now: datetime) -> None:
    """The question is kept as it was sent, beside what will be answered."""
    _keep(number, status=PhoneConsent.Status.ASKED, question=question, asked_at=now)


def opt_in(number: str, words: str, *, now: datetime) -> None:
    _keep(number, status=PhoneConsent.Status.OPTED_IN, words=words[:LONGEST_WORDS], opted_in_at=now)


def opt_out(number: str, words: str, *, now: datetime) -> None:
    """For every organisation: nothing is texted there until the number itself says START."""
    _keep(number, status=PhoneConsent.Status.OPTED_OUT, words=words[:LONGEST_WORDS], opted_out_at=now)


def _keep(number: str, **values: object) -> None:
    PhoneConsent.objects.update_or_create(number=number, defaults=values)
