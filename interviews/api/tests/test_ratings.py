"""People rate answers and the whole, each before they read what the others think."""

from typing import Any

import pytest

from accounts.models import Membership, Organisation, Sealing
from hiring.models import Job
from interviews.models import Session
from interviews.report_batch import make_reports, next_batch
from interviews.reporting.content import report_content

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_opinion_each_of_their_own(
    hiring: Any, stranger: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    address = f"{hiring.path}ratings/"
    assert told(hiring.recruiter.post(address, {"score": 4}), 409)["code"] == "not_started"
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    reviewer, observer = as_user(make_user("rolf", "reviewer")), as_user(make_user("olga", "observer"))
    first = told(hiring.recruiter.post(address, {"number": 1, "score": 4, "comment": "Names it."}), 201)
    assert (first["author_name"], first["number"], first["is_own"]) == ("Rita", 1, True)
    told(hiring.recruiter.post(address, {"score": 3}), 201)
    assert told(reviewer.get(address), 200)["count"] == 0
    told(reviewer.post(address, {"number": 1, "score": 2}), 201)
    seen = told(reviewer.get(address), 200)["results"]
    assert [(one["author_name"], one["number"], one["score"]) for one in seen] == [
        ("Rita", 1, 4),
        ("Rolf", 1, 2),
    ]
    changed = told(reviewer.post(address, {"number": 1, "score": 5}), 200)
    assert (changed["score"], changed["first_score"]) == (5, 2)
    assert told(observer.get(address), 200)["count"] == 0  # sealed, as the scores are
    told(observer.post(address, {"score": 3}), 403)
    told(hiring.candidate.get(address), 403)
    told(stranger.get(address), 404)
    for body, field in (
        ({"score": 6}, "score"),
        ({"score": 0}, "score"),
        ({}, "score"),
        ({"score": 3, "number": 3}, "number"),
        ({"score": 3, "comment": "x" * 2001}, "comment"),
    ):
        assert set(told(reviewer.post(address, body), 400)["fields"]) == {field}
    told(hiring.recruiter.post(f"{hiring.path}end/"), 200)
    assert told(observer.get(address), 200)["count"] == 3
    content = report_content(Session.objects.get(pk=hiring.made["id"]), "panel")
    given = [(one.by, one.question_number, one.score) for one in content.human_ratings]
    assert given == [("Rita", None, 3), ("Rita", 1, 4), ("Rolf", 1, 5)]


def test_a_report_tells_nobody_what_others_gave_before_they_gave_theirs(
    hiring: Any, make_user: Any, as_user: Any, told: Any, organisation: Organisation
) -> None:
    address = f"{hiring.path}ratings/"
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    for sent in ({"number": 1, "score": 4}, {"score": 2}):
        told(hiring.recruiter.post(address, sent), 201)
    told(hiring.recruiter.post(f"{hiring.path}end/"), 200)
    rolf = make_user("rolf", "reviewer")
    reviewer, observer = as_user(rolf), as_user(make_user("olga", "observer"))
    session = Session.objects.get(pk=hiring.made["id"])
    job = Job.objects.create(organisation=organisation, title="Nurse")
    Session.objects.update(job=job)

    def read(client: Any) -> tuple[list[Any], bool]:
        report = told(client.get(f"/api/reports/{session.uuid}/json/"), 200)["report"]
        return [one["score"] for one in report["human_ratings"]], report["holds_back_ratings"]

    assert read(hiring.recruiter) == ([2, 4], False)
    assert read(observer) == ([2, 4], False)  # scores are open to them: it is over
    assert read(reviewer) == ([], True)
    told(reviewer.post(address, {"number": 1, "score": 1}), 201)
    assert read(reviewer) == ([4, 1], True)
    shown = []

    def render(content: Any) -> bytes:
        shown.append([one.score for one in content.human_ratings])
        return b"%PDF"

    list(make_reports(next_batch(job, "panel", Session.objects.all(), reader=rolf), render))
    assert shown == [[4, 1]]


def test_who_only_watches_reads_ratings_when_scores_are_open(
    hiring: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    address = f"{hiring.path}ratings/"
    told(hiring.recruiter.post(f"{hiring.path}start/"), 200)
    told(hiring.recruiter.post(address, {"number": 1, "score": 4}), 201)
    told(hiring.recruiter.post(f"{hiring.path}end/"), 200)
    observer = as_user(make_user("olga", "observer"))
    seen = {}
    for mode in Sealing.values:
        Organisation.objects.update(sealing=mode)
        seen[mode] = told(observer.get(address), 200)["count"]
    assert seen == {"live": 1, "rated": 0, "off": 1}
    Organisation.objects.update(sealing=Sealing.RATED)
    Membership.objects.filter(user__username="rita").update(role="observer")
    assert told(hiring.recruiter.get(address), 200)["count"] == 1  # their own, from when they could
