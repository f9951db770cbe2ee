"""Skill gaps: drawn once the interview is over, and never with expected points for candidates."""

from typing import Any

import pytest

from accounts.models import Role
from interviews.evaluating import find_evaluation
from interviews.evaluation.extras import Extras, add_advice
from interviews.kept_evaluations import keep_extras
from interviews.models import Question, Session, SkillGap
from interviews.retention import erase_session

pytestmark = pytest.mark.django_db(transaction=True)
THIN = "We talked to the customers every week and wrote all of it down in one shared list."
LIST = "/api/skill-gaps/"
FIELDS = {
    "id", "interview_id", "session_id", "skill", "skill_name", "severity", "score", "missing", "evidence",
    "suggestion", "recommendation", "next_step", "created_at",
}  # fmt: skip


def hold(client: Any, path: str) -> None:
    """Typed, with answers that leave most open."""
    assert client.post(f"{path}start/").status_code == 200
    for question in client.get(f"{path}questions/").json()["results"]:
        answer = client.post(f"{path}questions/{question['id']}/answer/", {"user_answer": THIN})
        assert answer.status_code == 201, answer.content
    assert client.post(f"{path}end/").status_code == 200


def test_gaps_of_a_hiring_interview(
    hiring: Any, told: Any, stranger: Any, make_user: Any, as_user: Any
) -> None:
    recruiter, number = hiring.recruiter, hiring.made["id"]
    analyze, one = f"{LIST}analyze/{number}/", f"{LIST}interview/{hiring.made['session_id']}/"
    assert told(recruiter.post(analyze), 409)["code"] == "not_over"
    assert told(recruiter.get(one), 200)["skill_gaps"] == []
    hold(recruiter, hiring.path)
    assert Session.objects.get(pk=number).reached_question == 2
    analysed = told(recruiter.post(analyze), 200)
    assert (analysed["interview_id"], analysed["session_id"]) == (hiring.made["session_id"], number)
    assert analysed["total"] == len(analysed["skill_gaps"]) > 0
    gap = analysed["skill_gaps"][0]
    assert set(gap) == FIELDS
    assert gap["severity"] == "high"
    assert gap["missing"]
    assert gap["missing"][0] in gap["suggestion"] == gap["recommendation"]
    assert gap["skill"] == gap["skill_name"]
    assert 0 <= gap["score"] < 70
    assert told(recruiter.post(analyze), 200) == analysed
    assert told(recruiter.get(one), 200) == analysed

    SkillGap.objects.all().delete()  # as before there were rows
    assert told(recruiter.get(one), 200)["total"] == analysed["total"]
    observer = as_user(make_user("olga", Role.OBSERVER))
    assert told(observer.get(LIST), 200)["count"] == analysed["total"]
    told(observer.post(analyze), 403)
    assert told(stranger.get(LIST), 200)["count"] == 0
    assert told(stranger.get(f"{LIST}summary/"), 200)["count"] == 0
    for path, method in ((analyze, "post"), (one, "get")):
        told(getattr(stranger, method)(path), 404)
        told(getattr(hiring.candidate, method)(path), 403)
    told(hiring.candidate.get(LIST), 403)
    told(hiring.candidate.get(f"{LIST}summary/"), 403)

    session = Session.objects.get(pk=number)
    evaluation = find_evaluation(session)
    assert evaluation is not None
    gaps = evaluation.skill_gaps
    keep_extras(number, add_advice(Extras(), gaps, ["Read the runbook."] * len(gaps)))
    assert {one["suggestion"] for one in told(observer.get(LIST), 200)["results"]} == {"Read the runbook."}
    erase_session(session)
    assert not SkillGap.objects.exists()


def test_candidates_read_gaps_of_their_practice_without_points(guest: Any, anyone: Any, told: Any) -> None:
    hold(guest, guest.path)
    find_evaluation(guest.session)  # as in the background
    listed = told(guest.get(LIST), 200)
    assert listed["count"] > 0
    analysed = told(guest.post(f"{LIST}analyze/{guest.made['session_id']}/"), 200)
    assert {one["id"] for one in analysed["skill_gaps"]} == {one["id"] for one in listed["results"]}
    points = [point for row in Question.objects.all() for point in row.expected_points]
    assert points
    assert not [point for point in points if point in str(listed) + str(analysed)]
    assert {one["next_step"] for one in analysed["skill_gaps"]} == {""}
    assert analysed["skill_gaps"][0]["skill"] in analysed["skill_gaps"][0]["suggestion"]
    told(guest.get(f"{LIST}interview/{2**70}/"), 404)
    told(anyone.get(LIST), 401)
    told(anyone.get(f"{LIST}interview/{guest.made['id']}/"), 401)


def test_without_consent_there_are_none(hiring: Any, told: Any) -> None:
    Session.objects.filter(pk=hiring.made["id"]).update(status="completed", consent={"ai_evaluation": False})
    told(hiring.recruiter.get(f"{LIST}interview/{hiring.made['id']}/"), 200)
    refused = told(hiring.recruiter.post(f"{LIST}analyze/{hiring.made['id']}/"), 409)
    assert refused["code"] == "not_agreed"


def test_lists_and_counts(
    recruiter: Any, told: Any, organisation: Any, django_assert_num_queries: Any
) -> None:
    sessions = [Session.objects.create(organisation=organisation, status="completed") for _ in range(2)]
    for session, skill, severity, score in (
        (sessions[0], "Testing", "high", 20.0),
        (sessions[0], "Alerting", "low", 60.0),
        (sessions[1], "Testing", "medium", 45.5),
    ):
        SkillGap.objects.create(session=session, skill=skill, severity=severity, score=score)

    def found(**wish: Any) -> list[tuple[str, str]]:
        with django_assert_num_queries(2):
            page = told(recruiter.get(LIST, wish), 200)
        return [(one["skill"], one["severity"]) for one in page["results"]]

    assert len(found()) == 3
    assert found(severity=["high", "low"], ordering="score") == [("Testing", "high"), ("Alerting", "low")]
    assert found(skill="testing", session_id=str(sessions[1].uuid)) == [("Testing", "medium")]
    assert found(created_after="2000-01-01T00:00:00Z", ordering="-skill")[0][0] == "Testing"
    counted = told(recruiter.get(f"{LIST}summary/"), 200)["results"]
    assert counted == [
        {"skill": "Testing", "n": 2, "high": 1, "medium": 1, "low": 0, "average_score": 32.75},
        {"skill": "Alerting", "n": 1, "high": 0, "medium": 0, "low": 1, "average_score": 60.0},
    ]
    assert told(recruiter.get(LIST, {"severity": "grave"}), 400)["fields"].keys() == {"severity"}
    for name in ("job_id", "candidate_id"):
        told(recruiter.get(LIST, {name: str(2**63)}), 400)
    with_none = told(recruiter.get(LIST, {"job_id": 1, "created_before": "2000-01-01T00:00:00Z"}), 200)
    assert with_none["count"] == 0
