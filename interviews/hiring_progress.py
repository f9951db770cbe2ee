"""Keeps hiring and its sessions in step: rounds as they are held or called off, and Job Fit Scores.

A round begins and is completed with its session. One that was broken off leaves its round in progress, for a
person to say whether it is held again; one that was cancelled before it began leaves it scheduled. The other
way round, cancelling a round ends those of its sessions that nobody has begun, and their links with them.

The Job Fit Score of an interview is judged from the answers of all its completed sessions together, as if
they had been given in one, so that each competency rests on every answer that spoke to it.
"""

from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from hiring.models import Decision, Interview, Round
from hiring.progress import hold
from interviews.background.rows import want
from interviews.background.threads import in_a_thread
from interviews.conversing import end
from interviews.evaluating import find_evaluation
from interviews.evaluation import AnswerEvaluation
from interviews.evaluation.job_fit import judge_job_fit, wanted_competencies
from interviews.live.events import DecisionMade
from interviews.live.log import append
from interviews.live.patient_database import ask
from interviews.live.vocabulary import HiringVerdict
from interviews.milestones import Milestone
from interviews.models import Evaluation, Event, Session
from interviews.models.evaluation import WHOLE_SESSION
from interviews.refusals import RefusedError

FIT = "hiring.job_fit"
CALL_OFF = "hiring.call_off"
STATUS_AT: dict[Milestone, Round.Status] = {
    "session.started": Round.Status.IN_PROGRESS,
    "session.completed": Round.Status.COMPLETED,
}


def follow(sender: object, session: Session, milestone: Milestone, at: datetime, **_: Any) -> None:
    """Receives interviews.milestones.reached."""
    if session.round_id is None:
        return
    if milestone in STATUS_AT:
        hold(session.round_id, STATUS_AT[milestone], at=at)
    elif milestone == "report.ready":
        _want_fit(session.round_id, at)


def follow_evaluation(sender: object, instance: Evaluation, **_: Any) -> None:
    """Receives Django's post_save: a session that is judged anew changes what its interview rests on."""
    if instance.number == WHOLE_SESSION and instance.session.round_id is not None:
        _want_fit(instance.session.round_id, instance.created_at)


def follow_round(sender: object, instance: Round, **_: Any) -> None:
    """Receives Django's post_save."""
    if instance.status == Round.Status.CANCELLED:
        want(CALL_OFF, str(instance.pk), {"round": instance.pk}, now=timezone.now())


@transaction.atomic  # whoever writes a decision may be in none
def follow_decision(sender: object, instance: Decision, created: bool, **_: Any) -> None:
    """Receives Django's post_save: what was decided stands in the log of every session it rests on. One that
    was erased stays empty: nobody would erase it a second time.
    """
    if not created:
        return
    made = DecisionMade(
        at=instance.decided_at,
        verdict=cast("HiringVerdict", instance.verdict),
        reason=instance.reason,
        by=instance.decided_by_name,
        decision_id=instance.pk,
    )
    erased = Event.objects.filter(session=OuterRef("pk"), payload__isnull=True)
    rows = Session.objects.filter(
        ~Exists(erased), round__interview=instance.interview_id, deleted_at=None, seq__gt=0
    )
    for session in rows.select_for_update(of=("self",)).order_by("pk").defer("plan"):
        if session.is_over:  # one that runs has an owner, who alone may write
            append(session.pk, session.epoch, [made])


async def judge_fit(payload: dict[str, Any]) -> None:
    """The handler of `FIT`."""
    await ask(keep_fit, int(payload["interview"]))


def end_unbegun(round_pk: int) -> None:
    """End what nobody has begun of a round that is still cancelled. Raises RefusedError to be tried again."""
    rows = Session.objects.filter(round=round_pk, round__status=Round.Status.CANCELLED)
    for session in rows.filter(status=Session.Status.SCHEDULED):
        try:
            end(session, user=None, is_guest=False)
        except RefusedError as error:
            if error.code == "busy":
                raise


def _call_off(payload: dict[str, Any]) -> None:
    end_unbegun(int(payload["round"]))


call_off = in_a_thread(_call_off)  # the handler of `CALL_OFF`: ending one waits for whoever runs it


def keep_fit(interview_pk: int) -> None:
    """Write the score of an interview as its evaluations stand now; twice does no harm."""
    interview = Interview.objects.select_related("job").filter(pk=interview_pk).first()
    if interview is None:
        return
    wanted = wanted_competencies(interview.job.competencies) if interview.job is not None else ()
    fit = judge_job_fit(wanted, _answers(interview))
    score = fit.score if fit is not None else None
    Interview.objects.filter(pk=interview_pk).exclude(job_fit_score=score).update(job_fit_score=score)


def _answers(interview: Interview) -> list[AnswerEvaluation]:
    """Those to questions that everybody is asked, of every completed session, the oldest first."""
    rows = Session.objects.filter(round__interview=interview, status=Session.Status.COMPLETED)
    found = [find_evaluation(one) for one in rows.select_related("job").order_by("pk")]
    return [answer for one in found if one is not None for answer in one.answers if answer.is_core]


def _want_fit(round_pk: int, at: datetime) -> None:
    interview_pk = Round.objects.filter(pk=round_pk).values_list("interview_id", flat=True).first()
    if interview_pk is not None:
        want(FIT, str(interview_pk), {"interview": interview_pk}, now=at)
