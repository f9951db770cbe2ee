"""The candidate's own corner."""

from typing import Any

import pytest

from interviews.models import Session

pytestmark = pytest.mark.django_db
EASIER = {
    "typed": True,
    "time_factor": 1.5,
    "patience_factor": 2,
    "large_captions": True,
    "no_timer": False,
    "slow_voice": True,
}


def test_what_the_candidate_is_told(hiring: Any, told: Any) -> None:
    own = told(hiring.candidate.get("/api/me/session/"), 200)
    assert own["session_id"] == hiring.made["session_id"]
    assert own["notice"]["organisation"] == "Acme"
    assert own["notice"]["contact_email"] == "sam@acme.example"
    assert own["consent"] is None
    assert own["accommodations"] == {}


def test_what_makes_it_easier_is_kept(hiring: Any, told: Any) -> None:
    told(hiring.candidate.patch("/api/me/session/", {"accommodations": EASIER}), 200)
    own = told(hiring.candidate.patch("/api/me/session/", {"accommodations": {"no_timer": True}}), 200)
    assert own["accommodations"] == {**EASIER, "no_timer": True}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"accommodations": None},
        {"accommodations": {"time_factor": 9}},
        {"accommodations": {"typed": "maybe"}},
    ],
)
def test_what_can_not_be_is_named(guest: Any, told: Any, body: dict[str, Any]) -> None:
    assert told(guest.patch("/api/me/session/", body), 400)["fields"]


def test_nothing_is_changed_afterwards(guest: Any, told: Any) -> None:
    Session.objects.update(status="completed")
    told(guest.patch("/api/me/session/", {"accommodations": {"typed": True}}), 409)


def test_accommodations_stay_with_the_candidate(hiring: Any, told: Any) -> None:
    told(hiring.candidate.patch("/api/me/session/", {"accommodations": EASIER}), 200)
    seen = hiring.recruiter.get(hiring.path).content.decode()
    assert "accommodations" not in seen


def test_wishes_reach_people(hiring: Any, told: Any) -> None:
    wish = told(
        hiring.candidate.post("/api/me/session/requests/", {"kind": "review", "text": "I said Go."}), 201
    )
    assert (wish["kind"], wish["status"]) == ("review", "open")
    assert told(hiring.candidate.get("/api/me/session/requests/"), 200)["count"] == 1
    assert len(told(hiring.candidate.get("/api/me/session/"), 200)["requests"]) == 1


@pytest.mark.parametrize("body", [{}, {"kind": "money"}, {"kind": "person", "text": "x" * 2001}])
def test_wishes_that_are_none(guest: Any, told: Any, body: dict[str, Any]) -> None:
    assert told(guest.post("/api/me/session/requests/", body), 400)["fields"]


def test_wishes_have_an_end(guest: Any, told: Any) -> None:
    for _ in range(20):
        told(guest.post("/api/me/session/requests/", {"kind": "person"}), 201)
    assert (
        told(guest.post("/api/me/session/requests/", {"kind": "person"}), 409)["code"] == "too_many_requests"
    )


def test_two_links_in_one_browser_are_told_apart(make_guest: Any, anyone: Any, told: Any) -> None:
    one, two = make_guest(), make_guest()
    for each in (one, two):
        anyone.cookies[f"viva_guest_{each.made['session_id'].replace('-', '')}"] = each.made["public_token"]
    told(anyone.get("/api/me/session/"), 401)
    for each in (one, two):
        own = told(anyone.get(f"/api/me/session/?session={each.made['session_id']}"), 200)
        assert own["session_id"] == each.made["session_id"]
