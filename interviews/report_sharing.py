"""Links by which people without an account read one edition of a report, until they expire or are revoked."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import F
from django.utils import timezone
from msgspec import Struct

from accounts import security
from accounts.access import MAY_MAKE
from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, User
from interviews.models import ReportShare, Session
from interviews.retention import ERASED, is_erased
from interviews.sealed_editions import is_sealed_for
from interviews.sealing import SENTENCE
from reports.content import Edition

MOST_DAYS, USUAL_DAYS = 90, 14
MOST_SHARES = 50  # of one report, those that were revoked included
KIND = "report_link"  # in the security log


class Door(Enum):
    """What became of a link."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OPEN = "open"


class ShareError(Exception):
    """It can't be shared: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Made(Struct, frozen=True):
    """A new link. The token is nowhere else."""

    share: ReportShare
    token: str

    @property
    def path(self) -> str:
        return f"/shared/report/{self.token}/"


def share_report(
    session: Session, edition: Edition, *, days: int, by: User, now: datetime, request: Any = None
) -> Made:
    """Make a link. Nobody hands on what is still sealed for themselves. Raises ShareError."""
    if not session.is_over:
        raise ShareError("not_over", "There is a report once the interview is over.")
    if is_erased(session):
        raise ShareError("erased", ERASED)
    if is_sealed_for(by, session, edition):
        raise ShareError("sealed", SENTENCE)
    if session.report_shares.count() >= MOST_SHARES:
        raise ShareError("too_many", f"{MOST_SHARES} links have been made to this report; that is the most.")
    token = new_token()
    share = ReportShare.objects.create(
        session=session,
        edition=edition,
        token_hash=hash_token(token),
        made_by=by,
        made_by_name=by.display_name[:200],
        expires_at=now + timedelta(days=days),
    )
    security.note(KIND, request=request, user=by, detail=f"made {share.pk}, {edition}")
    return Made(share, token)


def revoke(share: ReportShare, *, by: User, now: datetime, request: Any = None) -> None:
    """From now on it opens nothing. Twice does no harm."""
    if ReportShare.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=now):
        security.note(KIND, request=request, user=by, detail=f"revoked {share.pk}")


def close_at_parting(sender: object, instance: Membership, **_: Any) -> None:
    """Receives Django's pre_delete: who shared them knows their addresses, and would go on reading."""
    _close_of(instance)


def close_at_demotion(sender: object, instance: Membership, created: bool, **_: Any) -> None:
    """Receives Django's post_save."""
    if not created and instance.role not in MAY_MAKE:
        _close_of(instance)


def close_at_switching_off(sender: object, instance: User, created: bool, **_: Any) -> None:
    """Receives Django's post_save of an account."""
    if not created and not instance.is_active:
        for member in instance.memberships.all():
            _close_of(member)


def _close_of(member: Membership) -> None:
    theirs = ReportShare.objects.filter(
        made_by=member.user_id, session__organisation=member.organisation_id, revoked_at=None
    )
    if count := theirs.update(revoked_at=timezone.now()):  # no name with it: the account may go as well
        security.note(KIND, detail=f"revoked {count}, who made them may share no more")


def find_share(token: str, now: datetime) -> tuple[Door, ReportShare | None]:
    """What `token` opens now; the share only where it is open."""
    rows = ReportShare.objects.select_related("session__organisation", "session__job")
    share = rows.filter(token_hash=hash_token(token), session__deleted_at=None).first()
    if share is None:
        return Door.UNKNOWN, None
    if share.revoked_at is not None:
        return Door.REVOKED, None
    return (Door.EXPIRED, None) if share.expires_at <= now else (Door.OPEN, share)


def count_opening(share: ReportShare, *, now: datetime, request: Any = None) -> None:
    """Note that the report was read by it."""
    rows = ReportShare.objects.filter(pk=share.pk)
    rows.update(opened=F("opened") + 1, last_opened_at=now)
    security.note(KIND, request=request, detail=f"opened {share.pk}, {share.edition}")


def note_refusal(door: Door, *, request: Any = None) -> None:
    security.note(KIND, security.Outcome.REFUSED, request=request, detail=door.value)
