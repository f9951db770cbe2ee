"""A first organisation, recruiter and interview, so that `make run` has something to show."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from django.db import transaction

from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate, Interviewer, Job
from interviews.bank import demo_plan
from interviews.models import Session
from interviews.plan import Plan
from interviews.sessions import add_questions, issue_token

RECRUITER = "recruiter@brightwater.example"  # .example belongs to nobody, so nobody's account is touched


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
        retain_until=now + timedelta(days=retention_days),
    )
    add_questions(session, plan)
    return Demo(session, issue_token(session, now), recruiter.username, password)


def _organisation(plan: Plan, retention_days: int) -> Organisation:
    return Organisation.objects.get_or_create(
        name=plan.organisation,
        contact_email=RECRUITER,
        defaults={"contact_name": "Sam Rivera", "retention_days": retention_days},
    )[0]


def _recruiter(organisation: Organisation, password: str) -> User:
    recruiter, _ = User.objects.get_or_create(
        username=RECRUITER,
        defaults={"email": RECRUITER, "full_name": "Sam Rivera"},
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
