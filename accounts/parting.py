"""What somebody sent in an organisation's name ends with their right to send it, however they lost it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save, pre_delete
from django.utils import timezone

from accounts.models import Membership, Role, TeamInvitation, User
from accounts.security import note


def listen() -> None:
    """By signals of the rows, so that the admin's pages and a deleted account count as well."""
    pre_delete.connect(_left, sender=Membership, dispatch_uid="accounts.parting.left")
    post_save.connect(_changed, sender=Membership, dispatch_uid="accounts.parting.changed")
    post_save.connect(_switched_off, sender=User, dispatch_uid="accounts.parting.switched_off")


def _left(sender: object, instance: Membership, **_: Any) -> None:
    """Those to their own address, too: it is no way back in."""
    _close(instance, Q(invited_by=instance.user_id) | Q(email__iexact=instance.user.email), timezone.now())


def _changed(sender: object, instance: Membership, created: bool, **_: Any) -> None:
    if not created and instance.role != Role.ADMIN:
        _close(instance, Q(invited_by=instance.user_id), timezone.now())


def _switched_off(sender: object, instance: User, created: bool, **_: Any) -> None:
    if not created and not instance.is_active:
        for member in instance.memberships.all():
            _close(member, Q(invited_by=instance.pk), timezone.now())


def _close(member: Membership, which: Q, now: datetime) -> None:
    waiting = TeamInvitation.objects.filter(
        which, organisation=member.organisation_id, accepted_at=None, revoked_at=None
    )
    if count := waiting.update(revoked_at=now):  # no name with it: the account may go in the same moment
        note("team_invitation", detail=f"withdrawn: {count}, who sent them may invite no more")
