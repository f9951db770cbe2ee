"""One of everything that an address can name, in one organisation; and everybody who may ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts.models import Organisation, Role, User
from accounts.team_invitations import invite_to_team
from hiring.models import Candidate, Decision, Interview, Interviewer, Job, Round, resume_storage
from interviews.models import ReportShare, Session
from messaging.models import InvitationBatch, Message, SmsInterview, Webhook, WebhookDelivery

NAME = "Ada Byron"
EMAIL, PHONE, RESUME = "ada@reached.example", "+442079460123", "Ten years of nursing."
JOB = {"job_role": "Backend engineer", "num_questions": 1}


@dataclass(frozen=True)
class World:
    people: dict[str, APIClient]
    session: Session
    names: dict[str, Any]  # what stands in an address, by the name of the parameter
    named: dict[str, dict[str, Any]]  # where a name means something else, by the beginning of the path
    bodies: dict[str, dict[str, Any]]  # where the session stands in the body, by `METHOD /path/`


def bearer(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def with_link(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_X_INTERVIEW_TOKEN=token)
    return client


def account(user: User) -> APIClient:
    return bearer(str(RefreshToken.for_user(user).access_token))


def build(ours: Organisation, make_user: Callable[..., User]) -> World:
    """Everything is the owner's, whom the table does not ask: an owner may more than their role."""
    owner = account(make_user("olga"))
    hiring = _hiring(ours)
    who = {"candidate_id": hiring["candidate_id"], "scheduled_at": "2030-01-01T10:00:00Z"}
    made = _made(owner, {**JOB, **who})
    session = _held(made)
    plan_id = _plan_with_an_open_link(owner, hiring["job_id"])
    practice = owner.post("/api/interview/create/", {"job_role": "Nurse", "num_questions": 1}).json()
    spoken = session.turns.filter(speaker="candidate")[0]
    return World(
        people={**_members(make_user), **_others(make_user), **_links(owner, made)},
        session=session,
        names={**hiring, **_around(session), **_messages(ours, session), **_team(ours)},
        named={
            "/api/plans/": {"number": plan_id},
            "/api/conversations/": {"number": spoken.pk},
            "/api/interview/": {
                "reference": practice["interview_id"],
                "question_id": practice["questions"][0]["id"],
            },
        },
        bodies=_bodies(str(session.uuid)),
    )


def _hiring(ours: Organisation) -> dict[str, Any]:
    candidate = _candidate(ours)
    job = Job.objects.create(organisation=ours, title="Nurse")
    interviewer = Interviewer.objects.create(organisation=ours, name="Ines")
    interview = Interview.objects.create(organisation=ours, candidate=candidate, job=job)
    row = Round.objects.create(interview=interview, order=1)
    Decision.objects.create(interview=interview, verdict="hold", reason="Later.", decided_by_name="Olga")
    return {
        "candidate_id": candidate.pk,
        "job_id": job.pk,
        "interviewer_id": interviewer.pk,
        "interview_id": interview.pk,
        "round_id": row.pk,
    }


def _plan_with_an_open_link(owner: APIClient, job_id: int) -> int:
    plan = owner.post("/api/plans/", {"role": "Nurse", "num_questions": 1, "name": "Usual"})
    assert plan.status_code == 201, plan.content
    number: int = plan.json()["id"]
    link = owner.post(f"/api/jobs/{job_id}/open-link/", {"plan_id": number})
    assert link.status_code == 201, link.content
    return number


def _around(session: Session) -> dict[str, Any]:
    lasting = {"made_by_name": "Olga", "expires_at": timezone.now() + timedelta(days=1)}
    share = ReportShare.objects.create(session=session, edition="panel", token_hash="0" * 64, **lasting)
    request = session.requests.create(kind="review", text=f"Write to {EMAIL}.")
    return {
        "reference": session.uuid,
        "question_id": session.questions.get().pk,
        "request_id": request.pk,
        "share_id": share.pk,
    }


