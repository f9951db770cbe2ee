"""Jobs, candidates and interviewers: made, validated, listed, and whose they are."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import Organisation, Role, User
from hiring.api.serializers.candidates import CandidateWishSerializer
from hiring.models import Candidate, Interview, Interviewer, Job
from hiring.resumes import safe_name
from interviews.models import Session
from rest.errors import NotFoundError

pytestmark = pytest.mark.django_db
HOSTILE = "=1+1 <script>alert(1)</script> \u202eZoë"
NURSE = {
    "title": "Nurse",
    "competencies": [{"name": "Communication", "weight": 4, "anchors": {"1": "Poor", "5": "Great"}}],
}
RESUME = b"Six years of nursing"


def text_file(name: str = "cv.txt", data: bytes = RESUME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/x-anything")


@pytest.fixture
def observer(make_user: Callable[..., User], as_user: Callable[[User], APIClient]) -> APIClient:
    return as_user(make_user("olga", Role.OBSERVER))


@pytest.fixture
def reviewer(make_user: Callable[..., User], as_user: Callable[[User], APIClient]) -> APIClient:
    return as_user(make_user("rolf", Role.REVIEWER))


def test_a_job_comes_back_as_it_was_sent_and_changes_in_parts(recruiter: APIClient, told: Any) -> None:
    made = told(recruiter.post("/api/jobs/", {**NURSE, "facts": [HOSTILE]}), 201)
    assert made["competencies"] == NURSE["competencies"]
    assert made["facts"] == [HOSTILE]
    changed = told(recruiter.patch(f"/api/jobs/{made['id']}/", {"title": "Ward nurse"}), 200)
    assert (changed["title"], changed["facts"]) == ("Ward nurse", [HOSTILE])
    nameless = recruiter.patch(f"/api/jobs/{made['id']}/", {"competencies": [{"weight": 2}]})
    assert "competencies.0.name" in told(nameless, 400)["fields"]
    assert told(recruiter.put(f"/api/jobs/{made['id']}/", changed), 200) == changed
    assert recruiter.delete(f"/api/jobs/{made['id']}/").status_code == 204
    told(recruiter.get(f"/api/jobs/{made['id']}/"), 404)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\x00"}, "title"),
        ({"title": 7}, "title"),
        ({"facts": "a"}, "facts"),
        ({"facts": ["a" * 301]}, "facts.0"),
        ({"competencies": [{"name": "A", "weight": 6}]}, "competencies.0.weight"),
        ({"competencies": [{"name": "A"}, {"name": "a"}]}, "competencies"),
        ({"competencies": [{"name": "A", "anchors": {"6": "x"}}]}, "competencies.0.anchors"),
        ({"competencies": [{"name": "A", "anchors": {"1": ["x"]}}]}, "competencies.0.anchors.1"),
        ({"competencies": [{"weight": 1}]}, "competencies.0.name"),
        ({"competencies": [{"name": str(number)} for number in range(21)]}, "competencies"),
    ],
)
def test_a_wrong_job_is_told_what_is_wrong(recruiter: APIClient, told: Any, wrong: Any, field: str) -> None:
    assert field in told(recruiter.post("/api/jobs/", {**NURSE, **wrong}), 400)["fields"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "020 7946 0123"}, "phone"),
        ({"phone": "+1"}, "phone"),
        ({"phone": "+442079460123;ext=7"}, "phone"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"resume_text": "a" * 40_001}, "resume_text"),
        ({"resume": "a string"}, "resume"),
    ],
)
def test_a_wrong_candidate_is_told_what_is_wrong(
    recruiter: APIClient, told: Any, wrong: Any, field: str
) -> None:
    assert field in told(recruiter.post("/api/candidates/", {"name": "Jane", **wrong}), 400)["fields"]
    assert not Candidate.objects.exists()


def test_half_a_surrogate_pair_is_refused(recruiter: APIClient, told: Any) -> None:
    body = b'{"name": "\\ud800"}'
    answer = recruiter.generic("POST", "/api/candidates/", body, content_type="application/json")
    assert "name" in told(answer, 400)["fields"]


def test_students_are_candidates(recruiter: APIClient, told: Any) -> None:
    made = told(recruiter.post("/api/students/", {"name": "Jane Smith", "email": "jane@example.com"}), 201)
    assert {"id", "name", "email", "created_at"} <= set(made)
    put = {"name": HOSTILE, "email": "jane@example.com", "phone": "+44 (0)20 7946-0123"}
    changed = told(recruiter.put(f"/api/students/{made['id']}/", put), 200)
    assert (changed["name"], changed["phone"]) == (HOSTILE, "+442079460123")
    assert told(recruiter.put(f"/api/candidates/{made['id']}/", changed), 200)["name"] == HOSTILE
    assert told(recruiter.get("/api/candidates/", {"phone": "+442079460123"}), 200)["count"] == 1
    assert recruiter.delete(f"/api/students/{made['id']}/").status_code == 204


def test_an_interviewer_may_be_a_member_and_nobody_else(
    recruiter: APIClient, make_user: Callable[..., User], told: Any
) -> None:
    member, other = make_user("mia"), make_user("otto", at=None)
    body = {"name": "John Doe", "email": "john@example.com"}
    made = told(recruiter.post("/api/interviewers/", body), 201)
    assert made | {"id": 0, "created_at": ""} == {**body, "user": None, "id": 0, "created_at": ""}
    path = f"/api/interviewers/{made['id']}/"
    assert told(recruiter.patch(path, {"user": member.pk}), 200)["user"] == member.pk
    for wrong in (other.pk, 2**63, 0, "x"):
        assert "user" in told(recruiter.patch(path, {"user": wrong}), 400)["fields"]
    assert recruiter.delete(path).status_code == 204


def test_strangers_links_and_nobody_reach_nothing(
    recruiter: APIClient, stranger: APIClient, anyone: APIClient, guest: APIClient, told: Any
) -> None:
    made = {
        "jobs": told(recruiter.post("/api/jobs/", NURSE), 201)["id"],
        "candidates": told(recruiter.post("/api/candidates/", {"name": "Jane"}), 201)["id"],
        "interviewers": told(recruiter.post("/api/interviewers/", {"name": "John"}), 201)["id"],
    }
    for kind, number in made.items():
        path = f"/api/{kind}/{number}/"
        for call in (stranger.get, stranger.delete, stranger.patch):
            told(call(path), 404)
        assert told(stranger.get(f"/api/{kind}/"), 200)["count"] == 0
        told(recruiter.get(f"/api/{kind}/{2**64}/"), 404)
        told(guest.get(path), 403)
        told(guest.post(f"/api/{kind}/", {}), 403)
        told(anyone.get(path), 401)


def test_reviewers_read_and_observers_read_less(
    recruiter: APIClient, reviewer: APIClient, observer: APIClient, told: Any
) -> None:
    body = {"name": "Jane", "email": "jane@example.com", "phone": "+442079460123", "resume": text_file()}
    made = told(recruiter.post("/api/candidates/", body, format="multipart"), 201)
    path = f"/api/candidates/{made['id']}/"
    for reader in (reviewer, observer):
        told(reader.patch(path, {"name": "x"}), 403)
        told(reader.delete(path), 403)
        told(reader.post("/api/candidates/", {"name": "x"}), 403)
        told(reader.post(f"{path}resume/", {"resume": text_file()}, format="multipart"), 403)
        told(reader.delete(f"{path}resume/"), 403)
    assert told(reviewer.get(path), 200)["phone"] == "+442079460123"
    assert reviewer.get(f"{path}resume/").status_code == 200
    seen = told(observer.get(path), 200)
    assert (seen["name"], seen["email"], seen["phone"], seen["resume"]) == ("Jane", None, None, None)
    assert seen["resume_text"] is None
    told(observer.get(f"{path}resume/"), 403)
    drafted = {"role": "Nurse", "candidate_id": made["id"]}
    assert "candidate_id" in told(observer.post("/api/plans/preview/", drafted), 400)["fields"]
    told(reviewer.post("/api/plans/preview/", drafted), 200)
    for asked in ({"search": "example.com"}, {"email": "jane@example.com"}, {"phone": "+442079460123"}):
        assert told(observer.get("/api/candidates/", asked), 200)["count"] == 0
        assert told(reviewer.get("/api/candidates/", asked), 200)["count"] == 1


def test_lists_are_filtered_ordered_and_cost_the_same_for_any_number(
    recruiter: APIClient, organisation: Organisation, told: Any
) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            told(recruiter.get(path), 200)
        return len(seen)

    def fill(number: int) -> None:
        for model in (Candidate, Interviewer):
            model.objects.bulk_create([model(organisation=organisation, name="Ada") for _ in range(number)])
        Job.objects.bulk_create([Job(organisation=organisation, title="Job") for _ in range(number)])

    paths = [f"/api/{kind}/?page_size=50" for kind in ("jobs", "candidates", "interviewers")]
    fill(3)
    few = [queries(path) for path in paths]
    fill(9)
    assert [queries(path) for path in paths] == few
    Candidate.objects.create(organisation=organisation, name="Bea", time_zone="Europe/Paris")
    page = told(recruiter.get("/api/candidates/?page_size=5&ordering=-name"), 200)
    assert (page["count"], len(page["results"]), page["results"][0]["name"]) == (13, 5, "Bea")
    assert "page=2" in page["next"]
    for asked, count in (("name=bea", 1), ("search=ada", 12), ("has_resume=true", 0)):
        assert told(recruiter.get(f"/api/candidates/?{asked}"), 200)["count"] == count, asked
    told(recruiter.get("/api/candidates/?created_after=yesterday"), 400)


def test_what_is_in_use_stays(recruiter: APIClient, organisation: Organisation, told: Any) -> None:
    job = Job.objects.create(organisation=organisation, title="Nurse")
    jane = Candidate.objects.create(organisation=organisation, name="Jane")
    interview = Interview.objects.create(organisation=organisation, candidate=jane, job=job)
    for path in (f"/api/jobs/{job.pk}/", f"/api/candidates/{jane.pk}/"):
        assert told(recruiter.delete(path), 409)["code"] == "in_use"
    interview.delete()
    session = Session.objects.create(organisation=organisation, job=job, candidate=jane)
    told(recruiter.delete(f"/api/jobs/{job.pk}/"), 409)
    assert recruiter.delete(f"/api/candidates/{jane.pk}/").status_code == 204
    session.refresh_from_db()
    assert session.candidate is None


def test_two_who_change_a_candidate_at_once_both_have_their_way(organisation: Organisation) -> None:
    candidate = Candidate.objects.create(organisation=organisation, name="Ada")
    read = CandidateWishSerializer(candidate, data={"phone": "+14155550123"}, partial=True)
    read.is_valid(raise_exception=True)
    Candidate.objects.filter(pk=candidate.pk).update(resume_text="kept meanwhile", email="ada@a.example")
    read.save()
    candidate.refresh_from_db()
    assert (candidate.phone, candidate.resume_text) == ("+14155550123", "kept meanwhile")
    assert candidate.email == "ada@a.example"


def test_who_was_deleted_meanwhile_does_not_come_back(organisation: Organisation) -> None:
    candidate = Candidate.objects.create(organisation=organisation, name="Ada")
    read = CandidateWishSerializer(candidate, data={"name": "Ada L."}, partial=True)
    read.is_valid(raise_exception=True)
    Candidate.objects.filter(pk=candidate.pk).delete()
    with pytest.raises(NotFoundError):
        read.save()
    assert not Candidate.objects.exists()


def stored() -> list[str]:
    return storages["resumes"].listdir("")[1]


def test_a_resume_is_kept_replaced_downloaded_and_removed(
    recruiter: APIClient, told: Any, django_capture_on_commit_callbacks: Any
) -> None:
    body = {"name": "Jane", "resume": text_file("../../a b/cv\u202e.exe")}
    made = told(recruiter.post("/api/candidates/", body, format="multipart"), 201)
    assert (made["resume_text"], made["resume_note"]) == (RESUME.decode(), "")
    assert made["resume"]["size"] == len(RESUME)
    path = made["resume"]["url"].removeprefix("http://testserver")
    assert path == f"/api/candidates/{made['id']}/resume/"
    first = stored()
    assert len(first) == 1
    assert first[0].endswith(".txt")
    assert "cv" not in first[0]

    got = recruiter.get(path, HTTP_ACCEPT="application/pdf")
    assert (got.content, got["Content-Type"]) == (RESUME, "text/plain; charset=utf-8")
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert made["resume"]["name"] == "cv.txt"
    assert not {"\r", "\n", "\u202e", "/"} & set(safe_name('a/b\r\n"c\u202e.exe', "pdf"))

    with django_capture_on_commit_callbacks(execute=True):
        answer = recruiter.post(path, {"file": text_file("new.pdf", b"Seven years")}, format="multipart")
    again = told(answer, 201)
    assert (again["resume_text"], again["name"]) == ("Seven years", "new.txt")
    assert len(stored()) == 1
    assert stored() != first
    with django_capture_on_commit_callbacks(execute=True):
        assert recruiter.delete(path).status_code == 204
    assert stored() == []
    told(recruiter.get(path), 404)
    told(recruiter.delete(path), 404)


def test_the_file_goes_with_the_candidate(
    recruiter: APIClient, told: Any, django_capture_on_commit_callbacks: Any
) -> None:
    body = {"name": "Jane", "resume": text_file(), "resume_text": "My own words"}
    made = told(recruiter.post("/api/candidates/", body, format="multipart"), 201)
    assert made["resume_text"] == "My own words"
    with django_capture_on_commit_callbacks(execute=True):
        assert recruiter.delete(f"/api/candidates/{made['id']}/").status_code == 204
    assert stored() == []


def test_a_file_that_is_no_resume_leaves_nothing_behind(recruiter: APIClient, told: Any) -> None:
    elf = io.BytesIO(b"\x7fELF" + bytes(100))
    elf.name = "cv.pdf"
    fields = told(
        recruiter.post("/api/candidates/", {"name": "Jane", "resume": elf}, format="multipart"), 400
    )
    assert "PDF, DOCX" in fields["fields"]["resume"][0]
    big = text_file(data=b"a" * (5 * 1024 * 1024 + 1))
    told(recruiter.post("/api/candidates/", {"name": "Jane", "resume": big}, format="multipart"), 413)
    assert not Candidate.objects.exists()
    jane = told(recruiter.post("/api/candidates/", {"name": "Jane"}), 201)
    told(recruiter.post(f"/api/candidates/{jane['id']}/resume/", {}, format="multipart"), 400)
    told(recruiter.post(f"/api/candidates/{jane['id']}/resume/", {"resume": "x"}), 415)
