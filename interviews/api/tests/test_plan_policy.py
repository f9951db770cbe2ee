"""What a kept plan says to and allows candidates reaches the sessions made from it, and stays with them."""

from typing import Any

import pytest

from hiring.models import Plan as KeptPlan
from interviews.live.process import get_process
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from interviews.plan import Plan, Policy
from interviews.reporting.policy import PRACTICE, UNDECIDED, candidate_policy, policy_of
from reports.content import CandidatePolicy

pytestmark = pytest.mark.django_db
SETTLED = {"notice": " Bring your badge. ", "redo": "once", "feedback": "scores"}


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_process(), "mind", ScriptedMind())


@pytest.fixture
def kept(recruiter: Any) -> dict[str, Any]:
    wish = {"name": "Ward", "role": "Nurse", "num_questions": 2, **SETTLED}
    return dict(recruiter.post("/api/plans/", wish).json())


def session_from(recruiter: Any, **wish: Any) -> Session:
    answer = recruiter.post("/api/sessions/", wish)
    assert answer.status_code == 201, answer.content
    return Session.objects.get(pk=answer.json()["id"])


def test_a_session_takes_the_policy_of_its_plan(recruiter, kept):
    session = session_from(recruiter, plan_id=kept["id"])
    assert policy_of(session) == Policy("Bring your badge.", "once", "scores")
    assert policy_of(session).may_redo


@pytest.mark.parametrize(
    ("feedback", "scores", "words"), [("none", False, False), ("words", False, True), ("scores", True, True)]
)
def test_the_copy_decides_what_the_candidates_edition_holds(feedback, scores, words):
    plan = Plan(role="Nurse", policy=Policy(feedback=feedback))
    assert candidate_policy(plan) == CandidatePolicy(shows_scores=scores, shows_feedback=words)


def test_whoever_holds_the_link_reads_the_notice(recruiter, kept, anyone):
    made = recruiter.post("/api/sessions/", {"plan_id": kept["id"]}).json()
    own = anyone.get("/api/me/session/", HTTP_X_INTERVIEW_TOKEN=made["public_token"]).json()
    assert own["notice"]["own"] == "Bring your badge."


def test_a_later_version_changes_no_session_that_is_there(recruiter, kept):
    before = session_from(recruiter, plan_id=kept["id"])
    recruiter.put(f"/api/plans/{kept['id']}/", {"redo": "none", "feedback": "none", "notice": ""})
    assert policy_of(before).feedback == "scores"
    assert policy_of(session_from(recruiter, plan_id=kept["id"])) == Policy("", "none", "none")


def test_questions_of_ones_own_leave_the_policy(recruiter, kept):
    session = session_from(recruiter, plan_id=kept["id"])
    question = {"session_id": str(session.uuid), "question_text": "How do you hand a ward over at night?"}
    assert recruiter.post("/api/questions/", question).status_code == 201
    session.refresh_from_db()
    assert session.plan.get("plan_id", 0) == 0
    assert policy_of(session).notice == "Bring your badge."


def test_a_session_from_before_reads_the_version_it_names(recruiter, kept):
    session = session_from(recruiter, plan_id=kept["id"])
    del session.plan["policy"]
    assert policy_of(session).redo == "once"
    KeptPlan.objects.all().delete()
    assert policy_of(session) == UNDECIDED


def test_without_a_plan_nobody_allowed_anything_and_a_practice_is_ones_own(recruiter):
    session = session_from(recruiter, job_role="Nurse", num_questions=1)
    assert policy_of(session) == UNDECIDED
    session.purpose = Session.Purpose.PRACTICE
    assert policy_of(session) == PRACTICE


def changed(recruiter: Any, kept: dict[str, Any], questions: list[dict[str, Any]]) -> dict[str, Any]:
    answer = recruiter.put(f"/api/plans/{kept['id']}/", {"questions": questions})
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_questions_sent_back_as_they_were_read_stay_what_they_were(recruiter, kept):
    again = changed(recruiter, kept, list(reversed(kept["questions"])))
    assert again["questions"] == list(reversed(kept["questions"]))
    assert {one["source"] for one in again["preview"]["questions"]} == {"bank"}
    assert again["faults"] == []


def test_only_the_question_whose_words_were_changed_is_a_persons(recruiter, kept):
    first, second = kept["questions"]
    again = changed(recruiter, kept, [{**first, "text": "What did you change first?"}, second])
    assert [one["source"] for one in again["preview"]["questions"]] == ["person", "bank"]
    once_more = changed(recruiter, kept, again["questions"])
    assert [one["source"] for one in once_more["preview"]["questions"]] == ["person", "bank"]


def test_that_the_bank_wrote_it_is_not_believed(recruiter, kept):
    own = {"text": "How would you hand over a ward?", "source": "bank", "key": kept["questions"][0]["key"]}
    again = changed(recruiter, kept, [own])
    assert again["preview"]["questions"][0]["source"] == "person"


def test_a_question_that_counts_for_nobody_stays_apart(recruiter, kept):
    first, second = kept["questions"]
    again = changed(recruiter, kept, [first, {**second, "is_core": False}])
    assert again["core_keys"] == [first["key"]]
    assert [one["is_core"] for one in again["preview"]["questions"]] == [True, False]
    session = session_from(recruiter, plan_id=kept["id"])
    assert session.num_questions == 2
    answer = recruiter.put(f"/api/plans/{kept['id']}/", {"questions": [{**first, "is_core": False}]})
    assert answer.status_code == 400
    assert "count for everybody" in str(answer.json())
