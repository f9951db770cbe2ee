"""Judging an interview again from its review, and what the newest run says differently, in words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from interviews.api.entering import Entry
from interviews.api.throttling import EvaluationThrottle
from interviews.background.waking import wake_worker
from interviews.evaluation.changes import AnswerChange, compare
from interviews.kept_evaluations import Run, read_runs
from interviews.models import Task
from interviews.rejudging import TASK, NotEvaluableError, put_off
from interviews.sealing import Seal
from reports import wording
from web.console.members import MemberRequest, for_members
from web.console.throttling import TOO_OFTEN, is_too_often
from web.review.forms import AgainForm, mistakes
from web.review.opening import enter_review, enter_to_lead
from web.review.reviewed import Review
from web.review.seals import review_seal

STATUS = {
    "scored": "scored",
    "not_scorable": "not scorable",
    "skipped": "skipped",
    "not_asked": "not asked",
}


class Change(Struct, frozen=True):
    """What became of one answer, in sentences."""

    number: int
    sentences: tuple[str, ...]


def again_context(entry: Entry, read: Review | None = None) -> dict[str, Any]:
    """The runs, what the newest changed, and whether another is under way."""
    runs = read_runs(entry.session) if entry.session.is_over else ()
    seal = read.seal if read is not None else review_seal(entry)
    task = Task.objects.filter(kind=TASK, key__startswith=f"{entry.session.pk}/").first()
    return {
        "session": entry.session,
        "runs": () if seal.hides_whole else runs,
        "run_count": len(runs),
        "is_judging": task is not None and task.status == Task.Status.OPEN,
        "judging_failed": task.error if task is not None and task.status == Task.Status.FAILED else "",
        "overall_change": "" if seal.hides_whole else _overall(runs),
        "changes": _changes(runs, seal),
        "hidden_changes": len(runs) > 1 and seal.lies and _hides_some(runs[-1], seal),
    }


def _hides_some(run: Run, seal: Seal) -> bool:
    return any(seal.hides(number) for number in range(1, len(run.evaluation.answers) + 1))


def _overall(runs: tuple[Run, ...]) -> str:
    if len(runs) < 2:
        return ""
    before, after = runs[-2].evaluation.overall_score, runs[-1].evaluation.overall_score
    if before == after:
        return f"The overall score stayed at {wording.points(after)}."
    return f"The overall score went from {wording.points(before)} to {wording.points(after)}."


def _changes(runs: tuple[Run, ...], seal: Seal) -> tuple[Change, ...]:
    if len(runs) < 2:
        return ()
    made = compare(runs[-2].evaluation, runs[-1].evaluation)
    return tuple(Change(one.number, sentences(one)) for one in made.answers if not seal.hides(one.number))


def sentences(one: AnswerChange) -> tuple[str, ...]:
    """What a reader would see otherwise than before; a single one where nothing changed."""
    found = []
    if one.status[0] != one.status[1]:
        found.append(f"Was {STATUS[one.status[0]]}, is {STATUS[one.status[1]]}.")
    if one.score[0] != one.score[1]:
        found.append(f"Score {wording.points(one.score[0])} → {wording.points(one.score[1])}.")
    if one.anchor[0] != one.anchor[1]:
        found.append(f"Anchor {one.anchor[0] or 'none'} → {one.anchor[1] or 'none'}.")
    found += [f"Now heard: {point}" for point in one.points_gained]
    found += [f"No longer heard: {point}" for point in one.points_lost]
    found += [f"Now quoted: “{quote}”" for quote in one.quotes_gained]
    found += [f"No longer quoted: “{quote}”" for quote in one.quotes_lost]
    return tuple(found) or ("Judged the same.",)


@for_members
@require_POST
def judge_again(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will have the answers judged anew in the background; the page says when it is done."""
    entry = enter_to_lead(request.user, uuid)
    form = AgainForm(request.POST)
    problem = "" if form.is_valid() else mistakes(form)
    if not problem and is_too_often(EvaluationThrottle(), request):
        problem = TOO_OFTEN
    if not problem:
        wish = form.cleaned_data
        try:
            put_off(
                entry.session,
                numbers=(),
                rubric=wish["rubric"],
                is_by_words=wish["evaluator"] == "words",
                asked_by=request.user,
            )
            wake_worker()
        except NotEvaluableError as error:
            problem = error.message
    if problem:
        messages.error(request, problem)
    return redirect(f"{reverse('web:review', args=[uuid])}#again")


@for_members
@require_safe
def judging(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will show how far it is; asked for again and again while it is under way."""
    entry = enter_review(request.user, uuid)
    return render(request, "web/review/again.html", {**again_context(entry), "was_judging": True})
