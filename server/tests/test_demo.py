"""The demo interview: fresh at every start, and nobody's data touched."""

import io
import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from hiring.models import Job, Plan
from interviews.access import find_guest_session, watchable_sessions
from interviews.models import Session
from server.demo import make_demo

pytestmark = pytest.mark.django_db


def test_its_token_opens_its_session() -> None:
    demo = make_demo(timezone.now(), retention_days=30)
    assert find_guest_session(demo.token, timezone.now()) == demo.session
    assert demo.session.questions.count() == demo.session.num_questions > 0


def test_its_recruiter_may_watch_it() -> None:
    demo = make_demo(timezone.now(), retention_days=30)
    recruiter = authenticate(username=demo.username, password=demo.password)
    assert isinstance(recruiter, User)
    assert not recruiter.is_superuser
    assert demo.session in watchable_sessions(recruiter)
    assert Client().login(username=demo.username, password=demo.password)


def test_a_second_start_keeps_the_first() -> None:
    first, second = (make_demo(timezone.now(), retention_days=30) for _ in range(2))
    assert first.session != second.session
    assert first.token != second.token
    assert first.password != second.password
    assert Organisation.objects.count() == User.objects.count() == 1
    assert find_guest_session(first.token, timezone.now()) == first.session


def test_it_is_an_interview_that_people_can_decide_about() -> None:
    demos = [make_demo(timezone.now(), retention_days=30) for _ in range(2)]
    interviews = {demo.session.round.interview for demo in demos if demo.session.round}
    assert len(interviews) == 2
    assert {one.job for one in interviews} == set(Job.objects.all())
    assert Plan.objects.count() == 1
    asked = {row.competency for row in demos[0].session.questions.all()}
    assert asked == {one["name"] for one in Job.objects.get().competencies}


def test_the_command_prints_what_a_person_needs() -> None:
    out = io.StringIO()
    call_command("demo", at="https://viva.example/", stdout=out)
    token = re.search(r"https://viva\.example/i/([\w-]{43})/", out.getvalue())
    assert token
    assert find_guest_session(token[1], timezone.now()) == Session.objects.get()
    assert "https://viva.example/monitor/" in out.getvalue()
    assert "password" in out.getvalue()
