"""The page behind an open link, as whoever finds it comes by; and the link on the job's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import SecurityEvent, User
from hiring.models import Candidate, Job, OpenLink
from hiring.models import Plan as KeptPlan
from hiring.open_links import make_link
from interviews.models import Session

WISH = {"days": "10", "most_uses": "3"}


@pytest.fixture
def link(recruiter: User, job: Job, plan: KeptPlan) -> str:
    """Its path."""
    now = timezone.now()
    _, token = make_link(job, plan, by=recruiter, expires_at=now + timedelta(days=1), most_uses=2, now=now)
    return f"/apply/{token}/"


def test_the_link_is_shown_once_with_a_code_and_its_state_from_then_on(
    maker: Client, job: Job, plan: KeptPlan, client: Client
) -> None:
    made = maker.post(f"/jobs/{job.pk}/open-link/", {**WISH, "plan": plan.number})
    url, page = made.context["link_url"], made.content.decode()
    assert f'value="{url}"' in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert "style=" not in page
    assert client.get(url).status_code == 200
    again = maker.get(f"/jobs/{job.pk}/").content.decode()
    assert "/apply/" not in again
    assert "0 of at most 3" in again
    renewed = maker.post(f"/jobs/{job.pk}/open-link/", {**WISH, "plan": plan.number})
    assert client.get(url).status_code == 404
    assert client.get(renewed.context["link_url"]).status_code == 200
    assert (
        list(SecurityEvent.objects.filter(kind="open_link_issued").values_list("detail", flat=True))
        == [f"job {job.pk}"] * 2
    )


def test_it_is_closed_by_a_button(maker: Client, job: Job, link: str, client: Client) -> None:
    answer = maker.post(f"/jobs/{job.pk}/open-link/close/", follow=True)
    assert "The link is closed." in answer.content.decode()
    closed = client.get(link)
    assert closed.status_code == 410
    assert "This link is closed" in closed.content.decode()
    assert "dana@acme.example" in closed.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("days", "0"), ("days", "366"), ("most_uses", "0"), ("most_uses", "x"), ("plan", "77")],
)
def test_what_is_refused_stands_at_its_field(
    maker: Client, job: Job, plan: KeptPlan, field: str, value: str
) -> None:
    answer = maker.post(f"/jobs/{job.pk}/open-link/", {**WISH, "plan": plan.number, field: value})
    assert field in answer.context["link_form"].errors
    assert not OpenLink.objects.exists()


def test_without_a_plan_one_is_offered_first(maker: Client, job: Job) -> None:
    assert f"/plans/new/?job={job.pk}" in maker.get(f"/jobs/{job.pk}/").content.decode()


def test_who_gives_a_name_is_led_to_a_room_of_their_own(client: Client, link: str, job: Job) -> None:
    page = client.get(link).content.decode()
    for word in ("Acme", "Ward nurse", "3 questions", "An AI interviewer asks", "A person decides"):
        assert word in page
    answer = client.post(link, {"name": " محمد ", "email": "m@reached.example"})
    session = Session.objects.get()
    assert answer["Location"] == f"/room/{session.uuid}/"
    assert (session.candidate_name, session.job) == ("محمد", job)
    assert Candidate.objects.get().email == "m@reached.example"
    cookies = [morsel for name, morsel in answer.cookies.items() if "csrf" not in name]
    assert len(cookies) == 2
    assert all(morsel["httponly"] and morsel["samesite"] == "Lax" for morsel in cookies)
    assert client.get(answer["Location"]).status_code == 200


def test_who_comes_back_goes_on_and_is_not_doubled(client: Client, link: str) -> None:
    first = client.post(link, {"name": "Zoë"})["Location"]
    page = client.get(link).content.decode()
    assert "Welcome back" in page
    assert "Zoë" in page
    assert client.post(link, {"name": "Zoë"})["Location"] == first
    assert Session.objects.count() == 1
    assert "Zoë" not in Client().get(link).content.decode()


def test_somebody_else_at_the_same_screen_gets_their_own(client: Client, link: str) -> None:
    first = client.post(link, {"name": "Zoë"})["Location"]
    second = client.post(link, {"name": "Bo", "somebody_else": "yes"})["Location"]
    assert first != second
    assert client.post(link, {})["Location"] == second


def test_a_cookie_without_the_guests_own_opens_nothing(client: Client, link: str) -> None:
    client.post(link, {"name": "Zoë"})
    other = Client()
    name = next(name for name in client.cookies if name.startswith("applied_"))
    other.cookies[name] = client.cookies[name].value
    assert "Zoë" not in other.get(link).content.decode()
    other.cookies[name] = "nonsense"
    assert other.get(link).status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\0b"}, "name"),
        ({"name": "Bo", "email": "bo"}, "email"),
    ],
)
def test_mistakes_are_told_and_nothing_is_made(
    client: Client, link: str, form: dict[str, str], field: str
) -> None:
    answer = client.post(link, form)
    assert field in answer.context["form"].errors
    assert not Session.objects.exists()
    assert OpenLink.objects.get().uses == 0


def test_all_places_taken(client: Client, link: str) -> None:
    for name in ("Ada", "Bo"):
        Client().post(link, {"name": name})
    late = client.post(link, {"name": "Cy"})
    assert late.status_code == 410
    assert "All places are taken" in late.content.decode()
    assert Session.objects.count() == 2


def test_an_expired_link_says_so_and_who_has_begun_goes_on(client: Client, link: str) -> None:
    room = client.post(link, {"name": "Zoë"})["Location"]
    OpenLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    mine, others = client.get(link), Client().get(link)
    assert (mine.status_code, others.status_code) == (410, 410)
    assert room in mine.content.decode()
    assert "has expired" in others.content.decode()
    assert room not in others.content.decode()


def test_an_unknown_link_names_nobody(client: Client, db: None) -> None:
    answer = client.get("/apply/nothing/")
    assert answer.status_code == 404
    assert "opens nothing here" in answer.content.decode()
    assert client.post("/apply/nothing/", {"name": "Bo"}).status_code == 404
    assert client.put("/apply/nothing/").status_code == 405


def test_too_many_from_one_address_have_to_wait(client: Client, link: str, spent: Any) -> None:
    spent("applications", "127.0.0.1", 60)
    answer = client.post(link, {"name": "Bo"})
    assert answer.status_code == 429
    assert "Try again in 60 minutes" in answer.content.decode()
    assert 'value="Bo"' in answer.content.decode()
    assert not Session.objects.exists()


def test_a_form_of_another_site_is_refused(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link, {"name": "Bo"}).status_code == 403
