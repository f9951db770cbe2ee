"""The candidate's own page over REST: correcting, answering once more, a copy of everything."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient
from rest_framework.test import APIClient

from accounts.guest_tokens import hash_token
from accounts.models import Membership
from hiring.models import Candidate
from interviews.afterwards.window import MOST_CHARS
from interviews.api import heard_again
from interviews.live.events import HeardPart
from interviews.models import RecordingSegment, Session, Turn
from interviews.sent_recordings import SENT

pytestmark = pytest.mark.django_db(transaction=True)
CORRECTIONS, REDO = "/api/me/session/corrections/", "/api/me/session/redo/"
HEARING, COPY = "/api/me/session/redo/hearing/", "/api/me/session/export/"
MEANT = "I moved the data in small batches."
AGAIN = "I compared both systems first."


@pytest.fixture
def held(make_guest: Any) -> Any:
    """A guest's practice, over: one answer that was spoken; the second question was not reached."""
    return hold(make_guest(purpose="practice", num_questions=2))


def hold(guest: Any) -> Any:
    hold_with(guest, guest.path)
    Turn.objects.filter(session=guest.session, speaker="candidate").update(channel="voice")
    return guest


def hold_with(guest: Any, path: str) -> None:
    start = {"consent": {"notice_version": "1", "ai_evaluation": True, "recording": True}}
    assert guest.post(f"{path}start/", start).status_code == 200
    question = guest.get(f"{path}questions/").json()["results"][0]["id"]
    answer = {"answer": "I moved the date in small badges."}
    assert guest.post(f"{path}questions/{question}/answer/", answer).status_code == 201
    assert guest.post(f"{path}end/").status_code == 200


def late(guest: Any, hours: int = 49) -> None:
    session = guest.session
    Session.objects.filter(pk=session.pk).update(ended_at=session.ended_at - timedelta(hours=hours))


def test_a_misheard_answer_is_corrected_and_taken_back(held: Any, told: Any) -> None:
    before = told(held.get(CORRECTIONS), 200)
    assert before["is_open"]
    (answer,) = before["answers"]
    assert (answer["correction"], answer["may_correct"]) == ("", True)
    made = told(held.post(CORRECTIONS, {"turn": answer["turn"], "text": MEANT}), 200)
    assert (made["heard"], made["correction"]) == (answer["heard"], MEANT)
    turn = told(held.get(f"{held.path}transcript/"), 200)["turns"][-2]
    assert (turn["text"], turn["correction"]) == (answer["heard"], MEANT)
    assert told(held.post(CORRECTIONS, {"turn": answer["turn"], "text": ""}), 200)["correction"] == ""


@pytest.mark.parametrize("body", [{}, {"turn": 1}, {"turn": -1, "text": "x"}, {"turn": 1, "text": ["x"]}])
def test_corrections_that_are_none(held: Any, told: Any, body: dict[str, Any]) -> None:
    assert told(held.post(CORRECTIONS, body), 400)["fields"]


def test_a_correction_has_a_size(held: Any, told: Any) -> None:
    body = {"turn": 1, "text": "x" * (MOST_CHARS + 1)}
    assert "text" in told(held.post(CORRECTIONS, body), 400)["fields"]


def test_nothing_is_changed_too_early_or_too_late(make_guest: Any, told: Any) -> None:
    running = make_guest(purpose="practice")
    assert told(running.post(CORRECTIONS, {"turn": 1, "text": MEANT}), 409)["code"] == "not_over"
    guest = hold(make_guest(purpose="practice", num_questions=2))
    late(guest)
    number = told(guest.get(CORRECTIONS), 200)["answers"][0]["turn"]
    assert not told(guest.get(CORRECTIONS), 200)["is_open"]
    assert told(guest.post(CORRECTIONS, {"turn": number, "text": MEANT}), 409)["code"] == "too_late"
    assert told(guest.post(REDO, {"number": 1, "text": AGAIN}), 409)["code"] == "too_late"


def test_another_links_answers_are_not_found(held: Any, make_guest: Any, told: Any) -> None:
    other = hold(make_guest(purpose="practice", num_questions=2))
    told(other.post(CORRECTIONS, {"turn": 1, "text": MEANT}), 200)
    assert not Turn.objects.filter(session=held.session).exclude(correction="").exists()


def test_an_expired_link_changes_nothing(held: Any, told: Any) -> None:
    session = held.session
    Session.objects.filter(pk=session.pk).update(token_expires_at=session.created_at)
    for method, path in (("get", CORRECTIONS), ("post", CORRECTIONS), ("post", REDO), ("get", COPY)):
        told(getattr(held, method)(path), 401)


def test_a_cookie_needs_the_page_it_came_with(held: Any, told: Any, settings: Any) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.cookies[f"viva_guest_{held.session.uuid.hex}"] = held.made["public_token"]
    assert told(browser.get(CORRECTIONS), 200)["is_open"]
    assert told(browser.post(CORRECTIONS, {"turn": 1, "text": MEANT}), 403)["code"] == "csrf_failed"


