"""What an organisation has after some weeks, so that figures have a ground (see e2e/maker.py)."""

import secrets
from datetime import UTC, datetime, timedelta

from accounts.guest_tokens import hash_token, new_token
from accounts.models import Membership, Organisation, Role, User
from hiring.models import Candidate, Decision, Interview, Round
from interviews.groups import keep_groups
from interviews.models import Evaluation, Event, Rating, Session

PASSWORD = "Correct-horse-7"
NOW = datetime.now(UTC)
QUESTIONS = ("What was the hardest part of that migration, and who would you ask next time?", "كيف تعمل؟")
LOG = ("turn.ended", "sentence.sent", "candidate.left", "candidate.connected")


def make_history(number: int) -> dict[str, str]:
    """This will make an organisation with that many interviews that are over, with scores, ratings, logs,
    decisions and answers about groups; and give how to enter: as its admin, and as the last one's candidate.
    """
    organisation = Organisation.objects.create(
        name="Weeks of Work", contact_email="hr@weeks.example", collects_groups=True
    )
    name = f"vera-{secrets.token_hex(4)}"
    user = User.objects.create_user(name, f"{name}@weeks.example", PASSWORD, first_name="Vera")
    Membership.objects.create(organisation=organisation, user=user, role=Role.ADMIN)
    for at in range(number):
        _make(organisation, user, at)
    return {"user": name, "password": PASSWORD, "token": _let_in(organisation)}


def _let_in(organisation: Organisation) -> str:
    """The newest of those that are over, by a link."""
    token, over = new_token(), organisation.sessions.filter(ended_at__isnull=False).latest("pk")
    Session.objects.filter(pk=over.pk).update(
        token_hash=hash_token(token), token_expires_at=NOW + timedelta(days=1)
    )
    return token


def _make(organisation: Organisation, user: User, at: int) -> None:
    began, score = NOW - timedelta(days=at % 60, hours=1), float(20 + at * 37 % 80)
    candidate = Candidate.objects.create(organisation=organisation, name=f"Candidate {at}")
    interview = Interview.objects.create(
        organisation=organisation, candidate=candidate, started_at=began, completed_at=began
    )
    session = Session.objects.create(
        organisation=organisation,
        round=Round.objects.create(interview=interview, order=1),
        status="abandoned" if at % 7 == 0 else "completed",
        end_reason="abandoned" if at % 7 == 0 else "completed",
        reached_question=1 + at % 2,
        num_questions=2,
        started_at=began,
        ended_at=began + timedelta(minutes=12 + at % 20),
    )
    Session.objects.filter(pk=session.pk).update(created_at=began)
    _judge(session, user, score)
    for seq, kind in enumerate(LOG if at % 5 == 0 else LOG[:2], 100):
        when = began + timedelta(milliseconds=700 * seq)
        Event.objects.create(session=session, seq=seq, type=kind, at=when, digest="", hash="")
    Decision.objects.create(interview=interview, verdict="advance" if score > 55 else "decline", reason="-")
    keep_groups(session, sex="female" if at % 3 else "male", ethnicity="asian" if at % 2 else "white")


def _judge(session: Session, user: User, score: float) -> None:
    anchor = 1 + int(score) // 21
    Evaluation.objects.create(session=session, number=0, overall=score, content={}, head_hash="")
    for order, text in enumerate(QUESTIONS, 1):
        session.questions.create(order=order, text=text)
        Evaluation.objects.create(
            session=session,
            number=order,
            overall=min(100, score + 5 * order),
            content={"anchor": anchor},
            head_hash="",
        )
        Rating.objects.create(session=session, author=user, number=order, score=min(5, anchor + order % 2))
