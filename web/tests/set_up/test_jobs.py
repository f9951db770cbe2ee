"""Jobs on pages: by the interface's rules, with rows that work without scripts."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Sealing, User
from hiring.models import Candidate, Interview, Job
from hiring.models import Plan as KeptPlan


def rows(*competencies: dict[str, str]) -> dict[str, Any]:
    """What a page sends: each row with a mark of its own, in their order."""
    sent: dict[str, Any] = {"row": [str(number) for number in range(1, len(competencies) + 1)]}
    for number, fields in enumerate(competencies, 1):
        whole = {"name": "", "weight": "3", **fields}
        sent |= {f"{number}-{name}": value for name, value in whole.items()}
    return sent


def test_the_list_is_paged_searched_and_counts(
    maker: Client, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    Job.objects.bulk_create(Job(organisation=organisation, title=f"Job {number}") for number in range(30))
    nurse = Job.objects.create(organisation=organisation, title="Nurse")
    ada = Candidate.objects.create(organisation=organisation, name="Ada")
    for _ in range(2):
        Interview.objects.create(organisation=organisation, candidate=ada, job=nurse)
    with django_assert_max_num_queries(9):
        page = maker.get("/jobs/").context["page"]
    assert len(page.object_list) == 25
    assert page.object_list[0].interview_count == 2
    assert [one.title for one in maker.get("/jobs/", {"q": "nurse"}).context["page"]] == ["Nurse"]


def test_one_is_made_with_facts_and_competencies_in_the_order_of_the_page(maker: Client) -> None:
    sent = {
        "title": " Ward nurse ",
        "description": "Cares.",
        "facts": "Shifts are planned.\n\n  Pay is fair. \n",
        **rows(
            {"name": "Calm", "weight": "5", "anchor-1": "Shouts.", "anchor-5": "Stays\ncalm."},
            {},
            {"name": "Care", "weight": "1"},
        ),
    }
    sent["row"] = ["3", "2", "1"]
    answer = maker.post("/jobs/new/", sent)
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert (job.title, job.facts) == ("Ward nurse", ["Shifts are planned.", "Pay is fair."])
    assert [one["name"] for one in job.competencies] == ["Care", "Calm"]
    assert job.competencies[1]["anchors"] == {"1": "Shouts.", "5": "Stays calm."}
    page = maker.get(f"/jobs/{job.pk}/").content.decode()
    assert "Stays calm." in page
    assert "weight 5 of 5" in page


def test_what_is_refused_stands_beside_its_row_and_nothing_is_lost(maker: Client) -> None:
    sent = {
        "title": "Nurse",
        "facts": "Fine.\n" + "x" * 301,
        **rows({"name": "Calm"}, {}, {"name": "x" * 81}, {"anchor-2": "Without a name."}),
    }
    answer = maker.post("/jobs/new/", sent)
    form = answer.context["form"]
    assert not Job.objects.exists()
    assert form.errors["facts"][0].startswith("Line 2: ")
    assert [bool(row.mistakes) for row in form.rows] == [False, False, True, True]
    assert form.rows[3].mistakes[0].startswith("Name: ")
    page = answer.content.decode()
    assert "Without a name." in page
    assert "x" * 301 in page
    assert 'aria-invalid="true"' in page


def test_the_same_competency_twice_and_too_many_are_refused(maker: Client) -> None:
    twice = maker.post("/jobs/new/", {"title": "Nurse", **rows({"name": "Calm"}, {"name": "calm"})})
    assert "twice" in str(twice.context["form"].errors)
    many = maker.post("/jobs/new/", {"title": "Nurse", **rows(*({"name": f"C{n}"} for n in range(21)))})
    assert "20 competencies at most" in str(many.context["form"].errors)
    assert not Job.objects.exists()


def names(answer: Any) -> list[str]:
    return [row.fields["name"] for row in answer.context["form"].rows]


def test_without_scripts_rows_are_added_moved_and_taken_away(maker: Client) -> None:
    sent = {"title": "", **rows({"name": "A"}, {"name": "B"}, {"name": "C"})}
    assert names(maker.post("/jobs/new/", {**sent, "do": "up:2"})) == ["B", "A", "C"]
    assert names(maker.post("/jobs/new/", {**sent, "do": "down:1"})) == ["B", "A", "C"]
    assert names(maker.post("/jobs/new/", {**sent, "do": "up:1"})) == ["A", "B", "C"]
    assert names(maker.post("/jobs/new/", {**sent, "do": "down:3"})) == ["A", "B", "C"]
    assert names(maker.post("/jobs/new/", {**sent, "do": "remove:2"})) == ["A", "C"]
    assert names(maker.post("/jobs/new/", {**sent, "do": "remove:9"})) == ["A", "B", "C"]
    added = maker.post("/jobs/new/", {**sent, "do": "add"})
    assert names(added) == ["A", "B", "C", ""]
    assert not added.context["form"].errors  # nobody has said that it is finished
    assert "autofocus" in added.content.decode()
    assert not Job.objects.exists()


def test_marks_that_no_page_gives_are_passed_over(maker: Client) -> None:
    sent = {"title": "Nurse", "row": ["1", "1", "../x", "<b>", "1" * 20], "1-name": "Calm", "1-weight": "2"}
    maker.post("/jobs/new/", sent)
    assert [one["name"] for one in Job.objects.get().competencies] == ["Calm"]


def test_one_is_changed(maker: Client, job: Job) -> None:
    page = maker.get(f"/jobs/{job.pk}/change/")
    assert "Talks past people." in page.content.decode()
    maker.post(f"/jobs/{job.pk}/change/", {"title": "Night nurse", "facts": "", **rows({"name": "Calm"})})
    job.refresh_from_db()
    assert (job.title, job.facts, [one["name"] for one in job.competencies]) == ("Night nurse", [], ["Calm"])


def test_one_in_use_stays(maker: Client, job: Job, organisation: Organisation) -> None:
    ada = Candidate.objects.create(organisation=organisation, name="Ada")
    interview = Interview.objects.create(organisation=organisation, candidate=ada, job=job)
    answer = maker.post(f"/jobs/{job.pk}/delete/")
    assert "Interviews belong to this job" in answer.content.decode()
    assert Job.objects.exists()
    interview.delete()
    assert maker.post(f"/jobs/{job.pk}/delete/")["Location"] == "/jobs/"
    assert not Job.objects.exists()


def test_its_page_leads_to_what_belongs_to_it(
    maker: Client, job: Job, plan: KeptPlan, organisation: Organisation, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        ada = Candidate.objects.create(organisation=organisation, name=f"Ada {number}")
        Interview.objects.create(organisation=organisation, candidate=ada, job=job)
    with django_assert_max_num_queries(17):
        page = maker.get(f"/jobs/{job.pk}/").content.decode()
    for path in (f"/plans/{plan.number}/", f"/jobs/{job.pk}/compare/"):
        assert f'href="{path}"' in page
    assert page.count("Ada ") == 10
    assert '<span class="number">12</span> invited' in page


def test_reports_are_offered_where_there_are_some_and_counted(
    maker: Client, job: Job, organisation: Organisation, make_interview: Any
) -> None:
    ada = Candidate.objects.create(organisation=organisation, name="Ada")
    Interview.objects.create(organisation=organisation, candidate=ada, job=job)
    began = timezone.now()
    make_interview(job=job, status="in_progress", started_at=began)
    make_interview(job=job, status="cancelled")  # nobody ever came
    make_interview(job=job, status="completed", started_at=began, organisation=Organisation.objects.create())
    path = f'href="/api/jobs/{job.pk}/reports/'
    assert path not in maker.get(f"/jobs/{job.pk}/").content.decode()
    assert path not in maker.get(f"/reports/?job={job.pk}").content.decode()
    for number in range(2):
        make_interview(job=job, status=("completed", "abandoned")[number], started_at=began)
    assert "2 reports (ZIP)" in maker.get(f"/jobs/{job.pk}/").content.decode()
    assert "2 panel reports" in maker.get(f"/reports/?job={job.pk}").content.decode()
    Organisation.objects.update(sealing=Sealing.RATED)  # theirs to read once they have rated it
    assert path not in maker.get(f"/jobs/{job.pk}/").content.decode()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7|add:7 }}"])
def test_words_of_people_are_only_words(
    maker: Client, recruiter: User, organisation: Organisation, text: str
) -> None:
    job = Job.objects.create(
        organisation=organisation,
        title=text,
        facts=[text],
        description=text,
        competencies=[{"name": text, "weight": 1}],
    )
    for path in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/change/", "/jobs/"):
        assert "<script>alert" not in maker.get(path).content.decode()
