"""The monitor is for people with an account, and shows each only their own."""

from django.test import Client


def test_strangers_are_asked_to_sign_in(client: Client, make_interview) -> None:
    session, _ = make_interview()
    for path in ("/monitor/", f"/monitor/{session.uuid}/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={path}"


def test_signing_in_leads_to_the_list(client: Client, recruiter, make_interview) -> None:
    make_interview()
    answer = client.post("/sign-in/", {"username": "dana", "password": "long-enough-secret"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/monitor/"
    assert "Zoë Ł." in answer.content.decode()


def test_a_wrong_password_is_told_in_a_sentence(client: Client, recruiter) -> None:
    answer = client.post("/sign-in/", {"username": "dana", "password": "wrong"})
    assert "go together" in answer.content.decode()


def test_signing_out_needs_a_post(client: Client, recruiter) -> None:
    client.force_login(recruiter)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"


def test_a_strangers_interview_does_not_exist(client: Client, recruiter, make_interview) -> None:
    session, _ = make_interview(organisation=None)
    client.force_login(recruiter)
    assert client.get(f"/monitor/{session.uuid}/").status_code == 404
    assert "Zoë" not in client.get("/monitor/").content.decode()


def test_a_recruiter_may_step_in_and_an_observer_only_watch(
    client: Client, recruiter, make_interview
) -> None:
    session, _ = make_interview()
    client.force_login(recruiter)
    assert "Step in" in client.get(f"/monitor/{session.uuid}/").content.decode()
    recruiter.memberships.update(role="observer")
    watching = client.get(f"/monitor/{session.uuid}/").content.decode()
    assert "Step in" not in watching
    assert "You may watch this interview" in watching


def test_the_front_page_leads_on(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "/sign-in/" in answer.content.decode()
