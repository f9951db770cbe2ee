"""The rows in which evaluations are kept: each answer's, the session's, and those of former runs. Sync."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery

from accounts.models import User
from interviews.evaluation import AnswerEvaluation, SessionEvaluation
from interviews.evaluation.extras import Extras, with_extras
from interviews.gaps import keep_gaps
from interviews.models import Evaluation, Session
from interviews.models.evaluation import WHOLE_SESSION

FIRST_RUN = 1


class Run(msgspec.Struct, frozen=True):
    """One run over a session, as it was last kept."""

    number: int
    evaluation: SessionEvaluation
    is_current: bool
    head_hash: str
    asked_by: str  # "" where it was judged in the course of things
    created_at: datetime
    is_after_change: bool = False  # it began with the candidate's own correction or second answer


class Judged(msgspec.Struct, frozen=True):
    """One answer's evaluation on its way into a row. `replaces`: the row that was current when it began."""

    number: int
    evaluation: AnswerEvaluation
    replaces: int | None = None


def may_evaluate(session: Session) -> bool:
    """Whether the candidate agreed to an evaluation by a program."""
    return bool(session.consent.get("ai_evaluation"))


def current_rows(session: Session) -> dict[int, Evaluation]:
    """The current rows by question number; 0 is the whole session's. One query."""
    return {row.number: row for row in Evaluation.objects.filter(session=session, is_current=True)}


def read_answer(row: Evaluation) -> AnswerEvaluation:
    return msgspec.convert(row.content, AnswerEvaluation)


def read_whole(row: Evaluation) -> SessionEvaluation:
    return with_extras(msgspec.convert(row.content, SessionEvaluation), extras_of(row))


def extras_of(row: Evaluation | None) -> Extras:
    return msgspec.convert(row.content.get("extras", {}), Extras) if row is not None else Extras()


def latest_extras(session: Session, rows: Mapping[int, Evaluation]) -> Extras:
    """What was written in this or a former run, `rows` being the current ones; it is shown where it fits."""
    if WHOLE_SESSION in rows or not rows:
        return extras_of(rows.get(WHOLE_SESSION))
    rows_before = Evaluation.objects.filter(session=session, number=WHOLE_SESSION)
    return extras_of(rows_before.order_by("-run", "-pk").first())


def kept_overall(of_session: str) -> Subquery:
    """For annotating rows: the kept overall score of the session in their field `of_session`."""
    whole = Evaluation.objects.filter(session=OuterRef(of_session), number=WHOLE_SESSION, is_current=True)
    return Subquery(whole.order_by().values("overall")[:1])  # there is one: ordering would join the session


def keep_answer(session_pk: int, judged: Judged) -> bool:
    """Keep an answer's evaluation in the current run.

    False, and nothing is kept, where the consent was withdrawn or the session erased meanwhile, or somebody
    else has judged the same answer since: theirs is of newer words.
    """
    with transaction.atomic():
        session = _open(session_pk)
        if session is None:
            return False
        rows = Evaluation.objects.filter(session=session, number=judged.number, is_current=True)
        current = rows.values_list("pk", flat=True).first()
        if current != judged.replaces:
            return False
        run = _newest_run(session)
        _replace(session, judged, run=run, asked_by=None, is_after_change=_began_with_change(session, run))
    return True


def begin_run(session_pk: int, judged: list[Judged], asked_by: User | None) -> bool:
    """Keep answers as a new run, which becomes the current one; the whole is added when it is next read.

    Where the candidate has changed an answer meanwhile, theirs stays: it is of newer words.
    """
    with transaction.atomic():
        session = _open(session_pk)
        if session is None:
            return False
        run = _newest_run(session) + 1
        _lay_aside(session, WHOLE_SESSION)
        current = current_rows(session)
        for one in judged:
            row = current.get(one.number)
            if row is None or row.pk == one.replaces or not row.is_after_change:
                _replace(session, one, run=run, asked_by=asked_by)
    return True


def note_change(session_pk: int, judged: Judged) -> None:
    """The candidate has changed an answer: what was judged before stays as a run of its own.

    Changes that follow each other make one run; `judged` stands until it is judged again.
    """
    with transaction.atomic():
        session = _open(session_pk)
        if session is None:
            return
        run = _newest_run(session)
        if not _began_with_change(session, run):
            run += 1
            _lay_aside(session, WHOLE_SESSION)
        _replace(session, judged, run=run, asked_by=None, is_after_change=True)


