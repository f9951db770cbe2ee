"""The monitor is for people with an account; what each may do there follows their role."""

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, Role, User
from interviews.guest_cookie import cookie_name


def test_strangers_are_asked_to_sign_in(client: Client, make_interview) -> None:
    session, _ = make_interview()
    for path in ("/monitor/", f"/monitor/{session.uuid}/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={path}"


def test_a_candidates_cookie_opens_no_monitor(client: Client, make_interview) -> None:
    session, token = make_interview()
    client.cookies[cookie_name(session.uuid)] = token
    assert client.get(f"/monitor/{session.uuid}/").status_code == 302


def test_signing_in_leads_to_the_list(client: Client, recruiter: User, make_interview) -> None:
    make_interview()
    answer = client.post("/sign-in/", {"username": "dana", "password": "long-enough-secret"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/monitor/"
    assert "Zoë Ł." in answer.content.decode()


def test_a_wrong_password_is_told_in_a_sentence(client: Client, recruiter: User) -> None:
    answer = client.post("/sign-in/", {"username": "dana", "password": "wrong"})
    assert "go together" in answer.content.decode()


def test_signing_out_needs_a_post(client: Client, recruiter: User) -> None:
    client.force_login(recruiter)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"


def test_a_strangers_interview_does_not_exist(client: Client, recruiter: User, make_interview) -> None:
    others = Organisation.objects.create(name="Elsewhere")
    client.force_login(recruiter)
    for organisation in (None, others):
        session, _ = make_interview(organisation=organisation)
        assert client.get(f"/monitor/{session.uuid}/").status_code == 404
    assert "Zoë" not in client.get("/monitor/").content.decode()


@pytest.mark.parametrize(
    ("role", "may_step_in", "may_rate"),
    [
        (Role.ADMIN, True, True),
        (Role.RECRUITER, True, True),
        (Role.REVIEWER, False, True),
        (Role.OBSERVER, False, False),
    ],
)
def test_each_role_gets_what_it_may_use(
    client: Client, recruiter: User, make_interview, role: Role, may_step_in: bool, may_rate: bool
) -> None:
    session, _ = make_interview()
    Membership.objects.filter(user=recruiter).update(role=role)
    client.force_login(recruiter)
    shown = client.get(f"/monitor/{session.uuid}/").content.decode()
    assert ("Take over" in shown) == may_step_in
    assert ("You may watch this interview" in shown) != may_step_in
    assert ("Your ratings" in shown) == may_rate
    assert ("A note at this moment" in shown) == may_rate
    assert "Listen in" in shown


def test_nothing_of_it_is_written_to(client: Client, recruiter: User, make_interview) -> None:
    session, _ = make_interview()
    client.force_login(recruiter)
    assert client.post("/monitor/").status_code == 405
    assert client.post(f"/monitor/{session.uuid}/").status_code == 405


def test_the_front_page_leads_on(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "/sign-in/" in answer.content.decode()
