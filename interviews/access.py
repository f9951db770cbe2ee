"""Who may enter which session: guests by token, members of its organisation by account."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.guest_tokens import hash_token
from accounts.models import Role, User
from interviews.models import Session

MAY_COMMAND = frozenset({Role.ADMIN, Role.RECRUITER})


def find_session(reference: str) -> Session | None:
    """This will find a session by id or UUID alike; None where there is none or the reference is neither."""
    if reference.isascii() and reference.isdigit() and len(reference) < 19:
        return Session.objects.filter(pk=int(reference)).first()
    try:
        return Session.objects.filter(uuid=UUID(reference)).first()
    except ValueError:
        return None


def find_guest_session(token: str, now: datetime) -> Session | None:
    """This will find the one session that a guest token opens; None when unknown, revoked or expired."""
    if not token:
        return None
    alive = Q(token_expires_at__isnull=True) | Q(token_expires_at__gt=now)
    return Session.objects.filter(alive, token_hash=hash_token(token)).first()


def watchable_sessions(user: User) -> QuerySet[Session]:
    """This will give the sessions that `user` may watch: their organisations', or all for a superuser."""
    if user.is_superuser:
        return Session.objects.all()
    return Session.objects.filter(Q(organisation__memberships__user=user) | Q(owner=user)).distinct()


def may_command(user: User, session: Session) -> bool:
    """Whether `user` may do more than watch; reviewers and observers may not."""
    if user.is_superuser or session.owner_id == user.pk:
        return True
    if session.organisation_id is None:
        return False
    return user.memberships.filter(organisation_id=session.organisation_id, role__in=MAY_COMMAND).exists()
