"""The inbox over REST: who reads what candidates ask for, who answers, and what is told to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, Role, User
from hiring.models import Candidate
from interviews.models import Request, Session
from interviews.requests import DUE_AFTER, ask
from messaging.models import Message

pytestmark = pytest.mark.django_db
INBOX = "/api/requests/"


@pytest.fixture
def session(hiring: Any) -> Session:
    session = Session.objects.get(pk=hiring.made["id"])
    person = Candidate.objects.create(organisation=session.organisation, name="Ada", email="ada@own.example")
    session.candidate = person
    session.save()
    return session


@pytest.fixture
def review(session: Session) -> Request:
    return ask(session, "review", "Call me at +1 555 0100.", now=timezone.now())


def one(request: Request) -> str:
    return f"{INBOX}{request.pk}/"


def answering(request: Request) -> str:
    return f"{INBOX}{request.pk}/answer/"


@pytest.mark.parametrize("kind", list(Request.Kind))
def test_each_kind_has_its_time(session: Session, kind: str, hiring: Any, told: Any) -> None:
    told(hiring.candidate.post("/api/me/session/requests/", {"kind": kind}), 201)
    made = Request.objects.get()
    assert made.due_at is not None
    assert abs(made.due_at - made.created_at - DUE_AFTER[Request.Kind(kind)]) < timedelta(seconds=5)


def test_the_most_urgent_stands_first(session: Session, recruiter: Any, told: Any) -> None:
    now = timezone.now()
    slow = ask(session, "export", "", now=now)
    late = ask(session, "review", "", now=now - timedelta(days=20))
    done = ask(session, "person", "", now=now - timedelta(days=30))
    Request.objects.filter(pk=done.pk).update(status="answered", answered_at=now)
    listed = told(recruiter.get(INBOX), 200)["results"]
    assert [(row["id"], row["is_overdue"]) for row in listed] == [
        (late.pk, True),
        (slow.pk, False),
        (done.pk, False),
    ]
    for query, wanted in (("status=answered", done), ("is_overdue=true", late), ("kind=export", slow)):
        assert [row["id"] for row in told(recruiter.get(f"{INBOX}?{query}"), 200)["results"]] == [wanted.pk]
    assert told(recruiter.get(f"{INBOX}?session_id={session.uuid}&is_overdue=false"), 200)["count"] == 2


def test_the_list_takes_as_many_queries_for_one_as_for_many(
    session: Session, recruiter: Any, told: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        ask(session, "review", "x", now=timezone.now())
    with django_assert_max_num_queries(6):
        assert told(recruiter.get(INBOX), 200)["count"] == 12


def test_an_answer_reaches_the_candidate(
    review: Request, hiring: Any, recruiter: Any, told: Any, settings: Any
) -> None:
    told_before = Message.objects.filter(kind="request")
    assert [one.to for one in told_before] == ["sam@acme.example"]
    assert "+1 555" not in told_before[0].body
    assert f"/requests/{review.pk}/" in told_before[0].body
    assert told_before[0].subject == "A request from Ada"
    answered = told(recruiter.post(answering(review), {"answer": "Dana read it all: you are right."}), 200)
    assert (answered["status"], answered["answered_by_name"]) == ("answered", "Rita")
    assert answered["answered_by"] == User.objects.get(username="rita").pk
    own = told(hiring.candidate.get("/api/me/session/requests/"), 200)["results"][0]
    assert own["answer"] == "Dana read it all: you are right."
    sent = Message.objects.get(kind="answer")
    assert (sent.to, "you are right" in sent.body) == ("ada@own.example", True)
    assert told(recruiter.post(answering(review), {"answer": "No."}), 409)["code"] == "already_answered"


def test_nobody_is_told_who_wants_no_notices(session: Session, make_user: Any) -> None:
    User.objects.filter(username="rita").update(email_notifications=False, email="sam@acme.example")
    ask(session, "review", "", now=timezone.now())
    assert not Message.objects.exists()
    Organisation.objects.update(contact_email="")
    make_user("mona", Role.ADMIN)
    make_user("rob", Role.REVIEWER)
    ask(Session.objects.get(), "review", "", now=timezone.now())
    assert [one.to for one in Message.objects.all()] == ["mona@acme.example"]


def test_a_name_makes_no_lines_of_its_own(session: Session) -> None:
    session.candidate_name = "Ada\n\nYour account is locked.\nhttps://evil.example/"
    session.save()
    ask(session, "review", "", now=timezone.now())
    assert all("Ada Your account" in one.body for one in Message.objects.all())
    assert Message.objects.exists()


def test_without_a_mail_server_nothing_is_written(session: Session, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    ask(session, "review", "", now=timezone.now())
    assert not Message.objects.exists()


def test_what_makes_it_easier_is_given_to_the_interview(session: Session, recruiter: Any, told: Any) -> None:
    wish = ask(session, "accommodation", "I stammer.", now=timezone.now())
    body = {"answer": "Of course.", "accommodations": {"time_factor": 1.5, "no_timer": True}}
    told(recruiter.post(answering(wish), body), 200)
    session.refresh_from_db()
    assert session.accommodations == {"time_factor": 1.5, "no_timer": True}


def test_what_can_not_be_given(session: Session, review: Request, recruiter: Any, told: Any) -> None:
    body = {"answer": "Of course.", "accommodations": {"time_factor": 1.5}}
    assert told(recruiter.post(answering(review), body), 409)["code"] == "not_accommodation"
    wish = ask(session, "accommodation", "", now=timezone.now())
    Session.objects.update(status="completed")
    assert told(recruiter.post(answering(wish), body), 409)["code"] == "session_over"
    wish.refresh_from_db()
    assert wish.status == "open"
    for wrong in (
        {},
        {"answer": ""},
        {"answer": "x" * 2001},
        {"answer": "x", "accommodations": {"typed": 3}},
    ):
        assert told(recruiter.post(answering(wish), wrong), 400)["fields"]


def test_who_reads_and_who_answers(
    session: Session, review: Request, make_user: Any, as_user: Any, stranger: Any, anyone: Any, told: Any
) -> None:
    need = ask(session, "accommodation", "I stammer.", now=timezone.now())
    for role, sees_words, sees_needs in (
        ("admin", True, True),
        ("reviewer", True, False),
        ("observer", False, False),
    ):
        client = as_user(make_user(f"a-{role}", role))
        listed = told(client.get(INBOX), 200)["results"]
        assert {row["id"] for row in listed} == ({review.pk, need.pk} if sees_needs else {review.pk})
        shown = told(client.get(one(review)), 200)
        assert (shown["text"] is not None) == sees_words
        assert client.get(one(need)).status_code == (200 if sees_needs else 404)
        if role != "admin":
            told(client.post(answering(review), {"answer": "Yes."}), 403)
    assert told(stranger.get(INBOX), 200)["count"] == 0
    told(stranger.get(one(review)), 404)
    told(stranger.post(answering(review), {"answer": "Yes."}), 404)
    told(anyone.get(INBOX), 401)
    told(stranger.get(f"{INBOX}999999999999999999999/"), 404)
