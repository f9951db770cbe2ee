"""The team's page: who sees what, who changes what, and that somebody is always left to manage."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.mail import CONSOLE
from accounts.models import Membership, Organisation, Role, SecurityEvent, TeamInvitation, User
from interviews.models import Task

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
SignedIn = Callable[[User], Client]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def open_invitation(organisation: Organisation) -> TeamInvitation:
    return organisation.team_invitations.get(accepted_at=None, revoked_at=None)


@pytest.mark.parametrize("role", Role.values)
def test_everybody_sees_the_members_and_admins_what_they_manage(
    organisation: Organisation, make_user: MakeUser, signed_in: SignedIn, role: str
) -> None:
    make_user("zoe", Role.ADMIN)
    html = told(signed_in(make_user("mia", role)).get("/team/"))
    assert "zoe@acme.example" in html
    assert ("Save the settings" in html) == (role == Role.ADMIN)
    assert ("Withdraw" in html) is False


def test_strangers_find_nothing(
    organisation: Organisation, admin: User, stranger_user: User, signed_in: SignedIn
) -> None:
    client, member = signed_in(stranger_user), admin.memberships.get()
    assert client.get(f"/team/?organisation={organisation.pk}").status_code == 404
    for path in ("invite/", "settings/", f"members/{member.pk}/role/", f"members/{member.pk}/remove/"):
        assert client.post(f"/team/{organisation.pk}/{path}").status_code == 404, path
    # Somebody else's member is none of one's own team.
    own = stranger_user.memberships.get().organisation_id
    assert client.post(f"/team/{own}/members/{member.pk}/remove/").status_code == 404


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.REVIEWER, Role.OBSERVER])
def test_only_admins_manage(
    organisation: Organisation, admin: User, make_user: MakeUser, signed_in: SignedIn, role: str
) -> None:
    client, member = signed_in(make_user("mia", role)), admin.memberships.get()
    for path in ("invite/", "settings/", f"members/{member.pk}/role/", f"members/{member.pk}/remove/"):
        assert client.post(f"/team/{organisation.pk}/{path}").status_code == 403, path
    own = Membership.objects.get(user__username="mia")
    assert (
        client.post(f"/team/{organisation.pk}/members/{own.pk}/role/", {"role": "admin"}).status_code == 403
    )
    assert not TeamInvitation.objects.exists()


def test_an_invitation_is_mailed_where_mail_is_set(
    organisation: Organisation, admin: User, signed_in: SignedIn
) -> None:
    sent = {"email": "new@viva.example", "role": "reviewer"}
    html = told(signed_in(admin).post(f"/team/{organisation.pk}/invite/", sent, follow=True))
    assert "the e-mail is on its way" in html
    assert "/join/" not in html
    assert Task.objects.get().payload == {"invitation": open_invitation(organisation).pk}


def test_a_link_is_shown_once_where_none_is(
    organisation: Organisation, admin: User, signed_in: SignedIn, settings: Any
) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    client = signed_in(admin)
    sent = {"email": "new@viva.example", "role": "reviewer"}
    html = told(client.post(f"/team/{organisation.pk}/invite/", sent, follow=True))
    assert "http://localhost:8000/join/" in html
    assert "/join/" not in told(client.get("/team/"))
    assert not Task.objects.exists()


@pytest.mark.parametrize("email", ["nobody", "ADA@acme.example", "new@viva.example"])
def test_what_is_refused_stays_typed(
    organisation: Organisation, admin: User, signed_in: SignedIn, email: str
) -> None:
    client = signed_in(admin)
    client.post(f"/team/{organisation.pk}/invite/", {"email": "new@viva.example", "role": "admin"})
    html = told(client.post(f"/team/{organisation.pk}/invite/", {"email": email, "role": "observer"}))
    assert f'value="{email}"' in html
    assert 'aria-invalid="true"' in html
    assert TeamInvitation.objects.count() == 1


def test_an_expired_one_makes_way(organisation: Organisation, admin: User, signed_in: SignedIn) -> None:
    client, sent = signed_in(admin), {"email": "new@viva.example", "role": "admin"}
    client.post(f"/team/{organisation.pk}/invite/", sent)
    TeamInvitation.objects.update(expires_at=timezone.now())
    client.post(f"/team/{organisation.pk}/invite/", sent)
    assert (TeamInvitation.objects.count(), open_invitation(organisation).is_open(timezone.now())) == (
        2,
        True,
    )


def test_sent_again_it_has_another_link_and_a_week(
    organisation: Organisation, admin: User, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    client.post(f"/team/{organisation.pk}/invite/", {"email": "new@viva.example", "role": "admin"})
    first = open_invitation(organisation)
    TeamInvitation.objects.update(expires_at=timezone.now())
    client.post(f"/team/{organisation.pk}/invitations/{first.pk}/resend/")
    again = open_invitation(organisation)
    assert again.token_hash != first.token_hash
    assert again.expires_at > timezone.now() + timedelta(days=6)
    client.post(f"/team/{organisation.pk}/invitations/{first.pk}/revoke/")
    html = told(client.post(f"/team/{organisation.pk}/invitations/{first.pk}/resend/", follow=True))
    assert "withdrawn" in html


def test_the_last_admin_stays(
    organisation: Organisation, admin: User, make_user: MakeUser, signed_in: SignedIn
) -> None:
    client, mine = signed_in(admin), admin.memberships.get()
    for path, sent in (("role/", {"role": "observer"}), ("remove/", {})):
        html = told(client.post(f"/team/{organisation.pk}/members/{mine.pk}/{path}", sent, follow=True))
        assert "is the last admin" in html
    mine.refresh_from_db()
    assert mine.role == Role.ADMIN
    make_user("bea", Role.ADMIN)
    client.post(f"/team/{organisation.pk}/members/{mine.pk}/role/", {"role": "observer"})
    mine.refresh_from_db()
    assert mine.role == Role.OBSERVER
    assert SecurityEvent.objects.get(kind="role_changed").detail == f"admin to observer, by {admin.pk}"


def test_a_member_is_removed_after_being_asked_and_may_leave(
    organisation: Organisation, admin: User, make_user: MakeUser, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    mia, leo = make_user("mia"), make_user("leo", Role.OBSERVER)
    path = f"/team/{organisation.pk}/members/{mia.memberships.get().pk}/remove/"
    assert "Remove" in told(client.get(path))
    assert mia.memberships.exists()
    client.post(path)
    assert not mia.memberships.exists()
    own = f"/team/{organisation.pk}/members/{leo.memberships.get().pk}/remove/"
    leaving = signed_in(leo)
    assert "Leave" in told(leaving.get(own))
    assert "You have left Acme" in told(leaving.post(own, follow=True))


def test_settings_are_kept_or_refused_beside_their_field(
    organisation: Organisation, admin: User, signed_in: SignedIn
) -> None:
    client = signed_in(admin)
    sent = {
        "name": "Acme & Söhne",
        "contact_name": "Sam",
        "contact_email": "sam@acme.example",
        "retention_days": 30,
        "sealing": "rated",
        "collects_groups": "on",
    }
    client.post(f"/team/{organisation.pk}/settings/", sent)
    organisation.refresh_from_db()
    kept = (
        organisation.name,
        organisation.retention_days,
        organisation.sealing,
        organisation.collects_groups,
    )
    assert kept == ("Acme & Söhne", 30, "rated", True)
    html = told(
        client.post(f"/team/{organisation.pk}/settings/", {**sent, "retention_days": 0, "name": "Neu"})
    )
    assert 'value="Neu"' in html
    assert "Acme &amp; Söhne</h1>" in html


def test_each_of_ones_organisations_is_shown(
    organisation: Organisation, admin: User, signed_in: SignedIn
) -> None:
    other = Organisation.objects.create(name="Second house")
    Membership.objects.create(organisation=other, user=admin, role=Role.OBSERVER)
    client = signed_in(admin)
    assert "Second house" in told(client.get("/team/"))
    html = told(client.get(f"/team/?organisation={other.pk}"))
    assert "You are an observer" in html
    assert "Save the settings" not in html


def test_many_members_cost_no_more(
    organisation: Organisation,
    admin: User,
    make_user: MakeUser,
    signed_in: SignedIn,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(30):
        make_user(f"member{number}")
    client = signed_in(admin)
    with django_assert_max_num_queries(14):
        html = told(client.get("/team/"))
    assert "1 of 2" in html
