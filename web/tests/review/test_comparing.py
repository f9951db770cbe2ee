"""Candidates of one job side by side: from quotes, on what everybody was asked, as far as one may know."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Organisation, Role
from hiring.models import Job
from interviews.models import Session
from web.tests.review.held import GOOD, KEYS, hold

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Client]


@pytest.fixture
def three(organisation: Organisation, job: Job) -> list[Session]:
    """The last was asked another second question."""
    return [
        hold(organisation, job, name="Zoë"),
        hold(organisation, job, name="عمر", answers=(GOOD[0], "")),
        hold(
            organisation, job, name="Ines", keys=(KEYS[0], "backend-queue"), answers=("I like queues.", "No.")
        ),
    ]


def address(job: Job, *sessions: Session) -> str:
    chosen = "&".join(f"with={one.uuid}" for one in sessions)
    return f"/jobs/{job.pk}/compare/?{chosen}"


def test_the_choice_comes_first(job: Job, three: list[Session], signed_in: SignIn) -> None:
    shown = signed_in().get(f"/jobs/{job.pk}/compare/")
    assert shown.status_code == 200
    assert "Choose two to four" in shown.content.decode()
    one = signed_in().get(address(job, three[0]))
    assert one.status_code == 200  # somebody comes from its review to choose with whom
    assert "checked" in one.content.decode()
    assert signed_in().get(f"/jobs/{job.pk}/compare/?with=x&with=y").status_code == 422


def test_an_observer_compares_by_quotes(job: Job, three: list[Session], signed_in: SignIn) -> None:
    shown = signed_in(Role.OBSERVER).get(address(job, *three)).content.decode()
    assert "compared every row" in shown
    assert f"/review/{three[0].uuid}/?at=" in shown
    assert "of 5" in shown
    assert "Was not asked this question." in shown
    assert "it does not compare them" in shown


def test_cells_are_sealed_until_rated(job: Job, three: list[Session], signed_in: SignIn) -> None:
    client = signed_in()
    shown = client.get(address(job, *three[:2])).content.decode()
    assert "Sealed until you have rated it." in shown
    assert "compared every row" not in shown
    for one in three[:2]:
        client.post(f"/review/{one.uuid}/rating/0/", {"score": 3})
    assert "Sealed" not in client.get(address(job, *three[:2])).content.decode()


def test_strangers_find_no_job(job: Job, three: list[Session], stranger: Client, client: Client) -> None:
    assert stranger.get(address(job, *three)).status_code == 404
    assert client.get(address(job, *three))["Location"].startswith("/sign-in/")


def test_what_people_set_counts_in_the_competencies_too(
    job: Job, three: list[Session], signed_in: SignIn
) -> None:
    client = signed_in()
    for one in three[:2]:
        client.post(f"/review/{one.uuid}/rating/0/", {"score": 3})
    before = client.get(address(job, *three[:2])).content.decode()
    assert "with what people set" not in before
    client.post(f"/review/{three[0].uuid}/override/2/", {"what": "1", "reason": "It was read out."})
    shown = client.get(address(job, *three[:2])).content.decode()
    assert "1 of 5, set by" in shown
    assert "1.0 of 5 on 1 answer, with what people set" in shown
