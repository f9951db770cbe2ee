"""Registering, the profile and passwords on pages: the interface's rules, told beside each field."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import CONSOLE
from accounts.models import SecurityEvent, User
from interviews.api.tests.people import PASSWORD
from interviews.models import Task
from messaging.mail.accounts import send_reset

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
SignedIn = Callable[[User], Client]
NEW = "Battery-staple-8"
PERSON = {
    "full_name": "Nia Ito",
    "email": "nia@viva.example",
    "username": "nia",
    "password": "Correct-horse-7",
}


@pytest.fixture(autouse=True)
def _open(settings: Any) -> None:
    settings.REGISTRATION = True


def read(answer: Any) -> str:
    return str(answer.content.decode())


def test_registering_signs_in_and_leads_on(client: Client, db: None) -> None:
    answer = client.post("/register/?next=/jobs/", {**PERSON, "next": "/jobs/"})
    assert answer["Location"] == "/jobs/"
    user = User.objects.get()
    assert user.memberships.get().role == "admin"
    assert "Nia Ito" in read(client.get("/profile/"))
    assert client.get("/register/?next=/team/")["Location"] == "/team/"


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, db: None, wish: str) -> None:
    assert client.post("/register/", {**PERSON, "next": wish})["Location"] == "/monitor/"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "No-Digit-At-All"}, "needs a digit"),
        ({"username": "nia ito"}, "letters A to Z"),
        ({"email": "nobody"}, "valid email"),
        ({"full_name": ""}, "required"),
    ],
)
def test_mistakes_lose_nothing_typed(client: Client, db: None, change: dict[str, str], words: str) -> None:
    html = read(client.post("/register/", {**PERSON, **change}))
    assert words in html
    assert 'value="nia' in html
    assert "Correct-horse-7" not in html
    assert not User.objects.exists()


def test_registering_may_be_closed(client: Client, db: None, settings: Any) -> None:
    settings.REGISTRATION = False
    for answer in (client.get("/register/"), client.post("/register/", PERSON)):
        assert answer.status_code == 403
        assert "Registration is closed here" in read(answer)
    assert not User.objects.exists()


def test_not_too_often(client: Client, db: None) -> None:
    for _ in range(5):
        client.post("/register/", {**PERSON, "username": "x"})
    assert "Too many tries" in read(client.post("/register/", PERSON))
    assert not User.objects.exists()


def test_a_name_from_before_todays_rules_stays(make_user: MakeUser, signed_in: SignedIn) -> None:
    user = make_user("rita")
    user.username = "rita@viva.example"
    user.save()
    sent = {"full_name": "Rita", "username": user.username, "email": user.email, "time_zone": "Europe/Oslo"}
    assert "is saved" in read(signed_in(user).post("/profile/", sent, follow=True))


def test_the_profile_is_changed_by_the_interfaces_rules(make_user: MakeUser, signed_in: SignedIn) -> None:
    make_user("taken")
    user = make_user("rita")
    client = signed_in(user)
    sent = {
        "full_name": "Rita N.",
        "username": "rita",
        "email": user.email,
        "time_zone": "Europe/Berlin",
        "password": "",
    }
    client.post("/profile/", sent)
    user.refresh_from_db()
    assert (user.full_name, user.time_zone, user.email_notifications) == ("Rita N.", "Europe/Berlin", False)
    for change, words in (
        ({"time_zone": "Mars/Olympus"}, "no such time zone"),
        ({"email": "new@viva.example"}, "takes your password"),
        ({"username": "TAKEN"}, "already taken"),
    ):
        html = read(client.post("/profile/", {**sent, **change, "full_name": "Typed"}))
        assert words in html
        assert 'value="Typed"' in html
    client.post("/profile/", {**sent, "email": "new@viva.example", "password": PASSWORD})
    user.refresh_from_db()
    assert user.email == "new@viva.example"


def test_another_password_keeps_this_browser_and_ends_the_others(
    make_user: MakeUser, signed_in: SignedIn
) -> None:
    user = make_user("rita")
    here, there = signed_in(user), signed_in(user)
    html = read(here.post("/password/change/", {"old_password": "wrong", "new_password": NEW}))
    assert "not your password" in html
    here.post("/password/change/", {"old_password": PASSWORD, "new_password": NEW})
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302


def test_signing_out_everywhere(make_user: MakeUser, signed_in: SignedIn) -> None:
    user = make_user("rita")
    here, there = signed_in(user), signed_in(user)
    assert "signed out everywhere" in read(here.post("/profile/sign-out/", follow=True))
    assert there.get("/profile/").status_code == 302
    user.refresh_from_db()
    assert signed_in(user).get("/profile/").status_code == 200


def test_a_test_e_mail_says_what_became_of_it(make_user: MakeUser, signed_in: SignedIn) -> None:
    html = read(signed_in(make_user("rita")).post("/profile/test-email/", follow=True))
    assert "to rita@acme.example was handed to the mail server" in html
    assert [one.to for one in mail.outbox] == [["rita@acme.example"]]


def test_a_test_e_mail_that_was_only_printed_is_not_called_sent(
    make_user: MakeUser, signed_in: SignedIn, settings: Any
) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    html = read(signed_in(make_user("rita")).post("/profile/test-email/", follow=True))
    assert "the test e-mail was printed where the server runs" in html


def ask_for_link(client: Client, email: str) -> str:
    answer = read(client.post("/password/forgotten/", {"email": email}))
    return re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", answer)


def link_in_mail() -> str:
    send_reset(Task.objects.get(kind="mail.password_reset").payload)
    found = re.search(r"http://localhost:8000(/password/reset/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_nobody_learns_who_has_an_account(
    client: Client, make_user: MakeUser, django_assert_num_queries: Any
) -> None:
    make_user("rita")
    with django_assert_num_queries(8):
        known = ask_for_link(client, "RITA@acme.example")
    with django_assert_num_queries(8):
        unknown = ask_for_link(client, "nobody@acme.example")
    assert known == unknown
    assert Task.objects.count() == 2
    for one in Task.objects.all():
        send_reset(one.payload)
    assert [one.to for one in mail.outbox] == [["rita@acme.example"]]
    assert "nobody" not in str(list(Task.objects.values()) + list(SecurityEvent.objects.values()))


def test_the_link_works_once_and_ends_what_was_open(
    client: Client, make_user: MakeUser, signed_in: SignedIn
) -> None:
    user = make_user("rita")
    there = signed_in(user)
    User.objects.filter(pk=user.pk).update(last_login=None)
    ask_for_link(client, user.email)
    link = link_in_mail()
    kept = client.get(link)["Location"]
    assert kept.endswith("/set/")
    assert "needs a digit" in read(client.post(kept, {"password": "No-Digit-At-All"}))
    assert "new password is set" in read(client.post(kept, {"password": NEW}, follow=True))
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert there.get("/profile/").status_code == 302
    for address in (link, kept):
        assert client.get(address).status_code == 410
    assert client.post(kept, {"password": "Another-one-9"}).status_code == 410
    assert SecurityEvent.objects.get(kind="password_changed").detail == "by a link"


@pytest.mark.parametrize("link", ["MQ/nothing", "%C3%A9/x", "x/set"])
def test_links_that_are_none(client: Client, db: None, link: str) -> None:
    assert client.get(f"/password/reset/{link}/").status_code == 410


def test_without_a_mail_server_the_page_says_whom_to_ask(client: Client, db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    assert "Ask the person who runs it" in read(client.get("/password/forgotten/"))
    assert not Task.objects.exists()
