"""What a session's review says, as rows for spreadsheets and as JSON: one row for each question.

Nothing is in it of judgements that are sealed for whoever asks, and of others' ratings before their own.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from accounts.models import User
from hiring.models import Job
from interviews.models import Rating, Session
from interviews.rating import ratings_shown_to
from interviews.reporting import report_content
from interviews.sealing import Seal, seal_for
from reports import wording
from reports.content import Answer, Question, ReportContent
from reports.overrides import Override
from reports.quotes import verify_quotes

MOST_SESSIONS = 500
BOM = "\ufeff"  # without it spreadsheets take UTF-8 for something else
# What a spreadsheet would take for the beginning of a formula: https://owasp.org/www-community/attacks/CSV_Injection
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ABOUT = (
    "session_id",
    "candidate_name",
    "role",
    "job",
    "status",
    "held_at",
    "overall_score",
    "overall_as_overridden",
)
OF_A_QUESTION = (
    "question_number",
    "question",
    "kind",
    "competency",
    "asked_of_everybody",
    "answer",
    "is_sealed",
    "outcome",
    "score",
    "anchor",
    "points_heard",
    "points_not_heard",
    "quotes",
    "recognition_confidence",
    "override",
    "override_by",
    "override_reason",
    "ratings",
)
COLUMNS = (*ABOUT, *OF_A_QUESTION)
Row = dict[str, Any]


class Reader(Struct, frozen=True):
    """Who asks, and whether they may rate: then others' ratings are shown after their own."""

    user: User
    may_rate: bool


def review_of(session: Session, reader: Reader) -> Row:
    """Everything about one session, as it leaves as JSON."""
    content = verify_quotes(report_content(session, "panel"))
    seal = seal_for(reader.user, session)
    ratings = list(ratings_shown_to(reader.user, session, may_rate=reader.may_rate))
    return {
        **_about(session, content, seal),
        "ratings": [_rating(one) for one in ratings if not one.number],
        "questions": [_question(one, content, seal, ratings) for one in content.questions],
    }


def _about(session: Session, content: ReportContent, seal: Seal) -> Row:
    overall, overridden = content.overall, content.overall.overridden
    return {
        "session_id": str(session.uuid),
        "candidate_name": session.candidate_name,
        "role": content.role,
        "job": session.job.title if session.job else "",
        "status": session.status,
        "held_at": session.started_at.isoformat() if session.started_at else None,
        "overall_score": None if seal.hides_whole else overall.value,
        "overall_as_overridden": None if seal.hides_whole or overridden is None else overridden.value,
    }


def _question(question: Question, content: ReportContent, seal: Seal, ratings: list[Rating]) -> Row:
    is_sealed = seal.hides(question.number)
    answer = question.answer
    override = next((one for one in content.overrides if one.question_number == question.number), None)
    return {
        "question_number": question.number,
        "question": question.text,
        "kind": question.kind,
        "competency": question.competency,
        "asked_of_everybody": not (question.is_personal or question.put_in_by),
        "answer": (answer.corrected_text or answer.text) if answer else "",
        "is_sealed": is_sealed,
        "outcome": _outcome(question, is_sealed=is_sealed),
        **_judged(None if is_sealed else answer),
        "recognition_confidence": answer.confidence if answer else None,
        **_overridden(None if is_sealed else override),
        "ratings": [_rating(one) for one in ratings if one.number == question.number],
    }


def _outcome(question: Question, *, is_sealed: bool) -> str:
    answer = question.answer
    if answer is None:
        return question.outcome_note or "No answer."
    if is_sealed or answer.is_scorable:
        return "answered"
    return f"Not scorable. {answer.not_scorable_reason}".strip()


def _judged(answer: Answer | None) -> Row:
    return {
        "score": answer.score if answer else None,
        "anchor": answer.anchor.level if answer and answer.anchor else None,
        "points_heard": list(answer.covered_points) if answer else [],
        "points_not_heard": list(answer.missed_points) if answer else [],
        "quotes": [_quote(one.text, one.at_ms) for one in answer.quotes] if answer else [],
    }


def _overridden(override: Override | None) -> Row:
    return {
        "override": (override.score or "not scorable") if override else None,
        "override_by": override.by if override else "",
        "override_reason": override.reason if override else "",
    }


def _quote(text: str, at_ms: int | None) -> str:
    return f"{wording.clock(at_ms)} “{text}”" if at_ms is not None else f"“{text}”"


def _rating(one: Rating) -> Row:
    return {
        "by": one.author_name,
        "score": one.score,
        "first_score": one.first_score,
        "comment": one.comment,
    }


def as_json(reviews: Iterable[Row]) -> Iterator[bytes]:
    """A list in pieces, one review after the other."""
    opening = "[\n"
    for one in reviews:
        yield (opening + json.dumps(one, ensure_ascii=False, indent=2)).encode()
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"


def as_csv(reviews: Iterable[Row]) -> Iterator[bytes]:
    """The heading, then the rows of one review after the other."""
    yield (BOM + _line(COLUMNS)).encode()
    for review in reviews:
        about = [review[name] for name in ABOUT]
        lines = [_line([*about, *(one[name] for name in OF_A_QUESTION)]) for one in review["questions"]]
        yield "".join(lines).encode()


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell(one) for one in cells])
    return out.getvalue()


def cell(value: Any) -> str | int | float:
    """What a spreadsheet shows and never computes: text that looks like a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = "\n".join(_plain(one) for one in value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def _plain(one: Any) -> str:
    if not isinstance(one, dict):
        return str(one)
    comment = f": {one['comment']}" if one["comment"] else ""
    return f"{one['by']} {one['score']} of 5{comment}"


def reviews_of_job(job: Job, sessions: QuerySet[Session], reader: Reader, *, after: int = 0) -> Iterator[Row]:
    """Those of `sessions` that were for `job` and are over, oldest first, behind the id `after`."""
    over = sessions.filter(job=job, status__in=Session.OVER, pk__gt=after)
    for session in over.select_related("organisation", "job").order_by("pk")[:MOST_SESSIONS]:
        yield review_of(session, reader)
