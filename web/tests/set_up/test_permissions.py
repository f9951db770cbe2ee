"""Who may open and who may send each page of jobs, plans and open links."""

from typing import Any

import pytest
from django.test import Client

from hiring.models import Job, OpenLink
from hiring.models import Plan as KeptPlan

READING = ("/jobs/", "/jobs/{job}/", "/plans/", "/plans/{plan}/", "/plans/{plan}/?version=1")
MAKING = ("/jobs/new/", "/jobs/{job}/change/", "/jobs/{job}/delete/", "/plans/new/", "/plans/{plan}/change/")
SENDING = (*MAKING, "/jobs/{job}/open-link/", "/jobs/{job}/open-link/close/")
LISTS = frozenset({"/jobs/", "/plans/", "/jobs/new/", "/plans/new/"})


def address(pattern: str, job: Job, plan: KeptPlan) -> str:
    return pattern.format(job=job.pk, plan=plan.number)


@pytest.mark.parametrize("role", ["observer", "reviewer", "recruiter", "admin"])
@pytest.mark.parametrize("pattern", READING)
def test_members_read(as_person: Any, job: Job, plan: KeptPlan, role: str, pattern: str) -> None:
    assert as_person(role).get(address(pattern, job, plan)).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"), [("observer", 403), ("reviewer", 403), ("recruiter", 200), ("admin", 200)]
)
@pytest.mark.parametrize("pattern", MAKING)
def test_makers_alone_open_what_makes(
    as_person: Any, job: Job, plan: KeptPlan, role: str, status: int, pattern: str
) -> None:
    assert as_person(role).get(address(pattern, job, plan)).status_code == status


@pytest.mark.parametrize("role", ["observer", "reviewer"])
@pytest.mark.parametrize("pattern", SENDING)
def test_who_reads_sends_nothing(as_person: Any, job: Job, plan: KeptPlan, role: str, pattern: str) -> None:
    assert (
        as_person(role).post(address(pattern, job, plan), {"title": "X", "plan": plan.number}).status_code
        == 403
    )
    assert (Job.objects.count(), KeptPlan.objects.count(), OpenLink.objects.count()) == (1, 1, 0)


@pytest.mark.parametrize("who", ["nobody", "candidate"])
@pytest.mark.parametrize("pattern", [*READING, *SENDING])
def test_without_an_account_one_is_led_to_signing_in(
    as_person: Any, job: Job, plan: KeptPlan, who: str, pattern: str
) -> None:
    client: Client = as_person(who)
    for answer in (client.get(address(pattern, job, plan)), client.post(address(pattern, job, plan))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("pattern", [one for one in (*READING, *MAKING) if one not in LISTS])
def test_a_stranger_finds_nothing(as_person: Any, job: Job, plan: KeptPlan, pattern: str) -> None:
    client: Client = as_person("stranger")
    assert client.get(address(pattern, job, plan)).status_code == 404
    assert client.get("/jobs/").context["page"].paginator.count == 0
    assert client.get("/plans/").context["page"].paginator.count == 0


def test_a_stranger_makes_no_link_and_takes_no_job(as_person: Any, job: Job, plan: KeptPlan) -> None:
    client: Client = as_person("stranger")
    sent = {"plan": plan.number, "days": 3, "most_uses": 3}
    assert client.post(f"/jobs/{job.pk}/open-link/", sent).status_code == 404
    assert (
        client.post("/plans/new/", {"job": job.pk, "duration": 30, "mode": "adaptive"})
        .context["form"]
        .errors["job"]
    )


def test_who_may_only_read_is_offered_nothing_to_press(
    as_person: Any, maker: Client, job: Job, plan: KeptPlan
) -> None:
    reader: Client = as_person("observer")
    for path in ("/jobs/", f"/jobs/{job.pk}/", "/plans/", f"/plans/{plan.number}/"):
        offered = [client.get(path).content.decode() for client in (reader, maker)]
        makes = ["/new/" in said or "/change/" in said for said in offered]
        assert makes == [False, True], path


@pytest.mark.parametrize("number", [0, 10**30])
def test_numbers_that_no_row_has_are_no_page(maker: Client, number: int) -> None:
    for path in ("/jobs/{}/", "/plans/{}/", "/plans/{}/change/"):
        assert maker.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("version", ["0", "x", "-1", "9" * 30, "²"])
def test_versions_that_are_none_are_no_page(maker: Client, plan: KeptPlan, version: str) -> None:
    assert maker.get(f"/plans/{plan.number}/", {"version": version}).status_code == 404
