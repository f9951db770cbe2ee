"""A Job Fit Score is sealed for whoever has not rated, in the list as in its order."""

from typing import Any

import pytest

from accounts.models import Organisation, User
from hiring.models import Candidate, Interview, Round
from interviews.models import Rating, Session

URL = "/api/interviews/"


@pytest.fixture
def make_judged(organisation: Organisation) -> Any:
    def make(name: str, score: float | None, **session: Any) -> Interview:
        candidate = Candidate.objects.create(organisation=organisation, name=name)
        made = Interview.objects.create(organisation=organisation, candidate=candidate, job_fit_score=score)
        held = Round.objects.create(interview=made, order=1)
        Session.objects.create(organisation=organisation, candidate=candidate, round=held, **session)
        return made

    return make


def _shown(answer: Any) -> list[tuple[str, float | None]]:
    return [(one["candidate_name"], one["job_fit_score"]) for one in answer.json()["results"]]


def test_while_a_session_runs_nobody_who_has_not_rated_sees_it(recruiter, make_judged) -> None:
    running = make_judged("Ada", 71.0, status="in_progress")
    make_judged("Zoë", 40.0, status="completed")
    make_judged("Eve", 90.0, status="scheduled")
    shown = [("Eve", 90.0), ("Zoë", 40.0), ("Ada", None)]
    assert sorted(_shown(recruiter.get(URL))) == sorted(shown)
    author = User.objects.get(username="rita")
    Rating.objects.create(
        session=running.rounds.get().sessions.get(),
        author=author,
        author_name="Rita",
        number=0,
        score=3,
    )
    assert ("Ada", 71.0) in _shown(recruiter.get(URL))


def test_the_order_treats_a_hidden_score_as_none(recruiter, organisation, make_judged) -> None:
    organisation.sealing = "rated"
    organisation.save()
    for name, score in (("Ada", 10.0), ("Zoë", 99.0), ("Eve", 50.0)):
        make_judged(name, score, status="completed")
    for order in ("job_fit_score", "-job_fit_score"):
        shown = _shown(recruiter.get(URL, {"ordering": order}))
        assert shown == [("Eve", None), ("Zoë", None), ("Ada", None)]  # as they came, the newest first
    one = recruiter.get(f"{URL}{Interview.objects.first().pk}/").json()
    assert one["job_fit_score"] is None


def test_without_a_seal_they_are_in_order(recruiter, organisation, make_judged) -> None:
    organisation.sealing = "off"
    organisation.save()
    make_judged("Ada", 10.0, status="in_progress")
    make_judged("Zoë", 99.0, status="completed")
    assert [name for name, _ in _shown(recruiter.get(URL, {"ordering": "-job_fit_score"}))] == ["Zoë", "Ada"]


def test_the_list_asks_the_database_no_more_for_many(
    recruiter, make_judged, django_assert_max_num_queries
) -> None:
    for number in range(15):
        make_judged(f"Candidate {number}", float(number), status="completed")
    with django_assert_max_num_queries(9):
        assert len(_shown(recruiter.get(URL))) == 15
