"""Questions of one's own: written, moved, changed and removed until somebody has opened the interview."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from interviews.models import Session

pytestmark = pytest.mark.django_db

QUESTIONS = "/api/questions/"
BULK = "/api/questions/bulk_create/"


@pytest.fixture
def drafted(recruiter: APIClient, told: Any) -> dict[str, Any]:
    """A session whose questions nobody chose."""
    made: dict[str, Any] = told(
        recruiter.post("/api/sessions/", {"title": "Software Engineer Interview"}), 201
    )
    return made


def texts(client: APIClient, session: Any) -> list[str]:
    """As they stand in the list; the plan, which is asked, says the same."""
    rows = client.get(f"{QUESTIONS}?session_id={session}").json()["results"]
    assert [row["order"] for row in rows] == list(range(1, len(rows) + 1))
    row = Session.objects.get(pk=rows[0]["session"])
    assert [one["text"] for one in row.plan["questions"]] == [one["question_text"] for one in rows]
    assert row.num_questions == len(rows)
    return [one["question_text"] for one in rows]


@pytest.mark.django_db(transaction=True)
def test_a_client_that_brings_its_questions_is_asked_just_these(
    recruiter: APIClient, drafted: dict[str, Any], told: Any
) -> None:
    number, uuid = drafted["id"], drafted["session_id"]
    body = [
        {
            "session": number,
            "question_text": "What are you good at?",
            "category": "Behavioral",
            "order": 2,
        },
        {
            "session": number,
            "question_text": "Tell me about yourself",
            "category": "Introduction",
            "difficulty": "easy",
            "order": 1,
            "expected_answer": "Names the current work. Says what they look for.",
        },
    ]
    second, first = told(recruiter.post(BULK, {"questions": body}), 201)
    assert texts(recruiter, uuid) == ["Tell me about yourself", "What are you good at?"]
    assert (first["session"], first["session_id"]) == (number, uuid)
    assert (first["category"], first["question_type"]) == ("Introduction", "behavioral")
    assert (second["category"], second["competency"]) == ("Behavioral", "")
    assert (first["difficulty"], first["order"], first["order_number"]) == ("beginner", 1, 1)
    assert first["text"] == first["question_text"]
    assert first["expected_points"] == ["Names the current work.", "Says what they look for."]
    started = told(recruiter.post(f"/api/sessions/{number}/start/"), 200)
    assert "Tell me about yourself" in started["reply"]["text"]
    said = recruiter.post(
        f"/api/sessions/{uuid}/questions/{first['id']}/answer/",
        {"text": "My current work is about payments, and I look for a team that measures."},
    )
    assert told(said, 201)["session_status"] == "in_progress"
    for refused in (
        recruiter.post(QUESTIONS, {"session": number, "text": "Too late?"}),
        recruiter.patch(f"{QUESTIONS}{first['id']}/", {"text": "Too late?"}),
        recruiter.delete(f"{QUESTIONS}{first['id']}/"),
    ):
        assert told(refused, 409)["code"] == "already_started"


def test_questions_come_in_move_change_and_go(hiring: Any, told: Any) -> None:
    client, session = hiring.recruiter, hiring.made["session_id"]
    former = texts(client, session)
    asked_for = {
        "session_id": session,
        "text": "Why nursing?",
        "order": 2,
        "expected_points": ["Likes people"],
    }
    own = told(client.post(QUESTIONS, asked_for), 201)
    assert texts(client, session) == [former[0], "Why nursing?", former[1]]
    told(client.patch(f"{QUESTIONS}{own['id']}/", {"order": 20}), 200)
    assert texts(client, session) == [*former, "Why nursing?"]
    body = {"question_text": "Why care?", "category": "system design", "difficulty": "hard", "order": 1}
    changed = told(client.put(f"{QUESTIONS}{own['id']}/", body), 200)
    assert texts(client, session) == ["Why care?", *former]
    assert (changed["question_type"], changed["difficulty"]) == ("system_design", "advanced")
    assert changed["expected_points"] == ["Likes people"]
    kept = told(client.get(f"{QUESTIONS}{own['id']}/"), 200)
    assert kept == changed
    assert client.delete(f"{QUESTIONS}{own['id']}/").status_code == 204
    told(client.get(f"{QUESTIONS}{own['id']}/"), 404)
    rows = client.get(f"{QUESTIONS}?session_id={session}").json()["results"]
    assert client.delete(f"{QUESTIONS}{rows[0]['id']}/").status_code == 204
    assert texts(client, session) == [former[1]]
    assert told(client.delete(f"{QUESTIONS}{rows[1]['id']}/"), 409)["code"] == "last_question"


def test_a_question_of_the_bank_keeps_its_points_when_only_its_level_changes(hiring: Any, told: Any) -> None:
    client, session = hiring.recruiter, hiring.made["session_id"]
    before = client.get(f"{QUESTIONS}?session_id={session}").json()["results"][0]
    told(client.patch(f"{QUESTIONS}{before['id']}/", {"difficulty": "easy"}), 200)
    planned = Session.objects.get(uuid=session).plan["questions"][0]
    assert planned["difficulty"] == "beginner"
    assert planned["follow_ups"]
    told(client.patch(f"{QUESTIONS}{before['id']}/", {"text": "Something else?"}), 200)
    planned = Session.objects.get(uuid=session).plan["questions"][0]
    assert (planned["source"], planned.get("follow_ups")) == ("person", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question_text", ""),
        ("question_text", "x" * 501),
        ("question_text", 7),
        ("question_text", "nul \0"),
        ("question_text", "Are you married?"),
        ("category", "x" * 81),
        ("question_type", "riddle"),
        ("difficulty", "brutal"),
        ("order", 0),
        ("order", 2**70),
        ("expected_answer", "x" * 5001),
        ("expected_points", "one"),
        ("expected_points", ["x"] * 13),
        ("session", 999_999),
        ("session", 2**70),
        ("session", True),
        ("session", "no-uuid"),
    ],
)
def test_what_can_not_be_is_named(hiring: Any, told: Any, field: str, value: Any) -> None:
    good = {"session": hiring.made["id"], "question_text": "Why?"}
    error = told(hiring.recruiter.post(QUESTIONS, {**good, field: value}), 400)
    assert {name.partition(".")[0] for name in error["fields"]} == {field}
    assert len(texts(hiring.recruiter, hiring.made["id"])) == 2


def test_several_at_once_are_all_or_none(
    hiring: Any, drafted: dict[str, Any], stranger: APIClient, told: Any
) -> None:
    client, number = hiring.recruiter, hiring.made["id"]
    fine = {"session": number, "text": "Why?"}
    bad = [fine, {**fine, "difficulty": "brutal"}, {"text": "Whose?"}]
    error = told(client.post(BULK, {"questions": bad}), 400)
    assert set(error["fields"]) == {"questions.1.difficulty", "questions.2.session"}
    twice = [{**fine, "order": 1}, {**fine, "order": 1}, {**fine, "session": drafted["id"], "order": 1}]
    assert set(told(client.post(BULK, {"questions": twice}), 400)["fields"]) == {"questions.1.order"}
    assert set(told(client.post(BULK, {"questions": []}), 400)["fields"]) == {"questions"}
    told(client.post(BULK, {"questions": [fine] * 51}), 400)
    several = [{"session": drafted["id"], "text": "Here?"}] + [fine] * 19
    assert told(client.post(BULK, {"questions": several}), 409)["code"] == "too_many_questions"
    told(stranger.post(BULK, {"questions": [fine]}), 400)
    assert len(texts(client, number)) == 2
    assert len(texts(client, drafted["id"])) == 5


def test_who_may_write_and_read_them(
    hiring: Any, guest: Any, stranger: APIClient, anyone: APIClient, make_user: Any, as_user: Any, told: Any
) -> None:
    rows = hiring.recruiter.get(f"{QUESTIONS}?session_id={hiring.made['id']}").json()["results"]
    address = f"{QUESTIONS}{rows[0]['id']}/"
    observer = as_user(make_user("olga", "observer"))
    assert told(observer.get(address), 200)["expected_points"]
    for refused in (
        observer.patch(address, {"order": 2}),
        observer.delete(address),
        observer.post(QUESTIONS, {"session": hiring.made["id"], "text": "Why?"}),
        hiring.candidate.post(QUESTIONS, {"text": "Why?"}),
    ):
        assert told(refused, 403)["code"] == "permission_denied"
    for unknown in (stranger, guest, hiring.candidate):  # a candidate sees it when it has been asked
        told(unknown.get(address), 404)
        told(unknown.delete(address), 404)
    told(anyone.get(address), 401)
    told(anyone.post(QUESTIONS, {"text": "Why?"}), 401)
    told(anyone.get(f"{QUESTIONS}{2**70}/"), 401)
    told(stranger.get(f"{QUESTIONS}{2**70}/"), 404)


def test_a_guest_writes_their_own_and_reads_no_points(guest: Any, hiring: Any, told: Any) -> None:
    own = told(guest.post(QUESTIONS, {"text": "What drives me?", "expected_answer": "Curiosity"}), 201)
    assert own["session_id"] == guest.made["session_id"]
    assert not {"expected_answer", "expected_points"} & set(own)
    assert len(texts(guest, guest.made["session_id"])) == 4  # three were asked for: it comes beside them
    told(guest.post(QUESTIONS, {"session": hiring.made["id"], "text": "Why?"}), 400)


def test_the_list_is_filtered_ordered_and_costs_the_same(
    hiring: Any, drafted: dict[str, Any], django_assert_num_queries: Any, told: Any
) -> None:
    client = hiring.recruiter
    body = {"session": drafted["id"], "text": "Why us?", "category": "Motivation", "difficulty": "hard"}
    told(client.post(QUESTIONS, body), 201)
    assert told(client.get(f"{QUESTIONS}?category=motivation&difficulty=advanced"), 200)["count"] == 1
    assert told(client.get(f"{QUESTIONS}?search=us%3F"), 200)["count"] >= 1
    told(client.get(f"{QUESTIONS}?type=riddle"), 400)
    told(client.get(f"{QUESTIONS}?session_id=999999"), 404)
    with django_assert_num_queries(2):
        page = told(client.get(f"{QUESTIONS}?ordering=-session_id&page_size=2"), 200)
    assert page["results"][0]["question_text"] == "Why us?"
    assert page["count"] == 3
    with django_assert_num_queries(2):
        told(client.get(QUESTIONS), 200)