def test_whoever_made_an_interview_puts_no_words_into_its_candidates_mouth(
    recruiter: Any, hiring: Any, told: Any
) -> None:
    address = f"{CORRECTIONS}?session={hiring.made['session_id']}"
    told(recruiter.post(address, {"turn": 1, "text": MEANT}), 403)


def test_a_question_is_answered_once_more_in_words(held: Any, told: Any) -> None:
    listed = told(held.get(REDO), 200)
    assert listed["is_allowed"]
    assert [(one["number"], one["is_open"]) for one in listed["questions"]] == [(1, True)]
    made = told(held.post(REDO, {"number": 1, "text": AGAIN}), 201)
    assert (made["heard"], made["is_second_answer"], made["channel"]) == (AGAIN, True, "typed")
    assert told(held.post(REDO, {"number": 1, "text": AGAIN}), 409)["code"] == "already_redone"
    assert told(held.get(REDO), 200)["questions"][0]["turn"] == made["turn"]


@pytest.mark.parametrize("body", [{"number": 1}, {"number": 1, "text": " "}, {"number": 0, "text": "x"}])
def test_second_answers_that_are_none(held: Any, told: Any, body: dict[str, Any]) -> None:
    assert told(held.post(REDO, body), 400)["fields"]


def test_what_was_not_heard_here_is_no_answer(held: Any, make_guest: Any, told: Any) -> None:
    other = heard_again.HeardAgain(held.session.pk + 1, 1, "", (HeardPart(0, 10, "Mine."),))
    token = signing.dumps(msgspec.to_builtins(other), salt=heard_again.SALT)
    for heard in ("made up", token):
        assert "heard" in told(held.post(REDO, {"number": 1, "heard": heard}), 400)["fields"]


async def send(browser: AsyncClient, guest: Any, path: str, **fields: Any) -> Any:
    return await browser.post(f"{path}?t={guest.made['public_token']}", fields)


async def test_a_spoken_second_answer_is_heard_confirmed_and_kept(
    make_guest: Any, hearing: AsyncClient, spoken: bytes, told: Any
) -> None:
    held = await sync_to_async(lambda: hold(make_guest(purpose="practice", num_questions=2)))()
    recording = SimpleUploadedFile("again.flac", spoken)
    heard = told(await send(hearing, held, HEARING, number=1, audio_file=recording), 200)
    assert heard["text"].startswith("Hello there.")
    assert not await Turn.objects.filter(kind="redo").aexists()  # nothing is kept before it is confirmed
    recording = SimpleUploadedFile("again.flac", spoken)
    made = told(await send(hearing, held, REDO, number=1, heard=heard["heard"], audio_file=recording), 201)
    assert (made["heard"], made["channel"]) == (heard["text"], "voice")
    assert await RecordingSegment.objects.filter(side=SENT).acount() == 1


def test_the_copy_holds_what_is_theirs_and_nothing_of_the_panel(
    recruiter: Any, hiring: Any, told: Any
) -> None:
    session = Session.objects.get(pk=hiring.made["id"])
    person = Candidate.objects.create(
        organisation=session.organisation, name="Ada", email="ada@own.example", resume_text="Ten years."
    )
    Session.objects.update(candidate=person)
    guest = hiring.candidate
    hold_with(guest, hiring.path)
    told(guest.post("/api/me/session/requests/", {"kind": "review", "text": "I said data."}), 201)
    told(recruiter.post(f"{hiring.path}notes/", {"text": "A secret note."}), 201)
    answer = guest.get(COPY)
    assert "attachment" in answer["Content-Disposition"]
    own = told(answer, 200)
    assert own["you"]["email"] == "ada@own.example"
    assert own["consent"]["recording"] is True
    assert own["requests"][0]["text"] == "I said data."
    assert own["words"][1]["text"] == "I moved the date in small badges."
    text = answer.content.decode()
    points = [point for one in session.questions.all() for point in one.expected_points]
    assert points
    for secret in (*points, "A secret note.", hash_token(hiring.made["public_token"]), "overall_score"):
        assert secret not in text
    assert own["report"]["score"] is None


def test_the_copy_is_the_candidates_alone(recruiter: Any, hiring: Any, told: Any) -> None:
    hold_with(hiring.candidate, hiring.path)
    told(recruiter.get(f"{COPY}?session={hiring.made['session_id']}"), 403)


def test_who_only_reviews_by_now_stands_for_nobody(hiring: Any, told: Any) -> None:
    own = f"/api/me/session/?session={hiring.made['session_id']}"
    told(hiring.recruiter.get(own), 200)
    Membership.objects.update(role="reviewer")
    told(hiring.recruiter.get(own), 404)
    told(hiring.recruiter.post(f"{hiring.path}start/"), 403)
