"""Who may enter which session: guests by token, members of its organisation by account."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.access import may_make_in
from accounts.guest_tokens import hash_token
from accounts.models import Role, User
from interviews.models import Session
from rest.rows import find_referred

THERE = Q(deleted_at=None)


def find_session(reference: str) -> Session | None:
    """This will find a session by id or UUID alike; None where there is none or the reference is neither."""
    return find_referred(Session.objects.filter(THERE), reference)


def find_guest_session(token: str, now: datetime) -> Session | None:
    """This will find the one session that a guest token opens; None when unknown, revoked or expired."""
    if not token:
        return None
    alive = Q(token_expires_at__isnull=True) | Q(token_expires_at__gt=now)
    return Session.objects.filter(THERE, alive, token_hash=hash_token(token)).first()


def watchable_sessions(user: User) -> QuerySet[Session]:
    """This will give the sessions that `user` may watch: their organisations', or all for a superuser.

    What an organisation owns is not its maker's: who leaves it leaves that behind.
    """
    if user.is_superuser:
        return Session.objects.filter(THERE)
    mine = Q(organisation__memberships__user=user) | Q(owner=user, organisation=None)
    return Session.objects.filter(THERE, mine).distinct()


def may_command(user: User, session: Session) -> bool:
    """Whether `user` may do more than watch; reviewers and observers may not."""
    is_theirs_alone = session.organisation_id is None and session.owner_id == user.pk
    return is_theirs_alone or may_make_in(user, session.organisation_id)


def is_own(user: User, session: Session) -> bool:
    """Whether `user` made it and still leads there: it is theirs to give in the candidate's place.

    Who only reviews or observes by now is no candidate of what they once made.
    """
    return session.owner_id == user.pk and may_command(user, session)


def may_note(user: User, session: Session) -> bool:
    """Whether `user` may write notes and rate: whoever may command, and reviewers."""
    if may_command(user, session):
        return True
    return user.memberships.filter(organisation=session.organisation_id, role=Role.REVIEWER).exists()
