"""The candidate's own page after the interview: what it shows, what it takes, from whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from interviews.guest_cookie import cookie_name
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import Request, Session, Turn
from interviews.plan import Plan
from interviews.sessions import Owner, SessionWish, create_session

pytestmark = pytest.mark.django_db(transaction=True)
HEARD = "We moved the date in small badges."
MEANT = "We moved the data in small batches."
AGAIN = "First we compared both systems."
Held = Callable[..., tuple[Session, Client]]


@pytest.fixture
def hold(organisation: Organisation) -> Held:
    """Gives an interview that is over, and the browser of its candidate."""

    def make(purpose: str = "practice", hours_ago: int = 1) -> tuple[Session, Client]:
        wish = SessionWish(
            job_role="Backend engineer", num_questions=2, candidate_name="Zoë Ł.", purpose=purpose
        )
        began = timezone.now() - timedelta(hours=hours_ago, minutes=2)
        session, token = create_session(wish, now=began, owner=Owner(organisation=organisation))
        told = [
            msgspec.structs.replace(event, at=began + timedelta(seconds=10 * place))
            for place, event in enumerate(events(session))
        ]
        append(session.pk, session.epoch, told)
        session.refresh_from_db()
        client = Client()
        client.cookies[cookie_name(session.uuid)] = token
        return session, client

    return make


def events(session: Session) -> list[ev.Event]:
    return [
        ev.SessionOpened(plan=msgspec.convert(session.plan, Plan), duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="1", ai_evaluation=True, recording=False, listening=False),
        ev.LineStarted(),
        ev.StateChanged(state="listening"),
        ev.ReplyStarted(reply_id=1, kind="greeting", question=1),
        ev.QuestionStarted(number=1, total=2, text="?", kind="technical"),
        ev.ReplyFinished(reply_id=1, text="Tell me about a migration."),
        ev.TurnStarted(turn_id=1, question=1),
        ev.TranscriptFinal(turn_id=1, utterance_id=1, text=HEARD, start_ms=9_000, end_ms=14_000),
        ev.TurnEnded(turn_id=1, text=HEARD, reason="done", question=1, start_ms=9_000, end_ms=14_000),
        ev.SessionEnded(reason="completed"),
        ev.StateChanged(state="ended"),
    ]


def room(session: Session, more: str = "") -> str:
    return f"/room/{session.uuid}/{more}"


def correct(client: Client, session: Session, text: str = MEANT, turn: Any = 1, **more: str) -> Any:
    return client.post(
        room(session, "corrections/"), {"turn": turn, f"turn{turn}-text": text, **more}, follow=True
    )


def test_it_tells_what_was_said_and_what_may_be_done(hold: Held) -> None:
    session, client = hold()
    page = client.get(room(session)).content.decode()
    for words in (HEARD, "Correct what we misheard", "Answer this question once more", "What is kept"):
        assert words in page
    assert "Download my data" in page


def test_a_correction_stands_beside_what_was_heard(hold: Held) -> None:
    session, client = hold()
    page = correct(client, session)
    assert "corrected by you" in page.content.decode()
    assert HEARD in page.content.decode()
    assert Turn.objects.get(speaker="candidate").correction == MEANT
    page = correct(client, session, take_back="1")
    assert "corrected by you" not in page.content.decode()
    assert Turn.objects.get(speaker="candidate").correction == ""


def test_a_second_answer_stands_beside_the_first(hold: Held) -> None:
    session, client = hold()
    answer = client.post(room(session, "redo/"), {"number": 1, "redo1-text": AGAIN}, follow=True)
    page = answer.content.decode()
    assert page.index(HEARD) < page.index(AGAIN)
    assert "second answer, this one counts" in page
    assert "first answer" in page
    assert "Answer this question once more" not in page
    again = client.post(room(session, "redo/"), {"number": 1, "redo1-text": AGAIN})
    assert again.status_code == 400
    assert "once more already" in again.content.decode()


def test_reviewers_read_both_versions(hold: Held, recruiter: User) -> None:
    session, client = hold()
    correct(client, session)
    client.post(room(session, "redo/"), {"number": 1, "redo1-text": AGAIN})
    member = Client()
    member.force_login(recruiter)
    page = member.get(f"/review/{session.uuid}/").content.decode()
    for words in (HEARD, MEANT, AGAIN, "Corrected by the candidate", "this one is judged"):
        assert words in page


def test_what_is_too_long_is_refused_and_nothing_typed_is_lost(hold: Held) -> None:
    session, client = hold()
    page = correct(client, session, "x" * 5_001)
    assert page.status_code == 400
    assert "x" * 5_001 in page.content.decode()
    page = client.post(room(session, "redo/"), {"number": 1, "redo1-text": " "})
    assert "Write your answer first." in page.content.decode()


@pytest.mark.parametrize("turn", ["9", "", "-1", "x", "9" * 40])
def test_a_turn_that_is_none(hold: Held, turn: str) -> None:
    session, client = hold()
    assert correct(client, session, turn=turn).status_code == 400


def test_after_two_days_it_is_read_only(hold: Held) -> None:
    session, client = hold(hours_ago=49)
    page = client.get(room(session)).content.decode()
    assert HEARD in page
    assert "Correct what we misheard" not in page
    assert "once more" not in page
    assert "could be changed until" in page
    assert correct(client, session).status_code == 400
    assert not Turn.objects.exclude(correction="").exists()


def test_no_second_answer_where_the_plan_has_none(hold: Held) -> None:
    session, client = hold("hiring")
    page = client.get(room(session)).content.decode()
    assert "Correct what we misheard" in page
    assert "once more" not in page
    assert client.post(room(session, "redo/"), {"number": 1, "redo1-text": AGAIN}).status_code == 400


def test_what_is_asked_for_stands_there_with_its_answer(hold: Held) -> None:
    session, client = hold()
    sent = {"request-kind": "review", "request-text": "I said data, not date."}
    page = client.post(room(session, "requests/"), sent, follow=True).content.decode()
    assert "waiting for a person" in page
    assert "I said data, not date." in page
    wish = Request.objects.get()
    Request.objects.update(
        status="answered", answer="You are right.", answered_by_name="Dana", answered_at=timezone.now()
    )
    page = client.get(room(session)).content.decode()
    assert "You are right." in page
    assert "Dana" in page
    assert wish.due_at is not None
    refused = client.post(room(session, "requests/"), {"request-kind": "money", "request-text": "Keep me."})
    assert (refused.status_code, "Keep me." in refused.content.decode()) == (400, True)


def test_nobody_else_may(hold: Held, recruiter: User) -> None:
    session, candidate = hold("hiring")
    other, stranger = hold("hiring")
    member = Client()
    member.force_login(recruiter)
    Session.objects.filter(pk=session.pk).update(owner=recruiter)
    paths = {"corrections/": {"turn": 1, "turn1-text": MEANT}, "redo/": {"number": 1}, "requests/": {}}
    for path, body in paths.items():
        assert Client().post(room(session, path), body).status_code == 404
        assert stranger.post(room(session, path), body).status_code == 404
        assert member.post(room(session, path), body).status_code == 403
        assert candidate.get(room(session, path)).status_code == 405
    page = member.get(room(session)).content.decode()
    assert HEARD in page
    assert "Correct what we misheard" not in page
    assert "Download my data" not in page
    assert not Turn.objects.exclude(correction="").exists()
    assert other.pk != session.pk


def test_an_expired_link_opens_nothing(hold: Held) -> None:
    session, client = hold()
    Session.objects.filter(pk=session.pk).update(token_expires_at=timezone.now() - timedelta(hours=1))
    assert client.get(room(session)).status_code == 410
    assert correct(client, session).status_code == 410


def test_while_it_runs_nothing_is_changed(hold: Held) -> None:
    session, client = hold()
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    answer = client.post(room(session, "corrections/"), {"turn": 1, "turn1-text": MEANT})
    assert (answer.status_code, answer["Location"]) == (302, room(session))
    assert not Turn.objects.exclude(correction="").exists()


def test_forms_need_the_page_they_came_from(hold: Held) -> None:
    session, client = hold()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert correct(strict, session).status_code == 403


def test_it_costs_the_same_for_many_answers(hold: Held, django_assert_max_num_queries: Any) -> None:
    session, client = hold()
    for number in range(10, 40):
        Turn.objects.create(
            session=session,
            speaker="candidate",
            number=number,
            seq=100 + number,
            question_number=1,
            text="More.",
            at=timezone.now(),
        )
        session.requests.create(kind="review")
    with django_assert_max_num_queries(24):
        assert client.get(room(session)).content.decode().count("More.") > 29
