"""What is said about requests: their names, and when they are due."""

from datetime import datetime

from django.utils import timezone

from interviews.models import Request

Kind = Request.Kind
NAMES = {
    Kind.PERSON: "A person instead of the AI",
    Kind.ACCOMMODATION: "Something that makes it easier",
    Kind.REVIEW: "A person looks at the result",
    Kind.EXPORT: "A copy of their data",
    Kind.DELETION: "Their data deleted",
}


def name_of(kind: str) -> str:
    return NAMES[Kind(kind)]


def due_words(request: Request, now: datetime) -> str:
    """How long there is, or how late it is, in whole days; "" where it was answered."""
    if request.status != Request.Status.OPEN or request.due_at is None:
        return ""
    days = (timezone.localtime(request.due_at).date() - timezone.localtime(now).date()).days
    if request.due_at < now:
        return "Overdue" if days == 0 else f"Overdue by {_days(-days)}"
    if days == 0:
        return "Due today"
    return "Due tomorrow" if days == 1 else f"Due in {_days(days)}"


def age_words(request: Request, now: datetime) -> str:
    """How long ago it was asked."""
    days = (timezone.localtime(now).date() - timezone.localtime(request.created_at).date()).days
    return {0: "Today", 1: "Yesterday"}.get(days, f"{_days(days)} ago")


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
