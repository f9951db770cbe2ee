"""Inviting people into a team: asked by an admin, open for a week, used once."""

from datetime import datetime, timedelta

from django.db import transaction
from rest_framework import serializers

from accounts.mail import invitation_wanted, is_mail_set
from accounts.models import Membership, Organisation, TeamInvitation, User
from accounts.security import note
from accounts.team import need_to_manage
from accounts.team_links import find_invitation, give_link
from rest.errors import ApiError

OPEN_FOR = timedelta(days=7)
MOST_OPEN = 200  # per organisation: each reaches somebody who did not ask
WHY_CLOSED = {
    "unknown": "This invitation does not exist, or was sent again since: use the newest link.",
    "revoked": "This invitation was withdrawn.",
    "used": "This invitation has been used.",
    "expired": "This invitation has expired. Ask for a new one.",
}


@transaction.atomic
def invite_to_team(
    by: User, organisation: Organisation, *, email: str, role: str, now: datetime, request: object = None
) -> TeamInvitation:
    """The caller has asked `need_to_manage`. Raises ValidationError at `email`, PermissionDenied."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    need_to_manage(by, organisation.pk)  # they may have been removed a moment ago
    _need_to_be_new(organisation, email, now)
    invitation = TeamInvitation(
        organisation=organisation, email=email, role=role, invited_by=by, expires_at=now + OPEN_FOR
    )
    give_link(invitation)
    invitation.save()
    note("team_invitation", request=request, user=by, detail=f"as {role}")
    _send(invitation)
    return invitation


@transaction.atomic
def invite_again(invitation: TeamInvitation, *, by: User, now: datetime) -> TeamInvitation:
    """Another link, open for a week, for which `by` stands from now on; the former one stops working.

    Raises ApiError where it is over.
    """
    found = _locked(invitation)
    if found.accepted_at is not None or found.revoked_at is not None:
        raise ApiError(409, "invitation_over", WHY_CLOSED[why_closed(found, now)])
    give_link(found)
    found.expires_at, found.invited_by = now + OPEN_FOR, by
    found.save(update_fields=["mark", "token_hash", "expires_at", "invited_by"])
    _send(found)
    return found


@transaction.atomic
def revoke_invitation(invitation: TeamInvitation, *, now: datetime) -> None:
    """Twice does no harm. Raises ApiError where somebody has joined by it."""
    found = _locked(invitation)
    if found.accepted_at is not None:
        raise ApiError(409, "invitation_over", WHY_CLOSED["used"])
    if found.revoked_at is None:
        found.revoked_at = now
        found.save(update_fields=["revoked_at"])


@transaction.atomic
def join_team(user: User, token: str, *, now: datetime, request: object = None) -> Membership:
    """Raises ApiError where the link opens nothing. Whoever belongs there already keeps their role."""
    known = find_invitation(token)
    found = _locked(known) if known is not None else None
    why = why_closed(found, now)
    if found is None or why:
        raise ApiError(404 if found is None else 409, f"invitation_{why}", WHY_CLOSED[why])
    found.accepted_at, found.accepted_by = now, user
    found.save(update_fields=["accepted_at", "accepted_by"])
    member, _ = Membership.objects.get_or_create(
        organisation_id=found.organisation_id, user=user, defaults={"role": found.role}
    )
    note("joined_team", request=request, user=user, detail=f"as {member.role}")
    return member


def why_closed(invitation: TeamInvitation | None, now: datetime) -> str:
    """A key of WHY_CLOSED; "" where it is open."""
    if invitation is None:
        return "unknown"
    if invitation.revoked_at is not None:
        return "revoked"
    if invitation.accepted_at is not None:
        return "used"
    return "" if now < invitation.expires_at else "expired"


def _locked(invitation: TeamInvitation) -> TeamInvitation:
    rows = TeamInvitation.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=invitation.pk)


def _need_to_be_new(organisation: Organisation, email: str, now: datetime) -> None:
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise serializers.ValidationError({"email": "This person belongs to the team already."})
    waiting = organisation.team_invitations.filter(accepted_at=None, revoked_at=None)
    same = waiting.filter(email__iexact=email).first()
    if same is not None and same.is_open(now):
        told = "This address has an open invitation: send that one again, or withdraw it first."
        raise serializers.ValidationError({"email": told})
    if same is not None:  # it ran out, and makes way
        same.revoked_at = now
        same.save(update_fields=["revoked_at"])
    if waiting.count() >= MOST_OPEN:
        raise serializers.ValidationError(
            {"email": f"{MOST_OPEN} invitations are open; withdraw some that nobody will use."}
        )


def _send(invitation: TeamInvitation) -> None:
    if is_mail_set():
        invitation_wanted.send(sender=TeamInvitation, invitation_id=invitation.pk)
