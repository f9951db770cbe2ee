"""An organisation with people, jobs and interviews in every state (see e2e/maker.py)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import Membership, Organisation, User
from hiring.deciding import decide
from hiring.models import Candidate, Interview, Interviewer, Job, Round
from interviews.models import Session
from interviews.sessions import Owner, SessionWish, create_session
from messaging.models import Message, PhoneConsent

PASSWORD = "Correct-horse-7"
NAMES = (
    "Zoë Łukasiewicz",
    "محمد عبد الرحمن الخوارزمي",
    "Ada Byron King, Countess of Lovelace, who has a long name indeed",
    "שרה לוי",
    "Omar Haddad",
    "李小龍",
    "Ines dos Santos",
)


def make_hired() -> dict[str, Any]:
    """This will add one, and give how to sign in and the numbers of what was made."""
    now = datetime.now(UTC)
    organisation = Organisation.objects.create(name="St Mary’s Hospital", contact_email="hr@example.com")
    stamp = f"{now:%H%M%S%f}"
    user = _person(f"dana-{stamp}", organisation, "admin")
    watcher = _person(f"olga-{stamp}", organisation, "observer")
    jobs = [
        Job.objects.create(organisation=organisation, title=title)
        for title in ("Ward nurse", "Backend engineer")
    ]
    john = Interviewer.objects.create(organisation=organisation, name="John Doe")
    made = [_interview(organisation, user, jobs, john, place, name, now) for place, name in enumerate(NAMES)]
    return {
        "user": user.username,
        "watcher": watcher.username,
        "password": PASSWORD,
        "interviews": [one.pk for one in made],
        "candidates": [one.candidate_id for one in made],
        "job": jobs[0].pk,
    }


def _person(name: str, organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(
        name, f"{name}@example.com", PASSWORD, first_name=name.split("-", maxsplit=1)[0].title()
    )
    user.time_zone = "Europe/Berlin"
    user.save()
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user


def _interview(
    organisation: Organisation,
    user: User,
    jobs: list[Job],
    john: Interviewer,
    place: int,
    name: str,
    now: datetime,
) -> Interview:
    candidate = Candidate.objects.create(
        organisation=organisation,
        name=name,
        email=f"candidate.with.a.long.address.{place}@hospital.example.com",
        phone=f"+4930901{place:03}",
        time_zone="Europe/Berlin",
        resume_text="Ten years on a surgical ward.\nLed a team of twelve." if place == 0 else "",
    )
    interview = Interview.objects.create(
        organisation=organisation,
        candidate=candidate,
        job=jobs[place % 2],
        interviewer=john if place % 3 else None,
        title="First talk" if place % 2 else "",
        notes="Speaks to the night shift only." if place == 0 else "",
        created_by=user,
    )
    held = Round.objects.create(interview=interview, order=1, title="First talk", interviewer=john)
    Round.objects.create(
        interview=interview, order=2, kind="on_site", title="Meet the team", place="Room 4, 2nd floor"
    )
    wish = SessionWish(job_role=jobs[place % 2].title, scheduled_at=now + timedelta(days=place))
    owner = Owner(user=user, organisation=organisation, candidate=candidate, job=interview.job, round=held)
    session, _ = create_session(wish, now=now, owner=owner)
    _bring_to(interview, held, session, place, user, now)
    return interview


def _bring_to(
    interview: Interview, held: Round, session: Session, place: int, user: User, now: datetime
) -> None:
    """The state that fits its place: new, invited, running, completed, decided, cancelled."""
    facts: dict[int, tuple[str, str, str]] = {
        1: ("scheduled", "scheduled", "scheduled"),
        2: ("in_progress", "in_progress", "in_progress"),
        3: ("completed", "completed", "completed"),
        4: ("completed", "completed", "completed"),
        5: ("cancelled", "cancelled", "cancelled"),
    }
    status, of_round, of_session = facts.get(place, ("invited", "scheduled", "scheduled"))
    begun = now - timedelta(hours=2) if of_session in {"in_progress", "completed"} else None
    ended = now - timedelta(hours=1) if of_session == "completed" else None
    Interview.objects.filter(pk=interview.pk).update(
        status=status,
        scheduled_at=session.scheduled_at,
        started_at=begun,
        completed_at=ended,
        job_fit_score=60 + place,
    )
    Round.objects.filter(pk=held.pk).update(status=of_round)
    Session.objects.filter(pk=session.pk).update(
        status=of_session,
        started_at=begun,
        ended_at=ended,
        consent={"ai_evaluation": True, "recording": bool(place % 2), "listening": False},
    )
    if place in {1, 3, 4}:
        _messages(session, now)
        Interview.objects.filter(pk=interview.pk).update(invited_at=now - timedelta(days=1))
    if place == 4:
        interview.refresh_from_db()
        decide(interview.pk, "hold", "Her references are missing.", by=user)
        decide(
            interview.pk,
            "advance",
            "References came: excellent.\nConcrete answers about night shifts.",
            by=user,
        )


def _messages(session: Session, now: datetime) -> None:
    candidate = session.candidate
    assert candidate is not None
    common = {"organisation": session.organisation, "session": session, "candidate": candidate, "due_at": now}
    Message.objects.create(
        channel="email",
        kind="invitation",
        key=f"made/{session.pk}/email",
        to=candidate.email,
        status="sent",
        sent_at=now - timedelta(days=1),
        **common,
    )
    Message.objects.create(
        channel="sms",
        kind="invitation",
        key=f"made/{session.pk}/sms",
        to=candidate.phone,
        status="failed",
        error="The carrier does not know this number.",
        **common,
    )
    PhoneConsent.objects.update_or_create(
        number=candidate.phone, defaults={"status": "opted_out", "opted_out_at": now}
    )
