"""The admin's lists: as few queries for many rows as for one, and no secret on any page."""

import json
import uuid
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.models import Membership, Organisation, SecurityEvent, User
from hiring.models import Candidate, Decision, Interview, Interviewer, Job, Plan, Round
from interviews.models import (
    Command,
    Evaluation,
    Event,
    ModelUse,
    Note,
    Override,
    Question,
    Rating,
    Report,
    ReportShare,
    Request,
    Session,
    SkillGap,
)
from messaging.models import InvitationBatch, Message, SmsInterview, Webhook, WebhookDelivery

LISTS: tuple[Any, ...] = (
    SecurityEvent, Candidate, Decision, Interview, Interviewer, Job, Plan, Command, Evaluation, Event,
    ModelUse, Override, Rating, Report, ReportShare, Request, Session, SkillGap, InvitationBatch, Message,
    SmsInterview, Webhook, WebhookDelivery,
)  # fmt: skip
SECRET = "whsec_nobody-sees-it"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("root", "root@viva.example", "a password"))
    return client


def add_one_of_each(number: int) -> None:
    name, now = f"n{number}", timezone.now()
    acme = Organisation.objects.create(name=name)
    user = User.objects.create_user(name, f"{name}@viva.example")
    job = Job.objects.create(organisation=acme, title=name)
    jane = Candidate.objects.create(organisation=acme, name=name, resume_name="x" * 200)
    Interviewer.objects.create(organisation=acme, user=user, name=name)
    Plan.objects.create(organisation=acme, job=job, name=name, content={})
    way = Interview.objects.create(organisation=acme, candidate=jane, job=job)
    Decision.objects.create(interview=way, verdict="hold", reason="Later", decided_by=user)
    session = Session.objects.create(
        organisation=acme, owner=user, candidate=jane, title=name, plan={"x": 1}, token_hash=SECRET
    )
    Event.objects.create(session=session, seq=1, type="x", at=now)
    Evaluation.objects.create(session=session, evaluator="x", content={})
    ModelUse.objects.create(session=session, purpose="x")
    Rating.objects.create(session=session, author=user, score=4)
    Override.objects.create(session=session, number=1, outcome="as_judged", reason="x", author=user)
    Report.objects.create(session=session, generated_at=now)
    ReportShare.objects.create(session=session, token_hash=f"{SECRET}{number}", made_by=user, expires_at=now)
    Request.objects.create(session=session, kind="review")
    SkillGap.objects.create(session=session, skill="x", severity="low")
    Command.objects.create(session=session, command_id=name, kind="x", by=user)
    SecurityEvent.objects.create(kind="sign_in", outcome="ok", user=user)
    add_messages(acme, user, session)


def add_messages(acme: Organisation, user: User, session: Session) -> None:
    hook = Webhook.objects.create(organisation=acme, url="https://x.example/", secret=SECRET, created_by=user)
    WebhookDelivery.objects.create(webhook=hook, session=session, event="report.ready", payload={})
    InvitationBatch.objects.create(organisation=acme, created_by=user, total=1)
    SmsInterview.objects.create(session=session, number=acme.name)
    Message.objects.create(session=session, organisation=acme, kind="x", key=str(uuid.uuid4()), channel="sms")


def queries_of(client: Client, model: Any) -> int:
    page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = client.get(page)
    assert shown.status_code == 200
    assert SECRET not in shown.content.decode()
    return len(asked)


def test_more_rows_cost_no_more_queries(client: Client) -> None:
    add_one_of_each(1)
    first = {model.__name__: queries_of(client, model) for model in LISTS}
    for number in (2, 3):
        add_one_of_each(number)
    assert {model.__name__: queries_of(client, model) for model in LISTS} == first


def test_details_show_when_they_were_made_and_no_secret(client: Client) -> None:
    add_one_of_each(1)
    for model in LISTS:
        one = model.objects.first()
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[one.pk])
        html = client.get(page).content.decode()
        assert SECRET not in html, model
        times = {"created_at", "at", "decided_at", "made_at"} & {field.name for field in model._meta.fields}
        assert all(f"field-{name}" in html for name in times), model


def test_no_list_names_every_organisation(client: Client) -> None:
    for number in (1, 2):
        add_one_of_each(number)
    for model in LISTS:
        filters = admin.site._registry[model].get_list_filter(None)  # type: ignore[arg-type]
        assert not [one for one in filters if "organisation" in str(one)], model


def test_a_document_stands_on_lines_of_its_own(client: Client) -> None:
    add_one_of_each(1)
    told = {"words": ["<b>", "café"]}
    Event.objects.update(payload=told)
    page = reverse("admin:interviews_event_change", args=[Event.objects.get().pk])
    html = client.get(page).content.decode()
    assert escape(json.dumps(told, indent=2, ensure_ascii=False)) in html
    assert html.count("field-payload") == 1


def test_more_members_cost_no_more_queries(client: Client) -> None:
    add_one_of_each(1)
    acme, way = Organisation.objects.get(), Interview.objects.get()
    pages = [
        reverse("admin:accounts_organisation_change", args=[acme.pk]),
        reverse("admin:hiring_interview_change", args=[way.pk]),
        reverse("admin:interviews_session_change", args=[Session.objects.get().pk]),
    ]
    for page in pages:
        queries_for(client, page)  # the first asks for content types, which are kept in memory
    counts = []
    for number in (1, 2, 3):
        person = User.objects.create_user(f"m{number}", f"m{number}@viva.example")
        Membership.objects.create(organisation=acme, user=person, role="viewer")
        someone = Interviewer.objects.create(organisation=acme, name=f"i{number}")
        Round.objects.create(interview=way, order=number, interviewer=someone)
        Question.objects.create(session=Session.objects.get(), order=number, text="x")
        Note.objects.create(session=Session.objects.get(), author=person, text="x")
        counts.append([len(queries_for(client, page)) for page in pages])
    assert counts[0] == counts[1] == counts[2]


def queries_for(client: Client, page: str) -> CaptureQueriesContext:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return asked


def test_tokens_of_others_are_on_no_page() -> None:
    assert not {BlacklistedToken, OutstandingToken} & set(admin.site._registry)
