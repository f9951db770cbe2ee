"""An interview by the three actions, and one log whichever way it goes on."""

from typing import Any

import pytest

from interviews.live.commands import submit
from interviews.live.driving import drive

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/api/ai-interview/"
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)


def test_an_interview_by_three_actions(make_guest: Any, told: Any) -> None:
    guest = make_guest(num_questions=2)
    named = {"session_id": guest.made["session_id"]}
    early = told(guest.post(ADDRESS, {"action": "respond", "student_response": WORDS} | named), 409)
    assert early["code"] == "not_started"
    begun = told(guest.post(ADDRESS, {"action": "initialize"} | named), 200)
    assert (begun["action"], begun["status"], begun["is_complete"]) == ("initialize", "in_progress", False)
    assert begun["message"] == begun["ai_response"] == begun["response"]
    assert begun["question"]["number"] == 1
    assert begun["question"]["text"]
    greeting = begun["conversation"]
    assert len(greeting) == 1
    again = told(guest.post(ADDRESS, {"action": "initialize"} | named), 200)
    assert again == begun

    said = told(guest.post(ADDRESS, {"action": "respond", "student_response": WORDS} | named), 200)
    mine, reply = said["conversation"]
    turns = told(guest.get(f"{guest.path}turns/"), 200)["results"]
    assert [one["id"] for one in turns] == [*greeting, mine, reply]
    assert (turns[1]["text"], turns[2]["text"]) == (WORDS, said["message"])

    ended = told(guest.post(ADDRESS, {"action": "end"} | named), 200)
    assert (ended["status"], ended["is_complete"], ended["question"]) == ("completed", True, None)
    assert (ended["message"], ended["ai_response"]) == ("The interview is over.", "")
    assert told(guest.post(ADDRESS, {"action": "end"} | named), 200) == ended
    for action in ("initialize", "respond"):
        late = told(guest.post(ADDRESS, {"action": action, "student_response": WORDS} | named), 409)
        assert late["code"] == "session_over"


def test_a_pause_ends_where_the_interview_is_initialized_again(guest: Any, told: Any) -> None:
    named = {"session_id": guest.made["session_id"]}
    begun = told(guest.post(ADDRESS, {"action": "initialize"} | named), 200)
    submit(guest.session, command_id="break", kind="candidate.pause", payload={})
    drive(guest.session.pk)
    answer = {"action": "respond", "student_response": WORDS} | named
    assert told(guest.post(ADDRESS, answer), 409)["code"] == "paused"
    assert told(guest.post(ADDRESS, {"action": "initialize"} | named), 200)["message"] == begun["message"]
    assert told(guest.post(ADDRESS, answer), 200)["message"] != begun["message"]


def test_who_may_drive_it(
    hiring: Any, guest: Any, stranger: Any, anyone: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    named = {"session_id": hiring.made["id"]}
    begin, speak, stop = (
        {"action": "initialize"} | named,
        {"action": "respond", "student_response": WORDS} | named,
        {"action": "end"} | named,
    )
    colleague, reviewer = as_user(make_user("cleo")), as_user(make_user("rev", "reviewer"))
    for client, status in ((anyone, 401), (stranger, 404), (guest, 404), (colleague, 403), (reviewer, 403)):
        told(client.post(ADDRESS, begin), status)
        told(client.post(ADDRESS, speak), status)
    told(reviewer.post(ADDRESS, stop), 403)
    told(anyone.post(ADDRESS, {}), 401)
    consent = {"consent": {"ai_evaluation": False, "notice_version": "7"}}
    assert told(hiring.recruiter.post(ADDRESS, begin | consent), 200)["status"] == "in_progress"
    told(hiring.candidate.post(ADDRESS, speak), 200)
    assert told(hiring.recruiter.get(f"{hiring.path}score/"), 200)["is_evaluated"] is False
    assert told(colleague.post(ADDRESS, stop), 200)["is_complete"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "action"),
        ({"action": "sing"}, "action"),
        ({"action": "respond"}, "student_response"),
        ({"action": "respond", "student_response": "   "}, "student_response"),
        ({"action": "respond", "student_response": "x" * 5001}, "student_response"),
        ({"action": "respond", "student_response": "nul \0"}, "student_response"),
        ({"action": "end", "session_id": ["list"]}, "session_id"),
    ],
)
def test_steps_that_are_none(guest: Any, told: Any, wish: dict[str, Any], field: str) -> None:
    named = {"session_id": guest.made["session_id"]}
    assert field in told(guest.post(ADDRESS, named | wish), 400)["fields"]


def test_sessions_that_are_none(recruiter: Any, told: Any) -> None:
    for reference in (str(2**70), "no-such", "00000000-0000-4000-8000-000000000000"):
        told(recruiter.post(ADDRESS, {"action": "end", "session_id": reference}), 404)
