"""Run in the server's environment: what an organisation has after some weeks, so that figures have a ground.

`python -m e2e.make_history NUMBER`: adds a demo interview as `make run` does, NUMBER more that are over, with
scores, ratings, logs, decisions and answers about groups, makes the recruiter an admin, and prints how to
enter: as that admin, and as the candidate of the last one.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from accounts.guest_tokens import hash_token, new_token  # noqa: E402
from accounts.models import Organisation, Role, User  # noqa: E402
from hiring.models import Candidate, Decision, Interview, Round  # noqa: E402
from interviews.groups import keep_groups  # noqa: E402
from interviews.models import Evaluation, Event, Rating, Session  # noqa: E402
from server.demo import make_demo  # noqa: E402

NOW = datetime.now(UTC)
QUESTIONS = ("What was the hardest part of that migration, and who would you ask next time?", "كيف تعمل؟")
LOG = ("turn.ended", "sentence.sent", "candidate.left", "candidate.connected")


def main(number: int) -> None:
    demo = make_demo(NOW, retention_days=30)
    user, organisation = User.objects.get(username=demo.username), demo.session.organisation
    if organisation is None:
        raise RuntimeError("the demo has no organisation")
    user.memberships.update(role=Role.ADMIN)
    organisation.collects_groups = True
    organisation.save()
    for at in range(number):
        _make(organisation, user, at)
    entry = {"user": demo.username, "password": demo.password, "token": _let_in(organisation)}
    sys.stdout.write(json.dumps(entry))


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


if __name__ == "__main__":
    main(int(sys.argv[1]))
