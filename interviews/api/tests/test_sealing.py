"""Nobody who has not rated reads a score that is sealed, wherever scores stand."""

import io
import json
import zipfile
from typing import Any

import pytest

from accounts.models import Organisation, Sealing
from hiring.models import Job
from interviews.models import Session
from interviews.sealing import seal_for, sealed_for

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "I measured it first, then I moved the data in small batches and compared both."


@pytest.fixture
def running(hiring: Any) -> Any:
    """Begun; the first of two questions is answered."""
    assert hiring.candidate.post(f"{hiring.path}start/").status_code == 200
    answer(hiring, 0)
    return hiring


@pytest.fixture
def over(running: Any) -> Any:
    answer(running, 1)
    assert running.recruiter.post(f"{running.path}end/").status_code == 200
    return running


def answer(hiring: Any, place: int) -> None:
    question = hiring.recruiter.get(f"{hiring.path}questions/").json()["results"][place]
    address = f"{hiring.path}questions/{question['id']}/answer/"
    assert hiring.candidate.post(address, {"answer": WORDS}).status_code == 201


def seal_what_is_over() -> None:
    Organisation.objects.update(sealing=Sealing.RATED)


def scores(client: Any, path: str) -> tuple[Any, list[Any]]:
    told = client.get(f"{path}score/").json()
    return told["overall_score"], [one["score"] for one in told["question_scores"]]


def test_while_it_runs_an_answer_opens_once_rated(running: Any, told: Any) -> None:
    recruiter, path = running.recruiter, running.path
    sealed = told(recruiter.get(f"{path}score/"), 200)
    first = sealed["question_scores"][0]
    assert (sealed["is_sealed"], first["is_sealed"], first["score"], first["criteria"]) == (
        True,
        True,
        None,
        [],
    )
    assert (first["feedback"], first["anchor"], first["strengths"]) == ("", None, [])
    assert sealed["notes"] == ["Scores of this interview are sealed until you have rated it yourself."]
    assert told(recruiter.get(f"{path}results/"), 200)["responses"][0]["score"] is None
    told(recruiter.post(f"{path}ratings/", {"number": 1, "score": 3}), 201)
    whole, (of_first, _) = scores(recruiter, path)
    assert whole is None
    assert of_first is not None
    opened = told(recruiter.get(f"{path}score/"), 200)
    assert [one["average_score"] for one in opened["category_scores"]] == [None] * len(
        opened["category_scores"]
    )
    told(recruiter.post(f"{path}ratings/", {"score": 3}), 201)
    assert scores(recruiter, path)[0] is not None


def test_whoever_answers_in_the_candidates_place_reads_no_score(running: Any, told: Any) -> None:
    recruiter = running.recruiter
    question = told(recruiter.get(f"{running.path}questions/"), 200)["results"][1]
    address = f"{running.path}questions/{question['id']}/answer/"
    given = told(recruiter.post(address, {"answer": WORDS}), 201)
    shown = ("score", "feedback", "strengths", "improvements", "keywords_mentioned")
    assert [given[name] for name in shown] == [None, "", [], [], []]


def test_ones_own_rating_opens_it_for_oneself_alone(running: Any, make_user: Any, as_user: Any) -> None:
    reviewer = as_user(make_user("rolf", "reviewer"))
    assert reviewer.post(f"{running.path}ratings/", {"number": 1, "score": 2}).status_code == 201
    assert scores(reviewer, running.path)[1][0] is not None
    assert scores(running.recruiter, running.path) == (None, [None, None])
    observer = as_user(make_user("olga", "observer"))
    assert scores(observer, running.path) == (None, [None, None])


def test_the_end_opens_everything_unless_the_organisation_wants_more(over: Any, told: Any) -> None:
    assert scores(over.recruiter, over.path)[0] is not None
    seal_what_is_over()
    assert scores(over.recruiter, over.path) == (None, [None, None])
    Organisation.objects.update(sealing=Sealing.OFF)
    assert scores(over.recruiter, over.path)[0] is not None


