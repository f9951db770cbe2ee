"""A first organisation, recruiter and interview, so that `make run` has something to show."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from django.db import transaction

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate, Interviewer, Job
from interviews.bank import demo_plan
from interviews.models import Question, Session
from interviews.plan import Plan

RECRUITER = "recruiter@brightwater.example"  # .example belongs to nobody, so nobody's account is touched
OPEN_FOR = timedelta(days=7)


class Demo(NamedTuple):
    """What a person needs to try it; the password and the token are kept nowhere else."""

    session: Session
    token: str
    username: str
    password: str

    @property
    def room_path(self) -> str:
        return f"/i/{self.token}/"


@transaction.atomic
def make_demo(now: datetime, *, retention_days: int) -> Demo:
    """This will add a fresh interview to the demo organisation and give its recruiter a new password."""
    plan = demo_plan()
    organisation = _organisation(plan, retention_days)
    password = secrets.token_urlsafe(9)
    recruiter = _recruiter(organisation, password)
    token = new_token()
    session = Session.objects.create(
        organisation=organisation,
        owner=recruiter,
        job=_job(organisation, plan),
        candidate=Candidate.objects.get_or_create(organisation=organisation, name="Robin Demo")[0],
        interviewer=Interviewer.objects.get_or_create(
            organisation=organisation, user=recruiter, defaults={"name": recruiter.display_name}
        )[0],
        title=f"{plan.role} · first interview",
        candidate_name="Robin Demo",
        job_role=plan.role,
        difficulty=plan.level,
        num_questions=plan.total,
        duration_minutes=plan.duration_minutes,
        plan=msgspec.to_builtins(plan),
        token_hash=hash_token(token),
        token_expires_at=now + OPEN_FOR,
        retain_until=now + timedelta(days=retention_days),
    )
    _questions(session, plan)
    return Demo(session, token, recruiter.username, password)


def _organisation(plan: Plan, retention_days: int) -> Organisation:
    return Organisation.objects.get_or_create(
        name=plan.organisation,
        contact_email=RECRUITER,
        defaults={"contact_name": "Sam Rivera", "retention_days": retention_days},
    )[0]


def _recruiter(organisation: Organisation, password: str) -> User:
    recruiter, _ = User.objects.get_or_create(
        username=RECRUITER,
        defaults={"email": RECRUITER, "first_name": "Sam", "last_name": "Rivera"},
    )
    recruiter.set_password(password)
    recruiter.save(update_fields=["password"])
    Membership.objects.update_or_create(
        organisation=organisation, user=recruiter, defaults={"role": Role.ADMIN}
    )
    return recruiter


def _job(organisation: Organisation, plan: Plan) -> Job:
    return Job.objects.get_or_create(
        organisation=organisation, title=plan.role, defaults={"facts": list(plan.facts)}
    )[0]


def _questions(session: Session, plan: Plan) -> None:
    Question.objects.bulk_create(
        Question(
            session=session,
            order=number,
            text=question.text,
            kind=question.kind,
            competency=question.competency,
            difficulty=question.difficulty,
            expected_points=[point.text for point in question.expected_points],
        )
        for number, question in enumerate(plan.questions, 1)
    )
