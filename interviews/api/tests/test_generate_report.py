"""Generating a report: of sessions that are over, by those who may read it, once and for all."""

from typing import Any

import pytest

from interviews.models import Report

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/api/reports/generate/"


def test_an_ended_interview_has_one_report(hiring: Any, stranger: Any, anyone: Any, told: Any) -> None:
    wish = {"session_id": hiring.made["session_id"]}
    assert told(hiring.recruiter.post(PATH, wish), 409)["code"] == "not_over"
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    told(hiring.recruiter.post(f"{hiring.path}end/"), 200)

    made = told(hiring.recruiter.post(PATH, wish), 201)
    for number in (hiring.made["id"], str(hiring.made["id"])):
        assert told(hiring.recruiter.post(PATH, {"session_id": number}), 201) == made
    assert Report.objects.count() == 1
    assert made["pdf_file"].endswith("edition=panel")
    assert told(hiring.candidate.post(PATH, wish), 201)["pdf_file"].endswith("edition=candidate")

    assert told(stranger.post(PATH, wish), 404)["code"] == "not_found"
    told(anyone.post(PATH, wish), 401)


@pytest.mark.parametrize(
    "wish", [{}, {"session_id": 7.5}, {"session_id": True}, {"session_id": ""}, {"session_id": "x" * 65}]
)
def test_wishes_that_name_no_session(recruiter: Any, told: Any, wish: dict[str, Any]) -> None:
    assert set(told(recruiter.post(PATH, wish), 400)["fields"]) == {"session_id"}
