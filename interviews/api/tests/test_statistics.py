"""What one's own practice came to, in the simulator's shape."""

from typing import Any

import pytest

from accounts.models import User
from interviews.models import Evaluation, Session

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "First we moved the data in small batches, because nobody should lose orders, and compared every row."


def test_own_statistics(recruiter: Any, hiring: Any, told: Any, django_assert_num_queries: Any) -> None:
    rita = User.objects.get(username="rita")
    told(recruiter.post("/api/sessions/", {"purpose": "practice"}), 201)  # nobody has begun it
    with django_assert_num_queries(3):
        empty = told(recruiter.get("/api/user/stats/"), 200)
    assert empty == {
        "total_interviews": 0,
        "completed_interviews": 0,
        "average_score": 0.0,
        "best_score": 0.0,
        "total_questions_answered": 0,
        "member_since": rita.date_joined.isoformat().replace("+00:00", "Z"),
        "account_status": "active",
    }
    made = told(recruiter.post("/api/interview/create/", {"job_role": "Nurse", "num_questions": 2}), 201)
    one = f"/api/interview/{made['interview_id']}/"
    told(recruiter.post(f"{one}answer/{made['questions'][0]['id']}/", {"user_answer": WORDS}), 201)
    told(recruiter.patch(f"{one}complete/"), 200)
    first = told(recruiter.get("/api/user/stats/"), 200)
    score = Evaluation.objects.get(number=0).overall
    assert score is not None  # judged at once, although no background has done it
    assert (first["average_score"], first["best_score"]) == (score, score)
    assert (first["total_interviews"], first["total_questions_answered"]) == (1, 1)
    better = Session.objects.create(owner=rita, purpose="practice", status="completed")
    Evaluation.objects.create(session=better, overall=min(100.0, score + 10), content={}, head_hash="")
    Session.objects.create(owner=rita, purpose="practice", status="in_progress")
    shown = told(recruiter.get("/api/user/stats/"), 200)
    assert (shown["total_interviews"], shown["completed_interviews"]) == (3, 2)
    assert shown["best_score"] > shown["average_score"] > score
