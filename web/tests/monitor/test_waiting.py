"""Below the live list stands what waits for a person: a review first, then a decision."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from hiring.models import Candidate, Interview, Round
from interviews.models import Rating, Session
from web.monitor.waiting import waiting_sessions

OVER = {"status": Session.Status.COMPLETED}


@pytest.fixture
def make_over(make_interview, organisation: Organisation):
    """An interview by voice that is over, alone or as the round of a hiring process."""

    def make(*, days: int = 1, interview_status: str = "", **fields: Any) -> Session:
        ended = timezone.now() - timedelta(days=days)
        session, _ = make_interview(**{**OVER, "ended_at": ended, **fields})
        if interview_status:
            candidate = Candidate.objects.create(organisation=organisation, name="Zoë Ł.")
            interview = Interview.objects.create(
                organisation=organisation, candidate=candidate, status=interview_status
            )
            session.round = Round.objects.create(interview=interview, order=1)
            session.save()
        return session

    return make


def rate(session: Session, user: User) -> None:
    Rating.objects.create(session=session, author=user, number=0, score=4)


def test_what_nobody_has_rated_waits_the_longest_first(recruiter: User, make_over) -> None:
    newer, older = make_over(days=1), make_over(days=3)
    rated = make_over(days=2)
    rate(rated, recruiter)
    assert list(waiting_sessions(recruiter)) == [older, newer]


def test_a_round_waits_until_its_interview_is_decided(recruiter: User, make_over) -> None:
    waits = make_over(interview_status="completed")
    rate(waits, recruiter)
    make_over(interview_status="decided")
    make_over(interview_status="cancelled")
    found = waiting_sessions(recruiter)
    assert [(one.pk, one.is_rated) for one in found] == [(waits.pk, True)]


def test_practice_and_what_did_not_take_place_wait_for_nobody(recruiter: User, make_over) -> None:
    make_over(purpose=Session.Purpose.PRACTICE)
    make_over(status=Session.Status.CANCELLED)
    make_over(organisation=None)
    assert not waiting_sessions(recruiter).exists()


def test_the_page_says_what_each_waits_for(client: Client, recruiter: User, make_over) -> None:
    client.force_login(recruiter)
    assert "Waiting for a person" not in client.get("/monitor/").content.decode()
    session = make_over(candidate_name="Ines")
    shown = client.get("/monitor/").content.decode()
    assert f"/review/{session.uuid}/" in shown
    assert '<span class="tag">review</span>' in shown


def test_the_list_is_bounded_and_so_are_its_queries(
    client: Client, recruiter: User, make_over, make_interview, django_assert_max_num_queries
) -> None:
    for _ in range(15):
        make_over()
        make_interview()
    client.force_login(recruiter)
    with django_assert_max_num_queries(12):
        shown = client.get("/monitor/").content.decode()
    assert shown.count("<tr>") == 2 + 12 + 12
    assert "All interviews" in shown
