"""The rows of one batch as its page and its download show them."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.models import Prefetch
from msgspec import Struct

from hiring.models import Candidate
from interviews.exporting import BOM, cell
from interviews.models import Session
from messaging.invitations.batches import foresee
from messaging.invitations.csv_reading import LONGEST, Fault, Person
from messaging.models import InvitationBatch, Message

DRAFT = InvitationBatch.Status.DRAFT
NOT_SENT = "The message could not be sent: {error}"


class Row(Struct, frozen=True, kw_only=True):
    """One person of the file. `state`: ok, skipped, problem, invited, waiting."""

    number: int
    state: str
    name: str = ""
    email: str = ""
    phone: str = ""
    time_zone: str = ""
    told: tuple[str, ...] = ()
    candidate_id: int | None = None
    interview_id: int | None = None
    sent: str = ""  # what became of the messages

    @property
    def is_problem(self) -> bool:
        return self.state == "problem"


def results_of(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Rows that are left out, as a batch keeps them for a while: as given, with what is wrong."""
    said: dict[int, list[str]] = {}
    given: dict[int, dict[str, str]] = {}
    for one in faults:
        said.setdefault(one.row, []).append(f"{one.column}: {one.message}")
        given[one.row] = {name: one.given[name][:longest] for name, longest in LONGEST.items()}
    empty: dict[str, Any] = {
        "candidate": "new",
        "candidate_id": None,
        "session_id": None,
        "warnings": [],
        "skipped": False,
    }
    return [
        {**empty, "row": row, "error": " ".join(told), "given": given[row]}
        for row, told in sorted(said.items())
    ]


def rows_of(batch: InvitationBatch) -> list[Row]:
    """All of them, in the file's order. A few queries, however many there are."""
    people = msgspec.convert(batch.rows, list[Person])
    coming = _foreseen(batch, people) if batch.status == DRAFT else [_waiting(one) for one in people]
    return sorted([*_done(batch), *coming], key=lambda one: one.number)


def as_csv(rows: Iterable[Row]) -> str:
    """With the columns of an upload, so that what was mended can be sent again."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["row", *LONGEST, "problem"])
    for one in rows:
        known = [one.number, *(getattr(one, name) for name in LONGEST), " ".join(one.told)]
        writer.writerow([cell(value) for value in known])
    return BOM + out.getvalue()


def _foreseen(batch: InvitationBatch, people: list[Person]) -> list[Row]:
    told = foresee(batch.organisation, people, tuple(batch.invitation["channels"]), batch.wish)
    return [
        _named(
            person,
            state="skipped" if one["skipped"] else "ok",
            told=(*one["warnings"], *([one["error"]] if one["error"] else [])),
            candidate_id=one["candidate_id"],
        )
        for person, one in zip(people, told, strict=True)
    ]


def _waiting(person: Person) -> Row:
    return _named(person, state="waiting")


def _named(person: Person, **facts: Any) -> Row:
    who = {name: getattr(person, name) for name in LONGEST}
    return Row(number=person.row, **who, **facts)


def _done(batch: InvitationBatch) -> list[Row]:
    people = _people({one["candidate_id"] for one in batch.results})
    sessions = _sessions({one["session_id"] for one in batch.results if one["session_id"]})
    return [
        _result(one, people.get(one["candidate_id"]), sessions.get(one["session_id"]))
        for one in batch.results
    ]


def _result(one: dict[str, Any], person: Candidate | None, session: Session | None) -> Row:
    given: dict[str, str] = one.get("given", {})
    who = {name: getattr(person, name) for name in LONGEST} if person is not None else given
    messages = list(session.messages.all()) if session is not None else []
    failed = [NOT_SENT.format(error=x.error or x.error_code) for x in messages if x.status == "failed"]
    told = (*one["warnings"], *([one["error"]] if one["error"] else []), *failed)
    return Row(
        number=one["row"],
        state="skipped" if one.get("skipped") else "problem" if one["error"] or failed else "invited",
        told=told,
        candidate_id=one["candidate_id"] if person is not None else None,
        interview_id=session.round.interview_id if session is not None and session.round else None,
        sent=", ".join(f"{x.way} {x.outcome}" for x in messages),
        **who,
    )


def _people(numbers: set[int | None]) -> dict[int | None, Candidate]:
    known = [number for number in numbers if number is not None]
    rows = Candidate.objects.filter(pk__in=known).only(*LONGEST)
    return {one.pk: one for one in rows}


def _sessions(uuids: set[str]) -> dict[str | None, Session]:
    rows = Session.objects.filter(uuid__in=uuids).only("uuid", "round__interview_id").select_related("round")
    sent = Message.objects.filter(kind="invitation").only(
        "session_id", "channel", "status", "provider_id", "error", "error_code"
    )
    return {str(one.uuid): one for one in rows.prefetch_related(Prefetch("messages", queryset=sent))}
