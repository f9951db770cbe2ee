"""What people set instead of a judgement: who may, what it comes to, and that both are kept."""

from typing import Any

import pytest

from accounts.models import Organisation, Sealing
from interviews.models import Session
from interviews.reporting import report_content
from reports.editions import candidate_edition
from reports.pdf.render import render_pdf

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)


@pytest.fixture
def over(hiring: Any) -> Any:
    consent = {"consent": {"ai_evaluation": True}}
    assert hiring.candidate.post(f"{hiring.path}start/", consent).status_code == 200
    for question in hiring.recruiter.get(f"{hiring.path}questions/").json()["results"]:
        address = f"{hiring.path}questions/{question['id']}/answer/"
        assert hiring.candidate.post(address, {"answer": WORDS}).status_code == 201
    assert hiring.recruiter.post(f"{hiring.path}end/").status_code == 200
    return hiring


def wish(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"number": number, "outcome": "score", "score": 5, "reason": "Said in other words.", **more}


def test_the_program_keeps_its_numbers_and_both_are_told(over: Any, told: Any) -> None:
    before = told(over.recruiter.get(f"{over.path}score/"), 200)
    assert before["overridden"] is None
    made = told(over.recruiter.post(f"{over.path}overrides/", wish()), 201)
    assert (made["author_name"], made["score"], made["is_standing"]) == ("Rita", 5, True)
    after = told(over.recruiter.get(f"{over.path}score/"), 200)
    assert after["overall_score"] == before["overall_score"]
    other = after["question_scores"][1]["score"]
    assert after["overridden"]["overall_score"] == pytest.approx((100 + other) / 2, abs=0.01)
    assert after["overall_as_overridden"] == after["overridden"]["overall_score"]
    assert after["question_scores"][0]["override"]["reason"] == "Said in other words."
    assert after["question_scores"][1]["override"] is None
    results = told(over.recruiter.get(f"{over.path}results/"), 200)
    assert results["overall_as_overridden"] == after["overall_as_overridden"]


def test_not_scorable_counts_neither_way(over: Any, told: Any) -> None:
    told(over.recruiter.post(f"{over.path}overrides/", wish(outcome="not_scorable", score=None)), 201)
    score = told(over.recruiter.get(f"{over.path}score/"), 200)
    assert score["overridden"]["overall_score"] == score["question_scores"][1]["score"]
    assert score["overridden"]["scored"] == 1
    told(over.recruiter.post(f"{over.path}overrides/", wish(outcome="as_judged", score=None)), 201)
    assert told(over.recruiter.get(f"{over.path}score/"), 200)["overridden"] is None
    kept = told(over.recruiter.get(f"{over.path}overrides/"), 200)["results"]
    assert [(one["outcome"], one["is_standing"]) for one in kept] == [
        ("not_scorable", False),
        ("as_judged", False),
    ]


def test_the_report_says_who_and_why(over: Any, told: Any) -> None:
    told(over.recruiter.post(f"{over.path}overrides/", wish(reason="Names the way back.")), 201)
    content = report_content(Session.objects.get(pk=over.made["id"]), "panel")
    assert [(one.by, one.score, one.reason) for one in content.overrides] == [
        ("Rita", 5, "Names the way back.")
    ]
    assert content.overall.overridden is not None
    assert content.overall.overridden.answers_set == 1
    assert render_pdf(content).startswith(b"%PDF")
    own = str(candidate_edition(content))
    assert "Names the way back." not in own
    assert "Rita" not in own


def test_what_is_refused(over: Any, hiring: Any, told: Any) -> None:
    address = f"{over.path}overrides/"
    for body, field in (
        (wish(reason="  "), "reason"),
        (wish(score=None), "score"),
        (wish(outcome="not_scorable"), "score"),
        (wish(score=6), "score"),
        (wish(0), "number"),
        (wish(9), "number"),
        (wish(outcome="maybe"), "outcome"),
    ):
        assert set(told(over.recruiter.post(address, body), 400)["fields"]) == {field}, body
    undo = wish(outcome="as_judged", score=None)
    assert told(over.recruiter.post(address, undo), 409)["code"] == "nothing_to_undo"


def test_before_the_end_there_is_nothing_to_override(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    assert told(hiring.recruiter.post(f"{hiring.path}overrides/", wish()), 409)["code"] == "not_over"


def test_who_may(over: Any, stranger: Any, make_user: Any, as_user: Any, told: Any) -> None:
    address = f"{over.path}overrides/"
    reviewer, observer = as_user(make_user("rolf", "reviewer")), as_user(make_user("olga", "observer"))
    told(reviewer.post(address, wish()), 201)
    told(observer.post(address, wish()), 403)
    assert told(observer.get(address), 200)["count"] == 1
    told(over.candidate.get(address), 403)
    told(stranger.get(address), 404)
    told(stranger.post(address, wish()), 404)
    Organisation.objects.update(sealing=Sealing.RATED)
    assert told(observer.get(address), 200)["count"] == 0
    assert told(reviewer.get(address), 200)["count"] == 0
    told(reviewer.post(f"{over.path}ratings/", {"number": 1, "score": 3}), 201)
    assert told(reviewer.get(address), 200)["count"] == 1
