"""Open links: one for each job, by which whoever has it gets an interview, until it is closed or used up."""

from datetime import datetime
from enum import Enum

from django.db import transaction

from accounts.guest_tokens import hash_token, new_token
from accounts.models import User
from hiring.models import Job, OpenLink, Plan


class LinkState(Enum):
    """What a link lets anybody do now."""

    OPEN = "open"
    REVOKED = "revoked"
    EXPIRED = "expired"
    FULL = "full"


class ClosedError(Exception):
    """The link lets nobody in any more; `state` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(f"The link is {state.value}.")
        self.state = state


def state_of(link: OpenLink, now: datetime) -> LinkState:
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.FULL if link.uses >= link.most_uses else LinkState.OPEN


@transaction.atomic
def make_link(
    job: Job, plan: Plan, *, by: User, expires_at: datetime, most_uses: int, now: datetime
) -> tuple[OpenLink, str]:
    """The job's link with its token, which is shown now and never again; a former one stops working."""
    token = new_token()
    facts = {
        "plan": plan.first or plan,
        "token_hash": hash_token(token),
        "expires_at": expires_at,
        "most_uses": most_uses,
        "uses": 0,
        "revoked_at": None,
        "made_by": by,
        "created_at": now,
    }
    link, _ = OpenLink.objects.update_or_create(job=job, defaults=facts)
    return link, token


def find_link(token: str) -> OpenLink | None:
    """Of whatever state."""
    rows = OpenLink.objects.select_related("job__organisation", "plan__organisation", "made_by")
    return rows.filter(token_hash=hash_token(token)).first() if token else None


def link_of_job(job: Job) -> OpenLink | None:
    return OpenLink.objects.select_related("plan", "made_by").filter(job=job).first()


def revoke_link(link: OpenLink, now: datetime) -> None:
    """After this it opens nothing; who has begun goes on."""
    OpenLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def use_link(link: OpenLink, now: datetime) -> None:
    """Count one more who came by it. Raises ClosedError, also where it was closed or renewed meanwhile."""
    row = OpenLink.objects.select_for_update().filter(pk=link.pk, token_hash=link.token_hash).first()
    state = state_of(row, now) if row is not None else LinkState.REVOKED
    if row is None or state is not LinkState.OPEN:
        raise ClosedError(state)
    row.uses += 1
    row.save(update_fields=["uses"])
