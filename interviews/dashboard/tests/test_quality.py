"""What the dashboard says beyond counts: of sessions that are over and scores that one may see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, Role, User
from interviews.dashboard.quality import Quality, quality_of
from interviews.dashboard.scope import Scope
from interviews.models import Evaluation, Event, Rating, Session

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MakeHeld = Callable[..., Session]


@pytest.fixture
def make_held(organisation: Organisation) -> MakeHeld:
    """A session that is over, with two questions answered."""

    def make(score: float, *, minutes: int = 20, anchor: int = 3, **given: Any) -> Session:
        facts = {
            "organisation": organisation,
            "status": "completed",
            "end_reason": "completed",
            "started_at": NOW - timedelta(minutes=minutes),
            "ended_at": NOW,
            **given,
        }
        session = Session.objects.create(**facts)
        for order, text in enumerate(("What went wrong?", "Why?"), 1):
            session.questions.create(order=order, text=text)
        for number, overall in ((0, score), (1, score), (2, 100 - score)):
            Evaluation.objects.create(
                session=session, number=number, overall=overall, content={"anchor": anchor}, head_hash=""
            )
        return session

    return make


def quality(organisation: Organisation, **given: Any) -> Quality:
    since, until = NOW - timedelta(days=90), timezone.now() + timedelta(minutes=1)
    return quality_of(Scope(organisations=(organisation.pk,), since=since, until=until, **given))


def test_below_ten_everything_is_silent(organisation: Organisation, make_held: MakeHeld) -> None:
    for score in range(9):
        make_held(score * 10)
    told = quality(organisation)
    assert (told.scores.n, told.scores.mean, told.scores.bins) == (9, None, ())
    assert told.minutes.median is None
    assert {one.share for one in told.questions} == {None}
    assert told.reliability.abandoned_rate is None


def test_ten_speak(organisation: Organisation, make_held: MakeHeld, make_user: Any) -> None:
    rater = make_user("mia", Role.REVIEWER)
    for number in range(10):
        session = make_held(number * 10, minutes=10 + number, anchor=1 + number % 5)
        given = Rating.objects.create(session=session, author=rater, number=1, score=1 + number % 5)
        Rating.objects.filter(pk=given.pk).update(score=5)  # the first counts
    told = quality(organisation)
    assert (told.scores.n, told.scores.mean, told.scores.median) == (10, 45.0, 45.0)
    assert (told.minutes.median, told.agreement.kappa) == (14.5, 1.0)
    first, second = told.questions
    assert (first.share, first.n, first.discrimination) == (0.45, 10, -1.0)
    assert (second.share, second.discrimination_n) == (0.55, 10)


def test_what_was_rated_after_the_whole_is_no_independent_rating(
    organisation: Organisation, make_held: MakeHeld, make_user: Any
) -> None:
    first, second = make_user("mia", Role.REVIEWER), make_user("leo", Role.REVIEWER)
    for number in range(12):
        session = make_held(50, anchor=1 + number % 5)
        Rating.objects.create(session=session, author=first, number=1, score=5)
        Rating.objects.create(session=session, author=first, number=0, score=5)  # from here on all is open
        Rating.objects.create(session=session, author=first, number=2, score=1 + number % 5)
        Rating.objects.create(session=session, author=second, number=2, score=5)
    told = quality(organisation)
    assert told.agreement.n == 24
    assert told.agreement.kappa == 0.0


def test_what_runs_and_what_is_sealed_is_left_out(
    organisation: Organisation, make_held: MakeHeld, make_user: Callable[..., User]
) -> None:
    reader = make_user("mia", Role.REVIEWER)
    for _ in range(12):
        last = make_held(50)
    make_held(99, status="in_progress", ended_at=None)
    make_held(99, purpose="practice")
    make_held(99, deleted_at=NOW)
    assert quality(organisation, reader=reader).scores.n == 12
    Organisation.objects.update(sealing="rated")
    told = quality(organisation, reader=reader)
    assert (told.scores.n, told.minutes.n, told.questions, told.agreement.n) == (0, 12, (), 0)
    Rating.objects.create(session=last, author=reader, number=0, score=3)
    assert quality(organisation, reader=reader).scores.n == 1


def test_the_service(organisation: Organisation, make_held: MakeHeld) -> None:
    for number in range(10):
        session = make_held(50, end_reason="abandoned" if number < 2 else "completed")
        turns = ["turn.ended", "sentence.sent", "sentence.sent"]
        drops = ["candidate.left", "candidate.connected"] if number < 3 else []
        for seq, kind in enumerate([*turns, *drops, "session.ended", "candidate.left"], 1):
            at = NOW + timedelta(milliseconds=800 * seq)
            Event.objects.create(session=session, seq=seq, type=kind, at=at, digest="", hash="")
    told = quality(organisation)
    assert (told.latency.n, told.latency.p50, told.latency.p95) == (10, 800.0, 800.0)
    assert (told.reliability.abandoned_rate, told.reliability.drop_rate) == (20.0, 30.0)
    assert (told.reliability.dropped, told.reliability.resumed, told.reliability.resumed_rate) == (3, 3, None)


def test_the_number_of_queries_does_not_grow(
    organisation: Organisation, make_held: MakeHeld, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_held(50)
        with django_assert_num_queries(5):
            quality(organisation)
