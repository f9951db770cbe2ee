"""Joining a team: signed in, by registering, and every link that opens nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, TeamInvitation, User
from accounts.team_invitations import invite_to_team, revoke_invitation
from accounts.team_links import token_of

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
SignedIn = Callable[[User], Client]
PERSON = {"full_name": "Nia Ito", "username": "nia", "password": "Correct-horse-7"}


@pytest.fixture
def invitation(organisation: Organisation, admin: User) -> TeamInvitation:
    return invite_to_team(admin, organisation, email="nia@viva.example", role="reviewer", now=timezone.now())


@pytest.fixture(autouse=True)
def _registration_closed(settings: Any) -> None:
    settings.REGISTRATION = False


def test_who_is_signed_in_joins_by_the_button(
    invitation: TeamInvitation, make_user: MakeUser, signed_in: SignedIn
) -> None:
    user = make_user("leo", at=None)
    client, path = signed_in(user), f"/join/{token_of(invitation)}/"
    html = client.get(path).content.decode()
    assert "another address" in html
    assert not user.memberships.exists()
    assert "as reviewer" in client.post(path, follow=True).content.decode()
    assert user.memberships.get().role == "reviewer"
    used = client.get(path)
    assert (used.status_code, "has been used" in used.content.decode()) == (410, True)


def test_who_belongs_there_keeps_the_role(
    invitation: TeamInvitation, admin: User, signed_in: SignedIn
) -> None:
    signed_in(admin).post(f"/join/{token_of(invitation)}/")
    assert admin.memberships.get().role == "admin"


def test_registering_works_where_it_is_closed_and_the_address_stands_fast(
    client: Client, invitation: TeamInvitation, organisation: Organisation
) -> None:
    path = f"/join/{token_of(invitation)}/"
    html = client.get(path).content.decode()
    assert f"{path}register/" in html
    assert f"/sign-in/?next={path}" in html
    assert client.post(path).status_code == 200  # nobody joins unnamed
    answer = client.post(f"{path}register/", {**PERSON, "email": "other@viva.example"}, follow=True)
    assert answer.redirect_chain == [(f"/team/?organisation={organisation.pk}", 302)]
    user = User.objects.get(username="nia")
    assert user.email == "nia@viva.example"
    assert [one.role for one in user.memberships.all()] == ["reviewer"]


def test_links_that_open_nothing(client: Client, invitation: TeamInvitation) -> None:
    path = f"/join/{token_of(invitation)}/"
    TeamInvitation.objects.update(expires_at=timezone.now())
    for address in (path, f"{path}register/"):
        assert "has expired" in client.get(address).content.decode()
    assert "has expired" in client.post(f"{path}register/", PERSON).content.decode()
    revoke_invitation(invitation, now=timezone.now())
    assert "withdrawn" in client.get(path).content.decode()
    unknown = client.get("/join/nothing/")
    assert (unknown.status_code, "does not exist" in unknown.content.decode()) == (404, True)
    assert User.objects.count() == 1


def test_links_are_not_guessed(client: Client, db: None) -> None:
    for _ in range(5):
        client.get("/join/nothing/")
    assert client.get("/join/nothing/").status_code == 429


def test_the_link_is_kept_nowhere(invitation: TeamInvitation) -> None:
    row = TeamInvitation.objects.values().get()
    assert token_of(invitation) not in str(row)
