"""Rounds follow their sessions, interviews their rounds, and a Job Fit Score the answers of them all."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from hiring.deciding import decide
from hiring.models import Candidate, Interview, Job, Round
from interviews.background.kinds import handlers
from interviews.evaluating import find_evaluation
from interviews.hiring_progress import CALL_OFF, FIT, call_off, end_unbegun, judge_fit, keep_fit
from interviews.milestones import reach
from interviews.models import Evaluation, Session, Task
from interviews.reporting import report_content
from interviews.retention import erase_session

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER = "We moved the data in small batches, because nobody should lose orders, and compared every row."


@pytest.fixture
def interview(organisation: Any) -> Interview:
    job = Job.objects.create(organisation=organisation, title="Engineer")
    ada = Candidate.objects.create(organisation=organisation, name="Ada")
    return Interview.objects.create(organisation=organisation, candidate=ada, job=job)


@pytest.fixture
def session(interview: Interview, hiring: Any) -> Session:
    first = Round.objects.create(interview=interview, order=1)
    Session.objects.update(round=first, organisation=interview.organisation)
    return Session.objects.get()


def hold(hiring: Any) -> None:
    client, path = hiring.recruiter, hiring.path
    assert client.post(f"{path}start/").status_code == 200
    row = Interview.objects.get()
    assert (row.status, row.rounds.get().status) == ("in_progress", "in_progress")
    for one in client.get(f"{path}questions/").json()["results"]:
        answer = client.post(
            f"{path}questions/{one['id']}/answer/", {"text": ANSWER, "time_taken_seconds": 60}
        )
        assert answer.status_code == 201, answer.content
    assert client.post(f"{path}end/").status_code == 200


def test_an_interview_is_held_scored_and_decided(hiring: Any, interview: Interview, session: Session) -> None:
    competency = session.questions.order_by("order")[0].competency
    Job.objects.update(competencies=[{"name": competency, "weight": 3}])
    hold(hiring)
    session.refresh_from_db()
    interview.refresh_from_db()
    assert (interview.status, interview.rounds.get().status) == ("completed", "completed")
    assert (interview.started_at, interview.completed_at) == (session.started_at, session.ended_at)
    assert interview.job_fit_score is None

    reach(session, "report.ready", at=timezone.now())
    task = Task.objects.get(kind=FIT)
    assert task.payload == {"interview": interview.pk}
    assert handlers()[FIT] is judge_fit
    for _ in range(2):
        keep_fit(interview.pk)
        interview.refresh_from_db()
        assert interview.job_fit_score is not None
        assert 0 <= interview.job_fit_score <= 100

    Task.objects.filter(kind=FIT).delete()
    Evaluation.objects.filter(session=session, number=0).delete()  # as after another judgement
    assert find_evaluation(session) is not None
    assert Task.objects.filter(kind=FIT).exists()
    Job.objects.update(competencies=[])
    keep_fit(interview.pk)
    interview.refresh_from_db()
    assert interview.job_fit_score is None

    assert report_content(session, "panel").decision is None
    rita = User.objects.get(username="rita")
    decide(interview.pk, "hold", "First.", by=rita)
    decide(interview.pk, "advance", "<b>Clear</b> answers.", by=rita)
    made = report_content(session, "panel").decision
    assert made is not None
    assert (made.outcome, made.by, made.reason) == ("advance", "Rita", "<b>Clear</b> answers.")
    logged = hiring.recruiter.get(f"{hiring.path}events/", {"type": "decision.made"}).json()["events"]
    assert [(one["payload"]["verdict"], one["payload"]["by"]) for one in logged] == [
        ("hold", "Rita"),
        ("advance", "Rita"),
    ]
    assert "Clear" not in str(hiring.candidate.get(f"{hiring.path}events/").json())
    session.refresh_from_db()
    call_command("verify_log", str(session.pk))
    panel = hiring.recruiter.get(f"/api/reports/{session.uuid}/json/?edition=panel").json()
    assert "<b>Clear</b>" in str(panel)
    assert "Clear" not in str(hiring.candidate.get(f"/api/reports/{session.uuid}/json/").json())


def test_a_decision_leaves_an_erased_interview_empty(
    hiring: Any, interview: Interview, session: Session
) -> None:
    hold(hiring)
    session.refresh_from_db()
    erase_session(session)
    decide(interview.pk, "decline", "Ada was late.", by=User.objects.get(username="rita"))
    assert not session.events.exclude(payload=None).exists()
    call_command("verify_log", str(session.pk))


def test_what_never_began_leaves_its_round_to_come(
    hiring: Any, interview: Interview, session: Session
) -> None:
    assert hiring.recruiter.post(f"{hiring.path}end/").status_code == 200
    session.refresh_from_db()
    assert session.status == "cancelled"
    interview.refresh_from_db()
    assert (interview.status, interview.rounds.get().status) == ("invited", "scheduled")


def test_a_cancelled_interview_closes_the_links_of_its_rounds(
    hiring: Any, interview: Interview, session: Session
) -> None:
    end_unbegun(session.round_id)
    session.refresh_from_db()
    assert session.status == "scheduled"  # its round is to come
    path = f"/api/interviews/{interview.pk}/"
    assert hiring.recruiter.patch(path, {"status": "cancelled"}).status_code == 200
    assert Task.objects.get(kind=CALL_OFF).payload == {"round": session.round_id}
    assert handlers()[CALL_OFF] is call_off
    for _ in range(2):
        async_to_sync(call_off)({"round": session.round_id})
        session.refresh_from_db()
        assert session.status == "cancelled"
    assert hiring.candidate.post(f"{hiring.path}start/").status_code == 409


def test_a_session_of_no_round_changes_nothing(guests_let_in: None, guest: Any) -> None:
    reach(guest.session, "report.ready", at=timezone.now())
    keep_fit(1)
    assert not Task.objects.filter(kind=FIT).exists()
