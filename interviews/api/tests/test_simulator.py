"""Practice interviews in the simulator's shapes, as its clients hold them."""

from typing import Any

import pytest

from interviews.models import Session

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)
WISH = {
    "job_role": "Python Developer",
    "difficulty": "intermediate",
    "num_questions": 3,
    "question_type": "mixed",
}


def begin(client: Any, **wish: Any) -> dict[str, Any]:
    answer = client.post("/api/interview/create/", WISH | wish)
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def test_a_simulator_holds_an_interview(recruiter: Any, told: Any) -> None:
    made = begin(recruiter)
    assert list(made) == [
        "interview_id",
        "job_role",
        "difficulty",
        "question_type",
        "total_questions",
        "questions",
        "status",
        "created_at",
    ]
    assert (made["status"], made["total_questions"], made["job_role"]) == (
        "in_progress",
        3,
        "Python Developer",
    )
    assert [list(one) for one in made["questions"]] == [
        ["id", "question", "type", "difficulty", "expected_points", "order_number"]
    ] * 3
    one = f"/api/interview/{made['interview_id']}/"
    assert told(recruiter.get(one), 200) == made
    for question in made["questions"]:
        answer = {"user_answer": WORDS, "time_taken_seconds": 120}
        given = told(recruiter.post(f"{one}answer/{question['id']}/", answer), 201)
        assert given["interview_id"] == made["interview_id"]
        assert given["question_text"] == question["question"]
        assert given["user_answer"] == WORDS
        assert 0 <= given["score"] <= 100
        assert {"feedback", "strengths", "improvements", "keywords_mentioned", "answered_at"} <= set(given)
    twice = told(recruiter.post(f"{one}answer/{made['questions'][0]['id']}/", {"user_answer": WORDS}), 409)
    assert twice["code"] == "already_answered"

    results = told(recruiter.get(f"{one}results/"), 200)
    assert (results["status"], results["answered"], results["completed_at"]) == ("in_progress", 3, None)
    assert [entry["order_number"] for entry in results["responses"]] == [1, 2, 3]
    score = told(recruiter.get(f"{one}score/?generate_summary=false"), 200)
    assert score["overall_summary"] is None
    assert (score["answered"], score["skipped"], score["completion_rate"]) == (3, 0, 100.0)
    assert set(score["performance"]) == {"level", "label", "message", "color"}
    assert round(score["overall_score"], 2) == score["overall_score"] == results["overall_score"]

    done = told(recruiter.patch(f"{one}complete/"), 200)
    assert (done["interview_id"], done["status"]) == (made["interview_id"], "completed")
    assert done["completed_at"]
    assert told(recruiter.patch(f"{one}complete/"), 200) == done
    shown = told(recruiter.get(f"{one}score/"), 200)
    assert (shown["status"], shown["completed_at"]) == ("completed", done["completed_at"])
    assert shown["overall_summary"]
    late = told(recruiter.post(f"{one}answer/{made['questions'][0]['id']}/", {"user_answer": WORDS}), 409)
    assert late["code"] == "session_over"


def test_the_list_holds_ones_own_practice_that_has_begun(
    recruiter: Any, hiring: Any, stranger: Any, told: Any, django_assert_num_queries: Any
) -> None:
    first = begin(recruiter, num_questions=1)
    told(recruiter.patch(f"/api/interview/{first['interview_id']}/complete/"), 200)
    second = begin(recruiter, num_questions=2, job_role="Nurse")
    told(recruiter.post("/api/sessions/", {"purpose": "practice"}), 201)  # nobody has begun it
    begin(stranger, num_questions=1)
    listed = told(recruiter.get("/api/interview/"), 200)
    assert listed["total"] == 2
    assert [one["interview_id"] for one in listed["interviews"]] == [
        second["interview_id"],
        first["interview_id"],
    ]
    assert listed["interviews"][0] == {
        "interview_id": second["interview_id"],
        "job_role": "Nurse",
        "difficulty": "intermediate",
        "total_questions": 2,
        "status": "in_progress",
        "overall_score": None,
        "created_at": second["created_at"],
    }
    with django_assert_num_queries(3):
        page = told(recruiter.get("/api/interview/?page=2&page_size=1"), 200)
    assert page["total"] == 2
    assert [one["status"] for one in page["interviews"]] == ["completed"]
    assert told(recruiter.get(f"/api/interview/{hiring.made['id']}/"), 404)["code"] == "not_found"


def test_an_interview_belongs_to_its_owner(
    recruiter: Any, stranger: Any, anyone: Any, guest: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    made = begin(recruiter, num_questions=1)
    one = f"/api/interview/{made['interview_id']}/"
    answer = f"{one}answer/{made['questions'][0]['id']}/"
    calls: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("get", one, {}),
        ("patch", f"{one}complete/", {}),
        ("post", answer, {"user_answer": WORDS}),
        ("get", f"{one}results/", {}),
        ("get", f"{one}score/", {}),
    )
    for client, status in ((stranger, 404), (as_user(make_user("cleo")), 404), (anyone, 401), (guest, 403)):
        for method, address, body in calls:
            told(getattr(client, method)(address, body), status)
    told(anyone.get("/api/interview/"), 401)
    told(anyone.post("/api/interview/create/", WISH), 401)
    told(recruiter.post(f"{one}answer/{2**70}/", {"user_answer": WORDS}), 404)
    told(recruiter.get(f"/api/interview/{2**70}/"), 404)
    assert told(recruiter.get(f"/api/interview/{Session.objects.get(uuid=made['interview_id']).pk}/"), 200)
    for body in (
        {"user_answer": ""},
        {"user_answer": "x" * 5001},
        {"user_answer": WORDS, "time_taken_seconds": -1},
    ):
        assert told(recruiter.post(answer, body), 400)["fields"]
    half = recruiter.generic("POST", answer, b'{"user_answer": "\\ud800"}', content_type="application/json")
    assert "user_answer" in told(half, 400)["fields"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("job_role", None),
        ("job_role", "x"),
        ("job_role", "x" * 101),
        ("job_role", "nul \0"),
        ("difficulty", "hard"),
        ("num_questions", 0),
        ("num_questions", 11),
        ("question_type", "coding"),
    ],
)
def test_wishes_that_make_no_interview(recruiter: Any, told: Any, field: str, value: Any) -> None:
    refused = told(recruiter.post("/api/interview/create/", WISH | {field: value}), 400)
    assert list(refused["fields"]) == [field]
    assert not Session.objects.exists()


def test_only_the_role_must_be_said(recruiter: Any, told: Any) -> None:
    made = told(recruiter.post("/api/interview/create/", {"job_role": "Beekeeper"}), 201)
    assert (made["difficulty"], made["question_type"], made["total_questions"]) == (
        "intermediate",
        "mixed",
        5,
    )
