"""Finds the interview that a page of a review is about; a stranger's does not exist."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from interviews.access import watchable_sessions
from interviews.api.entering import Entry
from web.console.members import MemberRequest


def enter_review(user: User, uuid: UUID) -> Entry:
    """Raises Http404 for a stranger's as for none."""
    rows = watchable_sessions(user).select_related("organisation", "job", "round__interview", "candidate")
    session = rows.filter(uuid=uuid).first()
    if session is None:
        raise Http404
    return Entry(session, user)


def enter_to_rate(user: User, uuid: UUID) -> Entry:
    """Raises PermissionDenied for those who only watch."""
    entry = enter_review(user, uuid)
    if not entry.may_note:
        raise PermissionDenied("You may read this review, but not rate, note or override.")
    return entry


def enter_to_lead(user: User, uuid: UUID) -> Entry:
    """Raises PermissionDenied for those who may not lead interviews."""
    entry = enter_review(user, uuid)
    if not entry.may_command:
        raise PermissionDenied("This is for those who lead interviews.")
    return entry


def is_partial(request: MemberRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"
