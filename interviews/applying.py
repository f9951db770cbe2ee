"""Gives whoever comes by an open link an interview of their own, by the plan as it is then."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hiring.models import Candidate, Interview, OpenLink, Round
from hiring.models import Plan as KeptPlan
from hiring.open_links import ClosedError, LinkState, use_link
from hiring.round_order import add_round
from interviews.models import Session
from interviews.plans import find_plan, plan_for, plans_of
from interviews.sessions import Owner, SessionWish, create_session


def plan_of_link(link: OpenLink) -> KeptPlan | None:
    """The version that whoever comes now is interviewed by."""
    return find_plan(plans_of([link.job.organisation]), link.plan_id)


@transaction.atomic
def apply(link: OpenLink, *, name: str, email: str, now: datetime) -> tuple[Session, str]:
    """Their session with its token. Everybody is somebody new: that an address is known is told to nobody.

    Raises ClosedError.
    """
    use_link(link, now)
    job, kept = link.job, plan_of_link(link)
    if kept is None:
        raise ClosedError(LinkState.REVOKED)
    candidate = Candidate.objects.create(organisation=job.organisation, name=name, email=email)
    return create_session(
        SessionWish(title=job.title, candidate_name=name),
        now=now,
        owner=Owner(
            user=link.made_by,
            organisation=job.organisation,
            candidate=candidate,
            job=job,
            round=_round(link, candidate, kept.duration_minutes, now),
        ),
        retention_days=settings.RETENTION_DAYS,
        plan=plan_for(kept, candidate, language="en"),
    )


def _round(link: OpenLink, candidate: Candidate, minutes: int, now: datetime) -> Round:
    interview = Interview.objects.create(
        organisation=link.job.organisation,
        candidate=candidate,
        job=link.job,
        invited_at=now,
        created_by=link.made_by,
    )
    return add_round(interview.pk, {"kind": Round.Kind.AI_INTERVIEW, "duration_minutes": minutes}, now=now)
