import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pypdf
import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from hiring.models import Job
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import Session
from interviews.plan import Plan
from interviews.report_batch import INDEX, make_reports, next_batch, numbered, zipped
from interviews.sessions import Owner, SessionWish, create_session
from reports.content import ReportContent
from reports.pdf.render import render_pdf

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NAMES = ("Ada Lovelace", "../../etc/passwd", "محمد الأمين", "=cmd|'/C calc'!A0", "Ada Lovelace")


@pytest.fixture
def job() -> Job:
    organisation = Organisation.objects.create(name="Acme")
    return Job.objects.create(organisation=organisation, title="Backend engineer")


@pytest.fixture
def sessions(job: Job) -> list[Session]:
    return [ended(job, name) for name in NAMES]


def ended(job: Job, name: str) -> Session:
    wish = SessionWish(job_role="Backend engineer", num_questions=3, candidate_name=name)
    session, _ = create_session(wish, now=START, owner=Owner(organisation=job.organisation))
    session.job = job
    session.save()
    plan = msgspec.convert(session.plan, Plan)
    events = [
        ev.SessionOpened(at=START, plan=plan, duration_ms=1_800_000),
        ev.LineStarted(at=START),
        ev.ConsentChanged(at=START, notice_version="1", ai_evaluation=True, recording=False, listening=False),
        ev.SessionEnded(at=START + timedelta(minutes=1), reason="ended_by_candidate"),
        ev.StateChanged(at=START + timedelta(minutes=1), state="ended", reason="ended_by_candidate"),
    ]
    append(session.pk, session.epoch, events)
    session.refresh_from_db()
    return session


def opened(job: Job, render=render_pdf) -> zipfile.ZipFile:
    batch = next_batch(job, "panel", Session.objects.all())
    return zipfile.ZipFile(io.BytesIO(b"".join(zipped(batch, render))))


def test_every_report_is_in_it_in_order_under_a_safe_name_of_its_own(
    job: Job, sessions: list[Session]
) -> None:
    archive = opened(job)
    names = archive.namelist()
    assert len(set(names)) == len(NAMES) + 1
    assert names[-1] == INDEX
    assert [name[:4] for name in names[:-1]] == ["001-", "002-", "003-", "004-", "005-"]
    assert names[0] == f"001-Ada-Lovelace-{str(sessions[0].uuid)[:8]}-panel.pdf"
    assert not any(bad in name for name in names for bad in "/\\|=:'\"*?<> ")
    assert "محمد-الأمين" in names[2]
    page = pypdf.PdfReader(io.BytesIO(archive.read(names[0]))).pages[0].extract_text()
    assert "Ada Lovelace" in page
    assert archive.testzip() is None


def test_the_same_interviews_give_the_same_archive(job: Job, sessions: list[Session]) -> None:
    batch = next_batch(job, "candidate", Session.objects.all())
    assert b"".join(zipped(batch, render_pdf)) == b"".join(zipped(batch, render_pdf))


def test_one_that_fails_is_named_and_spoils_nothing(job: Job, sessions: list[Session]) -> None:
    def render(content: ReportContent) -> bytes:
        if content.session_uuid == str(sessions[1].uuid):
            raise ValueError("no")
        return b"%PDF"

    archive = opened(job, render)
    index = json.loads(archive.read(INDEX))
    assert len(archive.namelist()) == len(NAMES)
    assert [one["error"] is None for one in index["reports"]] == [True, False, True, True, True]
    assert index["reports"][1]["candidate_name"] == NAMES[1]
    assert {one["file"] for one in index["reports"]} - {None} == set(archive.namelist()) - {INDEX}


def test_each_report_leaves_before_the_next_is_made(job: Job, sessions: list[Session]) -> None:
    rendered = []

    def render(content: ReportContent) -> bytes:
        rendered.append(content.candidate_name)
        return b"%PDF"

    pieces = zipped(next_batch(job, "panel", Session.objects.all()), render)
    assert b"%PDF" in next(pieces)
    assert rendered == [NAMES[0]]


def test_a_batch_goes_on_where_the_one_before_ended(job: Job, sessions: list[Session]) -> None:
    rest = next_batch(job, "panel", Session.objects.all(), after=sessions[2].pk)
    assert [one.candidate_name for one in rest.sessions] == list(NAMES[3:])
    assert rest.next_after is None


def test_interviews_that_go_on_and_those_of_other_jobs_are_not_in_it(
    job: Job, sessions: list[Session]
) -> None:
    other = Job.objects.create(organisation=job.organisation, title="Other")
    ended(other, "Somebody else")
    Session.objects.filter(pk=sessions[0].pk).update(status=Session.Status.IN_PROGRESS)
    assert [one.pk for one in next_batch(job, "panel", Session.objects.all()).sessions] == [
        one.pk for one in sessions[1:]
    ]


def test_names_without_letters_still_make_a_file(sessions: list[Session]) -> None:
    sessions[0].candidate_name = "../.."
    assert numbered(7, sessions[0], "panel").startswith("007-candidate-")


def test_an_empty_batch_is_an_index(job: Job) -> None:
    assert list(make_reports(next_batch(job, "panel", Session.objects.all()))) == []
    assert opened(job).namelist() == [INDEX]


def test_the_command_writes_a_folder_and_tells_how_far_it_is(
    job: Job, sessions: list[Session], tmp_path: Path
) -> None:
    told = io.StringIO()
    call_command("report_batch", str(job.pk), out=tmp_path / "out", edition="candidate", stdout=told)
    assert len(list((tmp_path / "out").glob("*-candidate.pdf"))) == len(NAMES)
    assert json.loads((tmp_path / "out" / INDEX).read_text())["edition"] == "candidate"
    assert "5 of 5" in told.getvalue()
    with pytest.raises(CommandError, match="no job 999999"):
        call_command("report_batch", "999999")