def test_every_door_is_sealed(over: Any, told: Any) -> None:
    recruiter, session = over.recruiter, Session.objects.get(pk=over.made["id"])
    job = Job.objects.create(organisation=session.organisation, title="Nurse")
    Session.objects.filter(pk=session.pk).update(job=job)
    gaps = f"/api/skill-gaps/interview/{session.uuid}/"
    assert told(recruiter.get(gaps), 200)["total"] > 0
    assert told(recruiter.get("/api/dashboard/"), 200)["average_score_n"] == 1
    seal_what_is_over()
    for path in ("pdf", "json"):
        assert told(recruiter.get(f"/api/reports/{session.uuid}/{path}/"), 403)["code"] == "sealed"
        edition = recruiter.get(f"/api/reports/{session.uuid}/{path}/?edition=candidate")
        assert edition.status_code == 200
    assert [one["overall_score"] for one in told(recruiter.get("/api/reports/"), 200)["results"]] == [None]
    assert told(recruiter.get(f"{over.path}evaluations/"), 200)["runs"] == []
    assert told(recruiter.get(gaps), 200)["total"] == 0
    assert told(recruiter.get("/api/skill-gaps/"), 200)["count"] == 0
    assert told(recruiter.get("/api/dashboard/"), 200)["average_score_n"] == 0
    assert told(recruiter.post(f"{over.path}evaluate/", {"evaluator": "words"}), 200)["changes"] is None
    batch = b"".join(recruiter.get(f"/api/jobs/{job.pk}/reports/"))
    with zipfile.ZipFile(io.BytesIO(batch)) as archive:
        index = json.loads(archive.read("index.json"))
        assert archive.namelist() == ["index.json"]
    assert "sealed" in index["reports"][0]["error"]
    told(recruiter.post(f"{over.path}ratings/", {"score": 4}), 201)
    assert recruiter.get(f"/api/reports/{session.uuid}/pdf/").status_code == 200
    assert told(recruiter.get("/api/dashboard/"), 200)["average_score_n"] == 1
    assert told(recruiter.get("/api/skill-gaps/"), 200)["count"] > 0


def test_a_candidates_edition_with_scores_is_sealed_for_members(over: Any, told: Any) -> None:
    recruiter, session = over.recruiter, Session.objects.get(pk=over.made["id"])
    job = Job.objects.create(organisation=session.organisation, title="Nurse")
    policy = {"notice": "", "redo": "none", "feedback": "scores"}
    Session.objects.filter(pk=session.pk).update(job=job, plan={**session.plan, "policy": policy})
    seal_what_is_over()
    address = f"/api/reports/{session.uuid}"
    assert told(recruiter.get(f"{address}/json/?edition=candidate"), 403)["code"] == "sealed"
    told(recruiter.post(f"{address}/shares/", {"edition": "candidate", "days": 1}), 403)
    batch = b"".join(recruiter.get(f"/api/jobs/{job.pk}/reports/?edition=candidate"))
    with zipfile.ZipFile(io.BytesIO(batch)) as archive:
        assert archive.namelist() == ["index.json"]
    assert over.candidate.get(f"{address}/json/").status_code == 200
    told(recruiter.post(f"{over.path}ratings/", {"score": 4}), 201)
    assert recruiter.get(f"{address}/json/?edition=candidate").status_code == 200


def test_practice_is_never_sealed(guest: Any, make_user: Any) -> None:
    seal_what_is_over()
    assert not seal_for(make_user("rita"), guest.session).hides_whole


@pytest.mark.parametrize("mode", Sealing.values)
@pytest.mark.parametrize("status", ["in_progress", "completed"])
def test_the_filter_says_what_the_seal_says(
    organisation: Any, make_user: Any, mode: str, status: str
) -> None:
    user = make_user("rita")
    Organisation.objects.update(sealing=mode)
    for purpose in ("hiring", "practice"):
        for rated in (False, True):
            row = Session.objects.create(organisation=organisation, status=status, purpose=purpose)
            if rated:
                row.ratings.create(author=user, number=0, score=3)
    hidden = set(Session.objects.filter(sealed_for(user)).values_list("pk", flat=True))
    assert hidden == {one.pk for one in Session.objects.all() if seal_for(user, one).hides_whole}