def _messages(ours: Organisation, session: Session) -> dict[str, Any]:
    webhook = Webhook.objects.create(
        organisation=ours, url="https://hooks.example/", secret="s", events=["session.started"]
    )
    delivery = WebhookDelivery.objects.create(webhook=webhook, event="ping", payload={})
    batch = InvitationBatch.objects.create(organisation=ours, total=1)
    Message.objects.create(organisation=ours, session=session, channel="email", kind="invitation", to=EMAIL)
    SmsInterview.objects.create(session=session, number=PHONE)
    return {"webhook_id": webhook.pk, "delivery": delivery.uuid, "batch_id": batch.pk}


def _team(ours: Organisation) -> dict[str, Any]:
    admin, owner = (User.objects.get(username=name) for name in ("admin-here", "olga"))
    invitation = invite_to_team(admin, ours, email="new@acme.example", role="reviewer", now=timezone.now())
    return {
        "organisation_id": ours.pk,
        "member_id": ours.memberships.get(user=owner).pk,
        "invitation_id": invitation.pk,
    }


def _candidate(ours: Organisation) -> Candidate:
    kept = resume_storage().save("cv.txt", ContentFile(RESUME.encode()))
    facts = {"resume": kept, "resume_name": "cv.txt", "resume_text": RESUME}
    return Candidate.objects.create(organisation=ours, name=NAME, email=EMAIL, phone=PHONE, **facts)


def _made(owner: APIClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = owner.post("/api/sessions/", body)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def _held(made: dict[str, Any]) -> Session:
    """Begun, answered and ended by its candidate."""
    session, candidate = Session.objects.get(pk=made["id"]), with_link(made["public_token"])
    path = f"/api/sessions/{session.uuid}/"
    assert candidate.post(f"{path}start/").status_code == 200
    said = f"{path}questions/{session.questions.get().pk}/answer/"
    assert candidate.post(said, {"answer": "I measured it first."}).status_code == 201
    assert candidate.post(f"{path}end/").status_code == 200
    session.refresh_from_db()
    return session


def _members(make_user: Callable[..., User]) -> dict[str, APIClient]:
    return {role: account(make_user(f"{role}-here", role)) for role in Role.values}


def _others(make_user: Callable[..., User]) -> dict[str, APIClient]:
    elsewhere = Organisation.objects.create(name="Elsewhere")
    gone, late = make_user("gone", Role.ADMIN), AccessToken.for_user(make_user("late", Role.ADMIN))
    late.set_exp(from_time=timezone.now() - timedelta(days=1), lifetime=timedelta(minutes=1))
    inactive = account(gone)
    gone.is_active = False
    gone.save()
    return {
        "nobody": APIClient(),
        "stranger": account(make_user("stan", Role.ADMIN, at=elsewhere)),
        "inactive": inactive,
        "expired": bearer(str(late)),
    }


def _links(owner: APIClient, made: dict[str, Any]) -> dict[str, APIClient]:
    """The other session is of the same organisation."""
    other = _made(owner, JOB)
    return {"link": with_link(made["public_token"]), "other_link": with_link(other["public_token"])}


def _bodies(uuid: str) -> dict[str, dict[str, Any]]:
    """Where one would be judged anew, it is a wish that is refused: judging leaves the test's transaction."""
    question = {"session_id": uuid, "question_text": "Tell me about a change that went wrong."}
    return {
        "POST /api/sessions/{reference}/evaluate/": {"evaluator": "unknown"},
        "POST /api/reports/generate/": {"session_id": uuid},
        "POST /api/conversations/": {"session_id": uuid, "speaker": "student", "message": "Hello."},
        "POST /api/ai-interview/": {"session_id": uuid, "action": "respond", "student_response": "Hello."},
        "POST /api/questions/": question,
        "POST /api/questions/bulk_create/": {"questions": [question]},
    }
