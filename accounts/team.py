"""The people of an organisation: their roles, who leaves, and that somebody is always left to manage it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Membership, Organisation, Role, User
from accounts.security import note
from rest.errors import ApiError

ONLY_ADMINS = "Only an admin of the organisation may do this."
LAST_ADMIN = "{name} is the last admin. Make somebody else an admin first."


def may_manage(user: User, organisation_id: int) -> bool:
    """Whether `user` may change who belongs to that organisation, and what it is set to."""
    if user.is_superuser:
        return True
    return user.memberships.filter(organisation_id=organisation_id, role=Role.ADMIN).exists()


def need_to_manage(user: User, organisation_id: int) -> None:
    """Raises PermissionDenied."""
    if not may_manage(user, organisation_id):
        raise PermissionDenied(ONLY_ADMINS)


@transaction.atomic
def give_role(by: User, member: Membership, role: str, *, request: object = None) -> Membership:
    """Raises PermissionDenied, and ApiError where nobody would be left to manage."""
    member = _locked(member)
    need_to_manage(by, member.organisation_id)
    if role != Role.ADMIN:
        _need_another_admin(member)
    if member.role != role:
        note("role_changed", request=request, user=member.user, detail=f"{member.role} to {role}, by {by.pk}")
        member.role = role
        member.save(update_fields=["role"])
    return member


@transaction.atomic
def remove_member(by: User, member: Membership, *, request: object = None) -> None:
    """Their work stays. People may remove themselves. Raises as `give_role` does."""
    member = _locked(member)
    if by.pk != member.user_id:
        need_to_manage(by, member.organisation_id)
    _need_another_admin(member)
    if by.pk == member.user_id:
        note("left_team", request=request, user=member.user)
    else:
        note("removed_from_team", request=request, user=member.user, detail=f"by {by.pk}")
    member.delete()


@transaction.atomic
def change_organisation(
    by: User, organisation: Organisation, changes: dict[str, Any], *, request: object = None
) -> None:
    """Only what is named. Raises PermissionDenied."""
    need_to_manage(by, organisation.pk)
    for name, value in changes.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changes))
    note("organisation_changed", request=request, user=by, detail=", ".join(sorted(changes)))


def _locked(member: Membership) -> Membership:
    """Read again under the organisation's lock: of two who demote each other, one comes second."""
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    found = Membership.objects.select_related("user", "organisation").filter(pk=member.pk).first()
    if found is None:
        raise ApiError(404, "not_found", "This person has left already.")
    return found


def _need_another_admin(member: Membership) -> None:
    admins = Membership.objects.filter(organisation_id=member.organisation_id, role=Role.ADMIN)
    if member.role == Role.ADMIN and not admins.exclude(pk=member.pk).exists():
        raise ApiError(409, "last_admin", LAST_ADMIN.format(name=member.user.display_name))
