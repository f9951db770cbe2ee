"""Candidates of one job side by side, from their own words: by competency and by what all were asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from msgspec import Struct

from hiring.models import Job
from interviews.access import watchable_sessions
from interviews.api.entering import Entry
from interviews.models import Session
from reports import wording
from reports.content import Quote
from reports.evidence import best_quote
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, find_mine, for_members
from web.review.reviewed import Review, Reviewed, read_review

FEWEST, MOST = 2, 4


class Cell(Struct, frozen=True):
    """One candidate on one row. `why_not` says in words why there is nothing to compare."""

    session: Session
    quote: Quote | None = None
    number: int = 0
    level: str = ""
    is_sealed: bool = False
    why_not: str = ""


class Row(Struct, frozen=True):
    name: str
    cells: tuple[Cell, ...]
    note: str = ""


class Column(Struct, frozen=True):
    session: Session
    review: Review


@for_members
@require_safe
def compare(request: MemberRequest, job_id: int) -> HttpResponse:
    """This will show two to four interviews of a job beside each other, and the others to choose from."""
    job = find_mine(request.user, Job.objects.all(), job_id)
    mine = watchable_sessions(request.user).filter(job=job, status__in=Session.OVER, started_at__isnull=False)
    rows = (
        Session.objects.filter(pk__in=mine.order_by().values("pk")).defer("plan").order_by("-ended_at", "-pk")
    )
    chosen = request.GET.getlist("with")
    wanted = list(dict.fromkeys(chosen))[: MOST + 1]
    context: dict[str, Any] = {
        "job": job,
        "page": page_of(request, searched(request, rows, "candidate_name")),
        "chosen": wanted,
        "export_url": f"/api/jobs/{job.pk}/export/?format=",
        "batch_url": f"/api/jobs/{job.pk}/reports/?edition=",
    }
    found = _sessions(mine, wanted)
    if FEWEST <= len(found) <= MOST and len(wanted) <= MOST:
        context |= _compared(request, found)
    elif chosen and (len(wanted) != 1 or not found):  # with one it is somebody who comes from a review
        context["problem"] = f"Choose {FEWEST} to {MOST} of them."
    return render(request, "web/review/compare.html", context, status=422 if "problem" in context else 200)


def _sessions(mine: Any, wanted: Sequence[str]) -> list[Session]:
    rows = mine.select_related("organisation", "job").order_by()
    by_uuid = {str(one.uuid): one for one in rows.filter(uuid__in=list(filter(None, map(_uuid, wanted))))}
    return [by_uuid[one] for one in wanted if one in by_uuid]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _compared(request: MemberRequest, sessions: Sequence[Session]) -> dict[str, Any]:
    columns = [Column(one, read_review(Entry(one, request.user))) for one in sessions]
    return {
        "columns": columns,
        "competencies": tuple(_competency(name, columns) for name in _names(columns)),
        "questions": _questions(columns),
    }


def _names(columns: Sequence[Column]) -> list[str]:
    asked = [one.question.competency for column in columns for one in _core(column.review)]
    return list(dict.fromkeys(name for name in asked if name))


def _core(review: Review) -> tuple[Reviewed, ...]:
    """What everybody is asked: a question of one's own compares with nobody's."""
    return tuple(one for one in review.answers if not (one.question.is_personal or one.question.put_in_by))


def _competency(name: str, columns: Sequence[Column]) -> Row:
    return Row(name, tuple(_of_competency(name, column) for column in columns))


def _of_competency(name: str, column: Column) -> Cell:
    asked = [one for one in _core(column.review) if one.question.competency == name]
    if not asked:
        return Cell(column.session, why_not="Not asked about it.")
    if any(one.is_sealed for one in asked if one.answer):
        number = next(one.number for one in asked if one.is_sealed and one.answer)
        return Cell(column.session, is_sealed=True, number=number)
    answered = [one for one in asked if one.answer]
    if not answered:
        return Cell(column.session, why_not=asked[0].question.outcome_note or "No answer.")
    best = max(answered, key=lambda one: (one.answer.score or 0) if one.answer else 0)
    return _cell(column, best, _mean(name, column.review) or "Not scored")


def _mean(name: str, review: Review) -> str:
    """With what people set, as the cells of the single questions; "" where nothing is scored."""
    overridden = review.content.overall.overridden
    changed = {one: (mean, n) for one, mean, n in overridden.competencies} if overridden else {}
    found = {one.name: (one.mean, one.n) for one in review.content.competencies} | changed
    mean, n = found.get(name, (None, 0))
    if not n:
        return ""
    told = f"{wording.mean(mean)} of 5 on {wording.count(n, 'answer')}"
    return f"{told}, with what people set" if name in changed else told


def _questions(columns: Sequence[Column]) -> tuple[Row, ...]:
    """By its words: the same question in another place of the plan is the same question."""
    texts = list(dict.fromkeys(one.question.text for column in columns for one in _core(column.review)))
    return tuple(_question(text, columns) for text in texts)


def _question(text: str, columns: Sequence[Column]) -> Row:
    cells = tuple(_of_question(text, column) for column in columns)
    missing = [cell for cell in cells if cell.why_not == NOT_THEIRS]
    note = "Not everybody was asked this: it does not compare them." if missing else ""
    return Row(text, cells, note)


NOT_THEIRS = "Was not asked this question."


def _of_question(text: str, column: Column) -> Cell:
    one = next((one for one in _core(column.review) if one.question.text == text), None)
    if one is None:
        return Cell(column.session, why_not=NOT_THEIRS)
    if one.answer is None:
        return Cell(column.session, why_not=one.question.outcome_note or "No answer.")
    if one.is_sealed:
        return Cell(column.session, is_sealed=True, number=one.number)
    return _cell(column, one, _level(one))


def _level(one: Reviewed) -> str:
    answer = one.answer
    if one.override is not None:
        given = f"{one.override.score} of 5" if one.override.score else "Not scorable"
        return f"{given}, set by {one.override.by}"
    if answer is None or not answer.is_scorable:
        return "Not scorable"
    if answer.anchor is None:
        return "Not scored"
    return f"{answer.anchor.level} of 5 · {one.level}" if one.level else f"{answer.anchor.level} of 5"


def _cell(column: Column, one: Reviewed, level: str) -> Cell:
    answer = one.answer
    best = best_quote(answer) if answer is not None else None
    if best is None and answer is not None and answer.text:
        best = Quote(answer.text[:180], answer.at_ms)
    return Cell(column.session, best, one.number, level)
