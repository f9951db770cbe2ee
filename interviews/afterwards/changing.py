"""What every change of an answer after the end shares: it is logged, and what was judged before is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from msgspec.structs import replace

from interviews.answers import Story
from interviews.evaluating import find_evaluation, read_session
from interviews.evaluation import AnswerFacts, evaluate_answer
from interviews.evaluation.notes import CHANGED_SINCE
from interviews.judging import facts_of
from interviews.kept_evaluations import Judged, note_change
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import Session


@contextmanager
def locked(session: Session) -> Iterator[Session]:
    """The session as it is now; nobody else writes to its log meanwhile."""
    find_evaluation(session)  # what was judged until now is kept, to be compared
    with transaction.atomic():
        yield Session.objects.select_for_update().get(pk=session.pk)


def log(session: Session, event: ev.Event) -> Story:
    """Write `event` to the log of a locked session, and give the story as it is told now."""
    append(session.pk, session.epoch, [event])
    session.refresh_from_db()
    return read_session(session)


def judge_by_words(session: Session, story: Story, number: int) -> None:
    """Until the answer is judged again, its words alone count."""
    facts: AnswerFacts = facts_of(session, story)[number - 1]
    judged = evaluate_answer(facts)
    origin = replace(judged.origin, fallback_reason=CHANGED_SINCE)
    note_change(session.pk, Judged(number, replace(judged, origin=origin)))
