"""Whole interviews over REST, typed: from making the session to its results."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from interviews.conversing import say
from interviews.live.commands import submit
from interviews.models import Session

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


def finish(client: Any, path: str, words: str = WORDS) -> None:
    assert client.post(f"{path}start/").status_code == 200
    for question in client.get(f"{path}questions/").json()["results"]:
        answer = client.post(f"{path}questions/{question['id']}/answer/", {"answer": words})
        assert answer.status_code == 201, answer.content
    assert client.post(f"{path}end/").status_code == 200


def pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_the_candidates_pdf_holds_their_words(guest: Any) -> None:
    finish(guest, guest.path)
    answer = guest.get(f"/api/reports/{guest.made['session_id']}/pdf/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    text = pdf_text(answer.content)
    assert "a script compared every row in both databases" in text
    assert "Zoë" in text
    again = guest.get(f"/api/reports/{guest.made['session_id']}/pdf/", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_candidate_never_reads_what_was_expected(guest: Any, told: Any) -> None:
    finish(guest, guest.path)
    points = [point for row in guest.session.questions.all() for point in row.expected_points]
    shown = "".join(
        guest.get(address).content.decode()
        for address in (
            f"{guest.path}results/",
            f"{guest.path}score/",
            f"{guest.path}questions/",
            f"{guest.path}events/",
            f"/api/reports/{guest.made['session_id']}/json/",
        )
    )
    assert points
    assert not [point for point in points if point in shown]
    told(guest.get(f"/api/reports/{guest.made['session_id']}/pdf/?edition=panel"), 403)


def test_the_panel_reads_both_editions(hiring: Any, told: Any) -> None:
    finish(hiring.recruiter, hiring.path)
    address = f"/api/reports/{hiring.made['session_id']}/"
    panel = hiring.recruiter.get(f"{address}pdf/?edition=panel")
    assert panel.status_code == 200
    assert "a script compared every row" in pdf_text(panel.content)
    twin = told(hiring.recruiter.get(f"{address}json/?edition=panel"), 200)
    assert twin["report"]["provenance"]["log_head_hash"]
    assert twin["report"]["overall"]["value"] is not None
    assert hiring.candidate.get(f"{address}pdf/").status_code == 200
    told(hiring.candidate.get(f"{hiring.path}score/"), 403)
    shown = told(hiring.candidate.get(f"{hiring.path}results/"), 200)
    assert shown["overall_score"] is None
    assert {one["score"] for one in shown["responses"]} == {None}


HOSTILE = '<img src="/etc/passwd"> & <b>bold</b> שלום עולם'


def test_markup_and_other_scripts_come_out_as_they_are(make_guest: Any, told: Any) -> None:
    guest = make_guest(candidate_name="محمد <script>")
    finish(guest, guest.path, HOSTILE)
    results = told(guest.get(f"{guest.path}results/"), 200)
    assert results["responses"][0]["user_answer"] == HOSTILE
    text = pdf_text(guest.get(f"/api/reports/{guest.made['session_id']}/pdf/").content)
    assert '<img src="/etc/passwd"> & <b>bold</b>' in text
    assert "script" in text
    assert "محمد" in text


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001, "nul \0 inside", None, ["list"]])
def test_answers_that_are_none(guest: Any, told: Any, text: Any) -> None:
    guest.post(f"{guest.path}start/")
    first = guest.get(f"{guest.path}questions/").json()["results"][0]
    error = told(guest.post(f"{guest.path}questions/{first['id']}/answer/", {"user_answer": text}), 400)
    assert "user_answer" in error["fields"]


def test_a_question_is_answered_once(guest: Any, told: Any) -> None:
    guest.post(f"{guest.path}start/")
    first, second, _ = guest.get(f"{guest.path}questions/").json()["results"]
    address = f"{guest.path}questions/{first['id']}/answer/"
    told(guest.post(address, {"user_answer": WORDS}), 201)
    assert told(guest.post(address, {"user_answer": WORDS}), 409)["code"] == "already_answered"
    told(guest.post(f"{guest.path}questions/{second['id']}/answer/", {"user_answer": WORDS}), 201)


def test_going_ahead_skips_and_does_not_come_back(guest: Any, told: Any) -> None:
    guest.post(f"{guest.path}start/")
    first, _, third = guest.get(f"{guest.path}questions/").json()["results"]
    told(guest.post(f"{guest.path}questions/{third['id']}/answer/", {"user_answer": WORDS}), 201)
    passed = told(guest.post(f"{guest.path}questions/{first['id']}/answer/", {"user_answer": WORDS}), 409)
    assert passed["code"] == "question_passed"
    guest.post(f"{guest.path}end/")
    score = told(guest.get(f"{guest.path}score/"), 200)
    assert (score["answered"], score["skipped"]) == (1, 2)


def test_nothing_is_taken_before_the_start_and_after_the_end(guest: Any, told: Any) -> None:
    first = guest.get(f"{guest.path}questions/").json()["results"][0]
    address = f"{guest.path}questions/{first['id']}/answer/"
    assert told(guest.post(address, {"user_answer": WORDS}), 409)["code"] == "not_started"
    told(guest.post(f"{guest.path}start/"), 200)
    assert told(guest.post(f"{guest.path}start/"), 409)["code"] == "already_started"
    told(guest.post(f"{guest.path}end/"), 200)
    for late in (
        guest.post(address, {"user_answer": WORDS}),
        guest.post(f"{guest.path}turns/", {"text": "hello"}),
        guest.post(f"{guest.path}start/"),
    ):
        assert told(late, 409)["code"] == "session_over"
    assert told(guest.post(f"{guest.path}end/"), 200)["end_reason"] == "ended_by_candidate"


def test_follow_ups_are_answered_as_turns(guest: Any, told: Any) -> None:
    guest.post(f"{guest.path}start/")
    said = told(guest.post(f"{guest.path}turns/", {"text": "I am not sure what you mean."}), 201)
    assert said["turn"]["speaker"] == "candidate"
    assert said["reply"]["text"]
    again = told(guest.post(f"{guest.path}turns/", {"text": WORDS}), 201)
    turns = told(guest.get(f"{guest.path}turns/"), 200)["results"]
    assert [turn["speaker"] for turn in turns] == ["interviewer", "candidate"] * 2 + ["interviewer"]
    assert turns[3]["id"] == again["turn"]["id"]
    assert (turns[1]["channel"], turns[3]["channel"]) == ("typed", "typed")
    say(guest.session, text="By telephone.", seconds=None, user=None, channel="sms")
    last = guest.session.turns.filter(speaker="candidate").last()
    assert last is not None
    assert last.channel == "sms"


def test_without_consent_nothing_is_scored(guest: Any, told: Any) -> None:
    told(guest.post(f"{guest.path}start/", {"consent": {"ai_evaluation": False}}), 200)
    first = guest.get(f"{guest.path}questions/").json()["results"][0]
    guest.post(f"{guest.path}questions/{first['id']}/answer/", {"user_answer": WORDS})
    guest.post(f"{guest.path}end/")
    score = told(guest.get(f"{guest.path}score/"), 200)
    assert score["overall_score"] is None
    assert score["performance"] is None
    assert score["is_evaluated"] is False


def test_an_interview_that_never_began_is_cancelled(guest: Any, told: Any) -> None:
    assert told(guest.post(f"{guest.path}end/"), 200)["status"] == "cancelled"


def test_it_is_told_who_ended_it(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    ended = told(hiring.recruiter.post(f"{hiring.path}end/"), 200)
    assert (ended["status"], ended["end_reason"]) == ("completed", "ended_by_observer")


def test_the_talk_ends_with_the_goodbye(make_guest: Any, told: Any) -> None:
    guest = make_guest(num_questions=1)
    guest.post(f"{guest.path}start/")
    status = ""
    for text in (WORDS, WORDS, WORDS, "No, thank you."):
        said = told(guest.post(f"{guest.path}turns/", {"text": text}), 201)
        status = said["session_status"]
        if said["reply"] and said["reply"]["kind"] == "closing_invite":
            status = told(guest.post(f"{guest.path}turns/", {"text": "No, thank you."}), 201)[
                "session_status"
            ]
            break
    assert status == "completed"


def test_a_question_that_a_person_put_in_is_asked_where_it_was_put(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    session = Session.objects.get(pk=hiring.made["id"])
    payload = {"text": "Why this company?", "verbatim": True}
    submit(session, command_id="queue-1", kind="question.queue", payload=payload, by_name="Rita")
    first = told(hiring.recruiter.get(f"{hiring.path}questions/"), 200)["results"][0]
    given = told(
        hiring.recruiter.post(f"{hiring.path}questions/{first['id']}/answer/", {"answer": WORDS}), 201
    )
    assert given["reply"]
    rows = told(hiring.recruiter.get(f"{hiring.path}questions/"), 200)["results"]
    put_in = next(row for row in rows if row["question"] == "Why this company?")
    last = told(
        hiring.recruiter.post(f"{hiring.path}questions/{put_in['id']}/answer/", {"answer": "I like it."}), 201
    )
    assert last["question_text"] == "Why this company?"
    results = told(hiring.recruiter.get(f"{hiring.path}results/"), 200)
    assert [one["question_text"] for one in results["responses"]] == [first["question"], "Why this company?"]
    assert [one["order_number"] for one in results["responses"]] == [1, 2]


def test_lists_cost_the_same_however_long(
    make_guest: Any, hiring: Any, django_assert_num_queries: Any
) -> None:
    hiring.recruiter.post(f"{hiring.path}end/")
    hiring.recruiter.get("/api/reports/")
    for address, count in (("/api/reports/", 3), ("/api/questions/", 2)):
        with django_assert_num_queries(count):
            assert hiring.recruiter.get(address).status_code == 200
    for _ in range(5):
        made = hiring.recruiter.post("/api/sessions/", {"num_questions": 2}).json()
        hiring.recruiter.post(f"/api/sessions/{made['id']}/end/")
    hiring.recruiter.get("/api/reports/")
    for address, count in (("/api/reports/", 3), ("/api/questions/", 2)):
        with django_assert_num_queries(count):
            assert hiring.recruiter.get(address).status_code == 200
