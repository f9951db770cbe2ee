"""Makes sessions and their links: the plan is copied in, the token is shown once and kept as a hash."""

from datetime import UTC, datetime, timedelta

import msgspec
from django.db import transaction

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Organisation, User
from hiring.models import Candidate, Interviewer, Job, Round
from interviews.bank import build_plan, with_facts
from interviews.models import Question, Session
from interviews.plan import Plan

LINK_OPEN_FOR = timedelta(days=7)
LONGEST_ROLE = 120
PRACTICE_CLOSING = "That was the last question of your practice. How you did stands in your results."


class SessionWish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants a session to be; every field has a sensible default."""

    title: str = ""
    description: str = ""
    job_role: str = ""
    difficulty: str = "intermediate"
    question_type: str = "mixed"
    num_questions: int = 5
    duration_minutes: int = 30
    scheduled_at: datetime | None = None
    candidate_name: str = ""
    language: str = "en"
    purpose: str = "hiring"
    preferred_channel: str = "voice"
    is_drafted: bool = False  # nobody chose the questions, their number or their plan


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Who a new session belongs to; nobody at all for a guest's own."""

    user: User | None = None
    organisation: Organisation | None = None
    interviewer: Interviewer | None = None
    candidate: Candidate | None = None
    job: Job | None = None
    round: Round | None = None


GUEST = Owner()


@transaction.atomic
def create_session(
    wish: SessionWish,
    *,
    now: datetime,
    owner: Owner = GUEST,
    retention_days: int = 90,
    plan: Plan | None = None,
) -> tuple[Session, str]:
    """Make a session with its plan, questions and link; the token is returned here and never again.

    `plan` is copied; without one the bank gives the questions.
    """
    plan = plan or _plan(wish, owner.organisation)
    if wish.purpose == Session.Purpose.PRACTICE and not plan.closing:
        plan = msgspec.structs.replace(plan, closing=PRACTICE_CLOSING)
    token = new_token()
    days = owner.organisation.retention_days if owner.organisation else retention_days
    session = Session.objects.create(
        organisation=owner.organisation,
        owner=owner.user,
        interviewer=owner.interviewer,
        candidate=owner.candidate,
        job=owner.job,
        round=owner.round,
        title=wish.title,
        description=wish.description,
        candidate_name=wish.candidate_name or (owner.candidate.name if owner.candidate else ""),
        job_role=plan.role,
        difficulty=plan.level,
        question_type=wish.question_type,
        num_questions=plan.total,
        duration_minutes=plan.duration_minutes,
        scheduled_at=wish.scheduled_at,
        language=wish.language,
        purpose=wish.purpose,
        preferred_channel=wish.preferred_channel,
        is_drafted=wish.is_drafted,
        plan=msgspec.to_builtins(plan),
        token_hash=hash_token(token),
        token_expires_at=_link_end(wish.scheduled_at, now),
        retain_until=now + timedelta(days=days),
    )
    add_questions(session, plan)
    return session, token


def _plan(wish: SessionWish, organisation: Organisation | None) -> Plan:
    plan = build_plan(
        (wish.job_role or wish.title)[:LONGEST_ROLE] or "General",
        wish.difficulty,
        wish.question_type,
        count=wish.num_questions,
        duration_minutes=wish.duration_minutes,
    )
    plan = msgspec.structs.replace(plan, language=wish.language)
    return with_facts(plan, organisation.name, ()) if organisation else plan


def add_questions(session: Session, plan: Plan) -> None:
    """Write the plan's questions as rows, in order."""
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


def issue_token(session: Session, now: datetime) -> str:
    """Give the session a new link; the former one stops working."""
    token = new_token()
    session.token_hash = hash_token(token)
    session.token_expires_at = _link_end(session.scheduled_at, now)
    session.save(update_fields=["token_hash", "token_expires_at", "updated_at"])
    return token


def keep_link_open(session: Session, now: datetime) -> None:
    """After its time was moved: the link that was sent opens it as long after the new one."""
    if session.token_hash:
        session.token_expires_at = _link_end(session.scheduled_at, now)
        session.save(update_fields=["token_expires_at", "updated_at"])


def revoke_token(session: Session) -> None:
    """After this no link opens the session."""
    session.token_hash = ""
    session.token_expires_at = None
    session.save(update_fields=["token_hash", "token_expires_at", "updated_at"])


def _link_end(scheduled_at: datetime | None, now: datetime) -> datetime:
    try:
        return max(now, scheduled_at or now) + LINK_OPEN_FOR
    except OverflowError:  # in the last week of the calendar
        return datetime.max.replace(tzinfo=UTC)
