"""Invitations end with their sender's right to invite, however they lost it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, SecurityEvent, TeamInvitation, User
from accounts.team import give_role, remove_member
from accounts.team_invitations import invite_again, invite_to_team, join_team
from accounts.team_links import token_of
from rest.errors import ApiError

pytestmark = pytest.mark.django_db
NOW = timezone.now()
End = Callable[[User, Membership], object]


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(name="Acme")


@pytest.fixture
def ada(organisation: Organisation) -> User:
    return member("ada", organisation)


@pytest.fixture
def bea(organisation: Organisation) -> User:
    return member("bea", organisation)


def member(name: str, organisation: Organisation) -> User:
    user = User.objects.create_user(name, f"{name}@acme.example", "a long secret")
    Membership.objects.create(organisation=organisation, user=user, role=Role.ADMIN)
    return user


def invite(by: User, organisation: Organisation, email: str = "new@acme.example") -> TeamInvitation:
    return invite_to_team(by, organisation, email=email, role=Role.ADMIN, now=NOW)


@pytest.mark.parametrize(
    "end",
    [
        remove_member,
        lambda by, found: remove_member(found.user, found),
        lambda by, found: give_role(by, found, Role.RECRUITER),
        lambda by, found: found.delete(),
        lambda by, found: found.user.delete(),
    ],
    ids=["removed", "left", "demoted", "by the admin's pages", "account deleted"],
)
def test_nobody_comes_back_by_an_invitation_of_their_own(
    organisation: Organisation, ada: User, bea: User, end: End
) -> None:
    theirs, other = invite(ada, organisation), invite(bea, organisation, "other@acme.example")
    elsewhere = Organisation.objects.create(name="Elsewhere")
    Membership.objects.create(organisation=elsewhere, user=ada, role=Role.ADMIN)
    kept = invite(ada, elsewhere)
    end(bea, ada.memberships.get(organisation=organisation))
    with pytest.raises(ApiError):
        join_team(User.objects.create_user("eve", "eve@viva.example", "x"), token_of(theirs), now=NOW)
    assert TeamInvitation.objects.get(pk=other.pk).is_open(NOW)
    if User.objects.filter(username="ada").exists():
        assert TeamInvitation.objects.get(pk=kept.pk).is_open(NOW)
    assert SecurityEvent.objects.filter(kind="team_invitation", detail__startswith="withdrawn: 1").exists()


def test_one_that_waits_for_whoever_is_removed_is_closed_too(
    organisation: Organisation, ada: User, bea: User
) -> None:
    waiting = TeamInvitation(
        organisation=organisation, email="ADA@acme.example", role=Role.ADMIN, invited_by=bea, expires_at=NOW
    )
    waiting.save()
    remove_member(bea, ada.memberships.get())
    waiting.refresh_from_db()
    assert waiting.revoked_at is not None


def test_who_sends_it_again_stands_for_it(organisation: Organisation, ada: User, bea: User) -> None:
    sent = invite(ada, organisation)
    invite_again(sent, by=bea, now=NOW)
    remove_member(bea, ada.memberships.get())
    sent.refresh_from_db()
    assert sent.is_open(NOW)


def test_a_role_that_stays_ends_nothing(organisation: Organisation, ada: User, bea: User) -> None:
    sent = invite(ada, organisation)
    give_role(bea, ada.memberships.get(), Role.ADMIN)
    sent.refresh_from_db()
    assert sent.is_open(NOW)


def test_who_was_removed_a_moment_ago_invites_nobody(
    organisation: Organisation, ada: User, bea: User
) -> None:
    remove_member(bea, ada.memberships.get())
    with pytest.raises(PermissionDenied):
        invite(ada, organisation)


def test_an_account_that_is_switched_off_has_nothing_open(organisation: Organisation, ada: User) -> None:
    sent = invite(ada, organisation)
    ada.save()
    assert TeamInvitation.objects.get(pk=sent.pk).is_open(NOW)
    ada.is_active = False
    ada.save()
    assert not TeamInvitation.objects.get(pk=sent.pk).is_open(NOW)