@transaction.atomic
def keep_whole(
    session: Session,
    evaluation: SessionEvaluation,
    extras: Extras,
    basis: str,
    rows: Mapping[int, Evaluation],
) -> None:
    """Keep the session's evaluation, made of the current `rows`, in the one row of the current run, and its
    skill gaps in theirs.
    """
    content = {**msgspec.to_builtins(evaluation), "basis": basis, "extras": msgspec.to_builtins(extras)}
    models = dict.fromkeys(one.origin.model for one in evaluation.answers if one.origin.model)
    prompts = dict.fromkeys(
        one.origin.prompt_version for one in evaluation.answers if one.origin.prompt_version
    )
    run = max((row.run for row in rows.values()), default=FIRST_RUN)
    asked_by = next((row.asked_by_id for row in rows.values() if row.run == run and row.asked_by_id), None)
    is_after_change = any(row.is_after_change for row in rows.values() if row.run == run)
    Evaluation.objects.update_or_create(
        session=session,
        number=WHOLE_SESSION,
        is_current=True,
        defaults={
            "run": run,
            "content": content,
            "evaluator": f"{evaluation.evaluator} {evaluation.version}".strip()[:80],
            "model": ", ".join(models)[:120],
            "prompt_version": ", ".join(prompts)[:40],
            "judgements": max((len(one.judgements) for one in evaluation.answers), default=0) or 1,
            "overall": evaluation.overall_score,
            "head_hash": session.head_hash,
            "asked_by_id": asked_by,
            "is_after_change": is_after_change,
        },
    )
    keep_gaps(session, with_extras(evaluation, extras))


def keep_extras(session_pk: int, more: Extras) -> None:
    """Add to what was written beside the current evaluation, where there is one."""
    with transaction.atomic():
        session = _open(session_pk)
        row = current_rows(session).get(WHOLE_SESSION) if session is not None else None
        if row is None:
            return
        had = extras_of(row)
        told = Extras({**had.advice, **more.advice}, {**had.summaries, **more.summaries})
        row.content = {**row.content, "extras": msgspec.to_builtins(told)}
        row.save(update_fields=["content"])
        keep_gaps(row.session, read_whole(row))


def read_runs(session: Session) -> tuple[Run, ...]:
    """Every run of which the whole was kept, oldest first."""
    rows = Evaluation.objects.filter(session=session, number=WHOLE_SESSION).select_related("asked_by")
    by_run = {row.run: row for row in rows.order_by("run", "pk")}
    return tuple(
        Run(
            number=row.run,
            evaluation=read_whole(row),
            is_current=row.is_current,
            head_hash=row.head_hash,
            asked_by=row.asked_by.display_name if row.asked_by else "",
            created_at=row.created_at,
            is_after_change=row.is_after_change,
        )
        for row in by_run.values()
    )


def _open(session_pk: int) -> Session | None:
    """The session, locked, where an evaluation may still be kept."""
    session = Session.objects.select_for_update().filter(pk=session_pk).first()
    if session is None or not may_evaluate(session):
        return None
    return None if session.events.filter(payload__isnull=True).exists() else session


def _newest_run(session: Session) -> int:
    newest = Evaluation.objects.filter(session=session).aggregate(newest=Max("run"))["newest"]
    return int(newest or FIRST_RUN)


def _began_with_change(session: Session, run: int) -> bool:
    return Evaluation.objects.filter(session=session, run=run, is_after_change=True).exists()


def _lay_aside(session: Session, number: int) -> None:
    Evaluation.objects.filter(session=session, number=number, is_current=True).update(is_current=False)


def _replace(
    session: Session, judged: Judged, *, run: int, asked_by: User | None, is_after_change: bool = False
) -> None:
    one = judged.evaluation
    _lay_aside(session, judged.number)
    Evaluation.objects.create(
        session=session,
        number=judged.number,
        run=run,
        asked_by=asked_by,
        is_after_change=is_after_change,
        head_hash=session.head_hash,
        **_columns(one),
    )


def _columns(one: AnswerEvaluation) -> Mapping[str, Any]:
    return {
        "evaluator": f"{one.evaluator} {one.version}".strip()[:80],
        "model": one.origin.model[:120],
        "prompt_version": one.origin.prompt_version[:40],
        "rubric_digest": one.origin.rubric_digest,
        "inputs_digest": one.origin.inputs_digest,
        "judgements": len(one.judgements) or 1,
        "content": msgspec.to_builtins(one),
        "overall": one.score,
    }
