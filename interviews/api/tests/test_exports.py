"""Reviews as files: safe for spreadsheets, complete as JSON, and nothing in them that is sealed."""

import csv
import io
import json
import time
from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import Organisation, Sealing, User
from hiring.models import Job
from interviews.exporting import cell
from interviews.models import Session

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = '=HYPERLINK("http://evil.example","We moved the data in small batches")'


@pytest.fixture
def over(hiring: Any, organisation: Organisation) -> Any:
    hiring.job = Job.objects.create(organisation=organisation, title="Nurse")
    assert (
        hiring.candidate.post(f"{hiring.path}start/", {"consent": {"ai_evaluation": True}}).status_code == 200
    )
    question = hiring.recruiter.get(f"{hiring.path}questions/").json()["results"][0]
    said = hiring.candidate.post(f"{hiring.path}questions/{question['id']}/answer/", {"answer": WORDS})
    assert said.status_code == 201
    assert hiring.recruiter.post(f"{hiring.path}end/").status_code == 200
    Session.objects.update(job=hiring.job, candidate_name="+Ada")
    return hiring


def body(response: Any) -> str:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def rows(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))


def test_a_spreadsheet_computes_nothing(over: Any) -> None:
    answer = over.recruiter.get(f"{over.path}export/?format=csv")
    assert answer["Content-Disposition"].endswith('.csv"')
    first, second = rows(answer)
    assert first["answer"] == f"'{WORDS}"
    assert first["candidate_name"] == "'+Ada"
    assert first["score"]
    assert second["answer"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", "\n=1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_other_values_stay_as_they_are() -> None:
    assert [cell(one) for one in ("plain", 3, 2.5, None, True, ["a", "b"])] == [
        "plain",
        3,
        2.5,
        "",
        "yes",
        "a\nb",
    ]
    assert cell(["=x", "y"]) == "'=x\ny"


def test_json_with_ratings_and_overrides(over: Any, told: Any) -> None:
    told(over.recruiter.post(f"{over.path}ratings/", {"number": 1, "score": 2, "comment": "Short."}), 201)
    wish = {"number": 1, "outcome": "score", "score": 4, "reason": "Enough."}
    told(over.recruiter.post(f"{over.path}overrides/", wish), 201)
    (review,) = json.loads(body(over.recruiter.get(f"{over.path}export/?format=json")))
    question = review["questions"][0]
    assert question["ratings"] == [{"by": "Rita", "score": 2, "first_score": 2, "comment": "Short."}]
    assert (question["override"], question["override_by"], question["override_reason"]) == (
        4,
        "Rita",
        "Enough.",
    )
    assert review["overall_as_overridden"] == 75.0


def test_a_whole_job(over: Any, stranger: Any, told: Any, anyone: Any) -> None:
    address = f"/api/jobs/{over.job.pk}/export/"
    assert len(rows(over.recruiter.get(address))) == 2
    assert len(json.loads(body(over.recruiter.get(f"{address}?format=json")))) == 1
    assert json.loads(body(over.recruiter.get(f"{address}?format=json&after=99999"))) == []
    told(over.recruiter.get(f"{address}?format=xlsx"), 400)
    told(stranger.get(address), 404)
    told(anyone.get(address), 401)
    told(over.candidate.get(address), 403)
    told(over.candidate.get(f"{over.path}export/"), 403)
    told(stranger.get(f"{over.path}export/"), 404)


def test_one_person_takes_only_so_many(over: Any, told: Any, make_user: Any, as_user: Any) -> None:
    of_one = [f"{over.path}export/"]
    of_a_job = [f"/api/jobs/{over.job.pk}/{name}/" for name in ("export", "reports")]
    rita = User.objects.get(username="rita").pk
    for scope, most, held, free in (
        ("exports", 300, of_one, of_a_job),
        ("job_exports", 30, of_a_job, of_one),
    ):
        cache.set(f"throttle_{scope}_user-{rita}", [time.time()] * most, 3600)
        for path in held:
            assert told(over.recruiter.get(path), 429)["code"] == "throttled"
            assert as_user(make_user(f"{scope}{len(path)}")).get(path).status_code == 200
        assert {over.recruiter.get(path).status_code for path in free} == {200}
        cache.clear()


def test_what_is_sealed_is_not_in_it(over: Any, make_user: Any, as_user: Any, told: Any) -> None:
    told(over.recruiter.post(f"{over.path}ratings/", {"number": 1, "score": 2, "comment": "Mine."}), 201)
    Organisation.objects.update(sealing=Sealing.RATED)
    reviewer = as_user(make_user("rolf", "reviewer"))
    text = body(reviewer.get(f"{over.path}export/?format=json"))
    (review,) = json.loads(text)
    assert review["overall_score"] is None
    assert (review["questions"][0]["is_sealed"], review["questions"][0]["score"]) == (True, None)
    assert "Mine." not in text
    observer = as_user(make_user("olga", "observer"))
    for address in (f"{over.path}export/", f"/api/jobs/{over.job.pk}/export/"):
        text = body(observer.get(f"{address}?format=json"))
        assert json.loads(text)[0]["questions"][0]["score"] is None
        assert "Mine." not in text
