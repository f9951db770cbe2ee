"""Whole interviews over REST, typed: from making the session to its results."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)


def test_a_guest_holds_a_whole_interview(guest: Any, told: Any) -> None:
    started = told(guest.post(f"{guest.path}start/"), 200)
    assert started["status"] == "in_progress"
    assert started["reply"]["kind"] == "greeting"
    questions = told(guest.get(f"{guest.path}questions/"), 200)["results"]
    assert [one["order"] for one in questions] == [1, 2, 3]
    assert started["reply"]["question_id"] == questions[0]["id"]
    for question in questions:
        address = f"{guest.path}questions/{question['id']}/answer/"
        given = told(guest.post(address, {"user_answer": WORDS, "time_taken_seconds": 90}), 201)
        assert given["user_answer"] == WORDS
        assert given["score"] is None  # provisional: not for a guest
        assert given["reply"]["text"]
    ended = told(guest.post(f"{guest.path}end/"), 200)
    assert ended["status"] == "completed"
    results = told(guest.get(f"{guest.path}results/"), 200)
    assert results["answered"] == 3
    assert [one["user_answer"] for one in results["responses"]] == [WORDS] * 3
    assert {one["time_taken_seconds"] for one in results["responses"]} == {90}
    score = told(guest.get(f"{guest.path}score/"), 200)
    assert 0 < score["overall_score"] <= 100
    assert score["completion_rate"] == 100.0
    assert score["performance"]["color"] in {"green", "blue", "yellow", "red"}
