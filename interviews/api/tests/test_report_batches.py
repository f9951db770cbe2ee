import io
import json
import zipfile
from datetime import UTC, datetime

import msgspec
import pytest
from asgiref.sync import sync_to_async

from accounts.models import Organisation, Role
from hiring.models import Job
from interviews.live import events as ev
from interviews.live.log import append
from interviews.plan import Plan
from interviews.report_batch import INDEX
from interviews.sessions import Owner, SessionWish, create_session, issue_token

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def job(organisation: Organisation) -> Job:
    job = Job.objects.create(organisation=organisation, title="Backend engineer")
    wish = SessionWish(job_role="Backend engineer", num_questions=3, candidate_name="Ada")
    session, _ = create_session(wish, now=START, owner=Owner(organisation=organisation))
    session.job = job
    session.save()
    plan = msgspec.convert(session.plan, Plan)
    events = [
        ev.SessionOpened(at=START, plan=plan, duration_ms=1_800_000),
        ev.LineStarted(at=START),
        ev.SessionEnded(at=START, reason="ended_by_candidate"),
        ev.StateChanged(at=START, state="ended", reason="ended_by_candidate"),
    ]
    append(session.pk, session.epoch, events)
    return job


def unzipped(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_members_get_every_report_of_a_job(job, make_user, as_user) -> None:
    response = as_user(make_user("olga", Role.OBSERVER)).get(f"/api/jobs/{job.pk}/reports/?edition=candidate")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == f'attachment; filename="job-{job.pk}-candidate.zip"'
    archive = unzipped(response)
    assert json.loads(archive.read(INDEX))["job"] == {"id": job.pk, "title": "Backend engineer"}
    assert archive.read(archive.namelist()[0]).startswith(b"%PDF")


def test_other_organisations_do_not_learn_that_the_job_exists(job, make_user, as_user) -> None:
    stranger = make_user("eve", at=Organisation.objects.create(name="Elsewhere"))
    response = as_user(stranger).get(f"/api/jobs/{job.pk}/reports/")
    assert response.status_code == 404
    assert response.json()["error"] == {"code": "not_found", "message": "There is no such job.", "fields": {}}
    assert as_user(stranger).get(f"/api/jobs/{'9' * 30}/reports/").status_code == 404


@pytest.mark.django_db
def test_nobody_and_candidates_are_sent_away(job, anyone) -> None:
    assert anyone.get(f"/api/jobs/{job.pk}/reports/").status_code == 401
    session = job.sessions.get()
    token = issue_token(session, datetime.now(UTC))
    assert anyone.get(f"/api/jobs/{job.pk}/reports/", HTTP_X_INTERVIEW_TOKEN=token).status_code == 403


@pytest.mark.parametrize("asked", ["edition=both", "after=-1", "after=x", "after=" + "9" * 40])
def test_bad_wishes_are_told(job, make_user, as_user, asked: str) -> None:
    response = as_user(make_user("rita")).get(f"/api/jobs/{job.pk}/reports/?{asked}")
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid"


@pytest.mark.django_db(transaction=True)
async def test_under_asgi_it_leaves_in_pieces_too(job, make_user, browser) -> None:
    await sync_to_async(browser.force_login)(await sync_to_async(make_user)("rita"))
    response = await browser.get(f"/api/jobs/{job.pk}/reports/")
    assert response.status_code == 200
    pieces = [piece async for piece in response.streaming_content]
    assert len(pieces) == 2  # the report, then the index
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).testzip() is None
