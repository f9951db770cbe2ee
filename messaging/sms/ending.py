"""Notices that a session ended elsewhere, so that whoever is interviewed by text hears of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from interviews.models import Session
from messaging.models import SmsInterview
from messaging.sms.incoming import want_turn

LOOK_AFTER = timedelta(seconds=30)  # where the last text ended it, that task says goodbye itself


def session_saved(*, instance: Session, **_: Any) -> None:
    """Receives every save of a session: the milestones tell of completed ones only, not of cancelled ones."""
    if not instance.is_over:
        return
    for interview in SmsInterview.objects.filter(session=instance, status__in=SmsInterview.OPEN):
        want_turn(interview, now=timezone.now() + LOOK_AFTER)
