"""Teams over the interface: members, invitations, and two who demote each other at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.mail import CONSOLE
from accounts.models import Membership, Organisation, Role, TeamInvitation, User
from accounts.team import give_role
from interviews.models import Task
from rest.errors import ApiError

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
PERSON = {"email": "nia@viva.example", "username": "nia", "password": "Correct-horse-7", "full_name": "Nia"}


@pytest.fixture
def admin(make_user: MakeUser) -> User:
    return make_user("ada", Role.ADMIN)


@pytest.fixture
def path(organisation: Organisation) -> str:
    return f"/api/team/{organisation.pk}/"


def test_ones_organisations_with_ones_role(as_user: Any, admin: User, make_user: MakeUser, told: Any) -> None:
    make_user("leo", Role.OBSERVER)
    read = told(as_user(admin).get("/api/team/"), 200)
    assert [(one["name"], one["role"], one["members"]) for one in read["results"]] == [("Acme", "admin", 2)]


def test_settings(as_user: Any, admin: User, path: str, told: Any) -> None:
    read = told(as_user(admin).patch(path, {"sealing": "rated", "retention_days": 30}), 200)
    assert (read["sealing"], read["retention_days"], read["name"]) == ("rated", 30, "Acme")
    for wrong in ({"sealing": "maybe"}, {"retention_days": 0}, {"name": ""}, {"collects_groups": "on"}):
        assert set(told(as_user(admin).patch(path, wrong), 400)["fields"]) == set(wrong)


def test_an_invitation_from_asking_to_joining(
    as_user: Any, anyone: Any, admin: User, path: str, told: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND, settings.REGISTRATION = CONSOLE, False
    client = as_user(admin)
    made = told(client.post(f"{path}invitations/", {"email": PERSON["email"], "role": "reviewer"}), 201)
    token = made["link"].rstrip("/").rpartition("/")[2]
    listed = told(client.get(f"{path}invitations/"), 200)["results"][0]
    assert (listed["status"], listed["invited_by"]) == ("open", "Ada")
    assert "link" not in listed
    other = {**PERSON, "email": "other@viva.example", "invitation": token}
    assert set(told(anyone.post("/api/auth/register/", other), 400)["fields"]) == {"email"}
    told(anyone.post("/api/auth/register/", {**PERSON, "invitation": token}), 201)
    nia = User.objects.get(username="nia")
    assert [(one.organisation.name, one.role) for one in nia.memberships.all()] == [("Acme", "reviewer")]
    assert told(as_user(nia).post("/api/team/join/", {"token": token}), 409)["code"] == "invitation_used"
    again = anyone.post("/api/auth/register/", {**PERSON, "username": "x", "invitation": token})
    assert told(again, 409)["code"] == "invitation_used"
    one = f"{path}invitations/{made['id']}/"
    assert told(client.post(f"{one}resend/"), 409)["code"] == "invitation_over"
    assert told(client.delete(one), 409)["code"] == "invitation_over"


def test_it_leaves_by_mail_where_there_is_one(as_user: Any, admin: User, path: str, told: Any) -> None:
    made = told(as_user(admin).post(f"{path}invitations/", {"email": "n@viva.example", "role": "admin"}), 201)
    assert made["link"] == ""
    assert Task.objects.get().kind == "mail.team_invitation"
    told(as_user(admin).post(f"{path}invitations/{made['id']}/resend/"), 200)


def test_an_unknown_link(as_user: Any, admin: User, anyone: Any, told: Any) -> None:
    assert told(as_user(admin).post("/api/team/join/", {"token": "x"}), 404)["code"] == "invitation_unknown"
    sent = {**PERSON, "invitation": "x"}
    assert told(anyone.post("/api/auth/register/", sent), 404)["code"] == "invitation_unknown"


def test_the_last_admin(as_user: Any, admin: User, make_user: MakeUser, path: str, told: Any) -> None:
    client, member = as_user(admin), f"{path}members/{admin.memberships.get().pk}/"
    assert told(client.patch(member, {"role": "reviewer"}), 409)["code"] == "last_admin"
    assert told(client.delete(member), 409)["code"] == "last_admin"
    make_user("bea", Role.ADMIN)
    assert client.delete(member).status_code == 204
    told(client.get(path), 404)


def test_people_may_leave_but_not_raise_themselves(
    as_user: Any, admin: User, make_user: MakeUser, path: str, told: Any
) -> None:
    leo = make_user("leo", Role.OBSERVER)
    own = f"{path}members/{leo.memberships.get().pk}/"
    told(as_user(leo).patch(own, {"role": "admin"}), 403)
    assert as_user(leo).delete(own).status_code == 204


def test_too_many_open_ones(as_user: Any, admin: User, path: str, told: Any) -> None:
    first = told(
        as_user(admin).post(f"{path}invitations/", {"email": "a@viva.example", "role": "admin"}), 201
    )
    kept = TeamInvitation.objects.get(pk=first["id"])
    for number in range(199):
        kept.pk, kept.email, kept.token_hash = None, f"{number}@viva.example", str(number)
        kept.save(force_insert=True)
    error = told(
        as_user(admin).post(f"{path}invitations/", {"email": "z@viva.example", "role": "admin"}), 400
    )
    assert set(error["fields"]) == {"email"}


@pytest.mark.django_db(transaction=True)
def test_two_who_demote_each_other_at_once(make_user: MakeUser, organisation: Organisation) -> None:
    ada, bea = make_user("ada", Role.ADMIN), make_user("bea", Role.ADMIN)
    together, refused = threading.Barrier(2), []

    def demote(by: User, other: User) -> None:
        together.wait()
        try:
            give_role(by, other.memberships.get(), Role.OBSERVER)
        except Exception as error:  # noqa: BLE001 (which one, is asserted below)
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((ada, bea), (bea, ada))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    assert Membership.objects.filter(role=Role.ADMIN).count() == 1
    assert not isinstance(refused[0], AssertionError | ApiError) or refused[0].status_code == 409
