"""Which organisations' candidates a person may reach, and who may undo what people decided."""

from collections.abc import Collection

from accounts.models import Membership, Role, User

READ_CONTACTS = frozenset({Role.ADMIN, Role.RECRUITER, Role.REVIEWER})


def unreachable_organisations(user: User) -> set[int]:
    """Those whose candidates `user` sees by name alone: they only observe there."""
    return set() if user.is_superuser else _organisations_without(user, READ_CONTACTS)


def may_read_contacts(user: User, organisation_id: int) -> bool:
    """Whether `user` may read how a candidate is reached, and their résumé."""
    return user.is_superuser or _has_role(user, organisation_id, READ_CONTACTS)


def may_erase_decisions(user: User, organisation_id: int) -> bool:
    return user.is_superuser or _has_role(user, organisation_id, (Role.ADMIN,))


def _has_role(user: User, organisation_id: int, roles: Collection[str]) -> bool:
    return user.memberships.filter(organisation_id=organisation_id, role__in=roles).exists()


def _organisations_without(user: User, roles: Collection[str]) -> set[int]:
    others = Membership.objects.filter(user=user).exclude(role__in=roles)
    return set(others.values_list("organisation_id", flat=True))
