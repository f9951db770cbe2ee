"""What a person may do in which organisation, by role; everything that organisations own asks here."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Membership, Organisation, Role, User

MAY_MAKE = frozenset({Role.ADMIN, Role.RECRUITER})


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Those whose objects `user` may read: all for a superuser."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(memberships__user=user)


def making_organisations(user: User) -> list[Organisation]:
    """Those in which `user` may make and change things, in the order they were joined."""
    mine = user.memberships.select_related("organisation").order_by("pk")
    return [one.organisation for one in mine.filter(role__in=MAY_MAKE)]


def may_make_in(user: User, organisation_id: int | None) -> bool:
    """Whether `user` may make and change what that organisation owns; reviewers and observers may not."""
    if user.is_superuser:
        return True
    if organisation_id is None:
        return False
    return user.memberships.filter(organisation_id=organisation_id, role__in=MAY_MAKE).exists()


def need_to_make(user: User, organisation_id: int | None) -> None:
    """Raises PermissionDenied for those who may only read what that organisation owns."""
    if not may_make_in(user, organisation_id):
        raise PermissionDenied("Your role may read this, but not change it.")


def organisation_to_make_in(user: User) -> Organisation:
    """The first organisation `user` may make things in. Raises PermissionDenied where a role only reads."""
    found = making_organisations(user)
    if found:
        return found[0]
    if user.memberships.exists():
        raise PermissionDenied("Your role may read this, but not make anything.")
    return make_personal_organisation(user)


@transaction.atomic
def make_personal_organisation(user: User) -> Organisation:
    """An organisation of their own, for somebody who is in none."""
    organisation = Organisation.objects.create(
        name=f"{user.display_name}'s interviews"[:120],
        contact_name=user.display_name[:120],
        contact_email=user.email,
    )
    Membership.objects.create(organisation=organisation, user=user, role=Role.ADMIN)
    return organisation
