"""Where what was said is erased, nothing more is written about it: nobody would erase that."""

from typing import Any

import pytest

from interviews.models import Note, Override, Rating, ReportShare, Session
from interviews.retention import erase_session

pytestmark = pytest.mark.django_db(transaction=True)
SENT = {
    "ratings": {"number": 0, "score": 4, "comment": "Ada was calm."},
    "overrides": {"number": 1, "outcome": "not_scorable", "reason": "Ada was not heard."},
    "notes": {"text": "Ada was calm."},
    "shares": {"edition": "panel", "days": 3},
}


@pytest.mark.parametrize("what", SENT)
def test_an_erased_interview_stays_empty(hiring: Any, told: Any, what: str) -> None:
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    told(hiring.recruiter.post(f"{hiring.path}end/"), 200)
    session = Session.objects.get()
    erase_session(session)
    base = f"/api/reports/{session.uuid}/" if what == "shares" else hiring.path
    refused = hiring.recruiter.post(f"{base}{what}/", SENT[what], format="json")
    assert told(refused, 409)["code"] == "erased"
    assert not any(model.objects.exists() for model in (Rating, Override, Note, ReportShare))
