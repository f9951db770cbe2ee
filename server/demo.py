"""A first organisation, recruiter, job, plan and interview, so that `make run` has something to show."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate, Interview, Interviewer, Job, Round
from hiring.models import Plan as KeptPlan
from interviews.bank import demo_plan
from interviews.models import Session
from interviews.plan import Plan
from interviews.plans import Frame, keep_plan, plan_for
from interviews.sessions import Owner, SessionWish, create_session

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
    job = _job(organisation, plan)
    candidate = Candidate.objects.get_or_create(organisation=organisation, name="Robin Demo")[0]
    interviewer = Interviewer.objects.get_or_create(
        organisation=organisation, user=recruiter, defaults={"name": recruiter.display_name}
    )[0]
    kept = _plan(organisation, job, plan, recruiter)
    title = f"{plan.role} · first interview"
    session, token = create_session(
        SessionWish(title=title),
        now=now,
        owner=Owner(
            user=recruiter,
            organisation=organisation,
            interviewer=interviewer,
            candidate=candidate,
            job=job,
            round=_round(candidate, job, interviewer, now),
        ),
        plan=plan_for(kept, candidate, language=plan.language),
    )
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
        defaults={"email": RECRUITER, "full_name": "Sam Rivera"},
    )
    recruiter.set_password(password)
    recruiter.save(update_fields=["password"])
    Membership.objects.update_or_create(
        organisation=organisation, user=recruiter, defaults={"role": Role.ADMIN}
    )
    return recruiter


def _job(organisation: Organisation, plan: Plan) -> Job:
    names = dict.fromkeys(question.competency for question in plan.questions)
    wanted = {"facts": list(plan.facts), "competencies": [{"name": one, "weight": 3} for one in names]}
    return Job.objects.get_or_create(organisation=organisation, title=plan.role, defaults=wanted)[0]


def _plan(organisation: Organisation, job: Job, plan: Plan, recruiter: User) -> KeptPlan:
    """Whatever was made of it since: somebody who tries it out may have changed it."""
    kept = KeptPlan.objects.filter(organisation=organisation, job=job, is_current=True).first()
    return kept or keep_plan(plan, Frame(name=f"{plan.role}, first talk", job=job), organisation, recruiter)


def _round(candidate: Candidate, job: Job, interviewer: Interviewer, now: datetime) -> Round:
    interview = Interview.objects.create(
        organisation=job.organisation, candidate=candidate, job=job, interviewer=interviewer, invited_at=now
    )
    return Round.objects.create(interview=interview, order=1, title="First talk", interviewer=interviewer)
