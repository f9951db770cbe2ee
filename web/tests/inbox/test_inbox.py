"""The inbox: what waits, who reads it, who answers, and what can be done from there."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, Organisation, Role, Sealing, SecurityEvent, User
from hiring.models import Candidate
from interviews.background.kinds import tell_given_up
from interviews.guest_cookie import cookie_name
from interviews.models import Request, Session, Task
from interviews.requests import ask
from messaging.models import Message
from messaging.requests.farewell import send_farewell

pytestmark = pytest.mark.django_db
ROLES = (Role.ADMIN, Role.RECRUITER, Role.REVIEWER, Role.OBSERVER)
MAKERS = (Role.ADMIN, Role.RECRUITER)
WORDS = "I said data. Call me: +1 555 0100."


@pytest.fixture
def session(organisation: Organisation) -> Session:
    person = Candidate.objects.create(organisation=organisation, name="Zoë Ł.", email="zoe@own.example")
    return Session.objects.create(
        organisation=organisation, candidate=person, candidate_name="Zoë Ł.", job_role="Nurse"
    )


@pytest.fixture
def wish(session: Session) -> Callable[..., Request]:
    def make(kind: str = "review", text: str = WORDS, *, days_ago: int = 0) -> Request:
        return ask(session, kind, text, now=timezone.now() - timedelta(days=days_ago))

    return make


@pytest.fixture
def sign_in(organisation: Organisation) -> Callable[..., Client]:
    def make(role: str, at: Organisation | None = None) -> Client:
        place = at or organisation
        name = f"{role}-{place.pk}"
        user = User.objects.create_user(
            name, f"{name}@acme.example", "long-enough-secret", full_name=f"A {role}"
        )
        Membership.objects.create(organisation=place, user=user, role=role)
        client = Client()
        client.force_login(user)
        return client

    return make


def page(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def one(request: Request, more: str = "") -> str:
    return f"/requests/{request.pk}/{more}"


def test_the_most_urgent_stands_first_and_says_so(wish: Any, sign_in: Any) -> None:
    wish("export")
    wish("review", days_ago=20)
    wish("person", days_ago=2)
    shown = page(sign_in(Role.RECRUITER), "/requests/")
    assert "3 open" in shown
    assert "2 overdue" in shown
    assert shown.index("Overdue by 6 days") < shown.index("Due in 30 days")
    for words in ("A person looks at the result", "Zoë Ł.", "Nurse"):
        assert words in shown


def test_it_is_narrowed(wish: Any, sign_in: Any) -> None:
    Request.objects.filter(pk=wish("export").pk).update(status="answered", answered_at=timezone.now())
    wish("review")
    client = sign_in(Role.ADMIN)
    heading = '<td><a href="/requests/'
    for query, count in (
        ("", 1),
        ("?show=answered", 1),
        ("?show=all", 2),
        ("?kind=export", 0),
        ("?q=zo", 1),
        ("?q=nobody", 0),
    ):
        assert page(client, f"/requests/{query}").count(heading) == count, query


def test_an_empty_inbox_says_what_comes_here(sign_in: Any) -> None:
    assert "Nothing waits for an answer." in page(sign_in(Role.ADMIN), "/requests/")


def test_the_list_costs_the_same_for_many(
    wish: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(Role.ADMIN)
    for _ in range(20):
        wish()
    with django_assert_max_num_queries(9):
        client.get("/requests/")


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_reads_and_may_do(wish: Any, sign_in: Any, role: str) -> None:
    review, need = wish(), wish("accommodation", "I stammer.")
    client = sign_in(role)
    shown = page(client, one(review))
    assert (WORDS in shown) == (role != Role.OBSERVER)
    assert ("Send the answer" in shown) == (role in MAKERS)
    assert ("zoe@own.example" in shown) == (role in MAKERS)
    assert client.get(one(need)).status_code == (200 if role in MAKERS else 404)
    assert ("I stammer" in page(client, "/requests/") + page(client, one(need))) == (role in MAKERS)
    answered = client.post(one(review), {"answer": "You are right."})
    assert answered.status_code == (302 if role in MAKERS else 403)


def test_strangers_find_nothing(wish: Any, sign_in: Any, session: Session) -> None:
    asked = wish("export")
    elsewhere = Organisation.objects.create(name="Elsewhere")
    stranger = sign_in(Role.ADMIN, elsewhere)
    assert "Zoë" not in page(stranger, "/requests/")
    for more in ("", "copy.json"):
        assert stranger.get(one(asked, more)).status_code == 404
    assert stranger.post(one(asked), {"answer": "x"}).status_code == 404
    assert stranger.post(one(asked, "erase/"), {"is_sure": "on"}).status_code == 404
    token = new_token()
    Session.objects.filter(pk=session.pk).update(token_hash=hash_token(token))
    candidate = Client()
    candidate.cookies[cookie_name(session.uuid)] = token
    for client in (Client(), candidate):
        for address in ("/requests/", one(asked), one(asked, "copy.json")):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)


def test_an_answer_stands_with_who_gave_it(wish: Any, sign_in: Any) -> None:
    asked = wish()
    client = sign_in(Role.RECRUITER)
    assert client.post(one(asked), {"answer": " "}).status_code == 400
    answer = client.post(one(asked), {"answer": "Dana heard it: you said data."}, follow=True)
    assert "Dana heard it: you said data." in answer.content.decode()
    assert "A recruiter" in answer.content.decode()
    asked.refresh_from_db()
    assert (asked.status, asked.answered_by_name) == ("answered", "A recruiter")
    assert Message.objects.get(kind="answer").to == "zoe@own.example"
    again = client.post(one(asked), {"answer": "No."})
    assert (again.status_code, "already" in again.content.decode()) == (400, True)


def test_what_makes_it_easier_is_granted_with_the_answer(wish: Any, sign_in: Any, session: Session) -> None:
    asked = wish("accommodation", "I stammer.")
    client = sign_in(Role.RECRUITER)
    assert "Grant and answer" in page(client, one(asked))
    granted = {"answer": "Of course.", "time_factor": "1.5", "patience_factor": "2", "no_timer": "on"}
    shown = client.post(one(asked), granted, follow=True).content.decode()
    session.refresh_from_db()
    assert session.accommodations == {
        "time_factor": 1.5,
        "patience_factor": 2.0,
        "typed": False,
        "no_timer": True,
        "large_captions": False,
        "slow_voice": False,
    }
    assert "Time × 1.5, Pauses × 2, No clock is shown" in shown


def test_after_the_end_there_is_nothing_to_grant(wish: Any, sign_in: Any, session: Session) -> None:
    Session.objects.update(status="completed")
    asked = wish("accommodation")
    client = sign_in(Role.RECRUITER)
    shown = page(client, one(asked))
    assert "Grant and answer" not in shown
    assert "This interview is over." in shown
    assert client.post(one(asked), {"answer": "Next time.", "time_factor": "2"}).status_code == 302
    session.refresh_from_db()
    assert session.accommodations == {}


def test_a_copy_is_there_for_who_asked_for_one(wish: Any, sign_in: Any) -> None:
    asked, other = wish("export"), wish("review")
    client = sign_in(Role.RECRUITER)
    answer = client.get(one(asked, "copy.json"))
    assert "attachment" in answer["Content-Disposition"]
    assert answer.json()["you"]["email"] == "zoe@own.example"
    assert client.get(one(other, "copy.json")).status_code == 404
    assert sign_in(Role.REVIEWER).get(one(asked, "copy.json")).status_code == 403


def test_copies_are_not_taken_without_end(wish: Any, sign_in: Any) -> None:
    client, address = sign_in(Role.RECRUITER), one(wish("export"), "copy.json")
    asked = [time.time()] * 300
    cache.set(f"throttle_exports_user-{client.session['_auth_user_id']}", asked, 3600)
    assert "That was very often" in client.get(address, follow=True).content.decode()
    cache.clear()
    assert client.get(address).status_code == 200


def test_a_copy_with_scores_waits_for_ones_own_rating(session: Session, wish: Any, sign_in: Any) -> None:
    Organisation.objects.update(sealing=Sealing.RATED)
    session.plan = {"role": "Nurse", "questions": [], "policy": {"feedback": "scores"}}
    session.save()
    assert sign_in(Role.RECRUITER).get(one(wish("export"), "copy.json")).status_code == 403


def test_deletion_is_said_twice_and_then_done(wish: Any, sign_in: Any, session: Session) -> None:
    asked = wish("deletion")
    client = sign_in(Role.RECRUITER)
    assert "Delete for good" in page(client, one(asked))
    unsure = client.post(one(asked, "erase/"), {})
    assert (unsure.status_code, "Tick this" in unsure.content.decode()) == (400, True)
    Session.objects.update(status="in_progress")
    running = client.post(one(asked, "erase/"), {"is_sure": "on"})
    assert (running.status_code, "running now" in running.content.decode()) == (400, True)
    Session.objects.update(status="completed")
    done = client.post(one(asked, "erase/"), {"is_sure": "on"}, follow=True)
    assert "The interview was deleted" in done.content.decode()
    assert not Session.objects.filter(pk=session.pk, deleted_at=None).exists()
    assert not Request.objects.exists()
    assert SecurityEvent.objects.filter(kind="data_deleted").exists()
    assert not Message.objects.filter(session__isnull=False).exists()


def test_whose_data_are_gone_is_told_so_and_forgotten(wish: Any, sign_in: Any) -> None:
    asked = wish("deletion")
    sign_in(Role.ADMIN).post(one(asked, "erase/"), {"is_sure": "on"})
    task = Task.objects.get(kind="requests.farewell")
    send_farewell(task.payload)
    assert mail.outbox[-1].to == ["zoe@own.example"]
    assert "Acme" in mail.outbox[-1].body
    tell_given_up(task.kind, task.payload, "The mail server did not accept the receiver's address.")
    assert "zoe@own.example" not in str(list(Task.objects.values_list("payload", flat=True)))


def test_only_who_asked_for_it_is_deleted(wish: Any, sign_in: Any) -> None:
    assert sign_in(Role.ADMIN).post(one(wish("review"), "erase/"), {"is_sure": "on"}).status_code == 404
    assert sign_in(Role.REVIEWER).post(one(wish("deletion"), "erase/"), {"is_sure": "on"}).status_code == 403
    assert Session.objects.exists()
