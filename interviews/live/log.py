"""Appends to and reads the log of a session: one transaction an append, fenced by the lease's epoch."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from msgspec import Struct

from interviews.live import events as ev
from interviews.live.hash_chain import GENESIS, ChainedEvent, chain_hash, digest_of
from interviews.live.projections import project
from interviews.models import Command, Event, Session

_WRITTEN_HERE = (
    "seq",
    "head_hash",
    "status",
    "end_reason",
    "consent",
    "started_at",
    "reached_question",
    "ended_at",
    "retain_until",
    "token_expires_at",
    "updated_at",
)


class LoggedEvent(Struct, frozen=True):
    seq: int
    event: ev.Event


class CommandOutcome(Struct, frozen=True):
    """What became of a command row; written with the events that it caused, or not at all."""

    row_id: int
    status: str
    code: str = ""
    message: str = ""


class FencedError(Exception):
    """Another process has taken this session over; nothing was written and nothing more may be."""


class SessionGoneError(FencedError):
    """The session was deleted while it ran."""


def append(
    session_id: int,
    epoch: int,
    events: Sequence[ev.Event],
    *,
    outcome: CommandOutcome | None = None,
    now: datetime | None = None,
    expected_seq: int | None = None,
) -> list[LoggedEvent]:
    """Write `events`, projections and `outcome` in one transaction. Raises FencedError when superseded.

    With `expected_seq`, the caller's head of the log, it may be called again after a connection was lost in
    mid-commit: what the first call wrote is found and not written twice.
    """
    with transaction.atomic():
        session = Session.objects.select_for_update().filter(pk=session_id).first()
        if session is None or session.epoch != epoch:
            raise why_lost(session_id)
        if expected_seq is not None and session.seq > expected_seq:
            return read_events(session_id, expected_seq)
        rows = _chained(session, events)
        Event.objects.bulk_create(rows)
        for row, event in zip(rows, events, strict=True):
            project(session, row.seq, event)
        if rows:
            session.save(update_fields=_WRITTEN_HERE)
        if outcome is not None:
            Command.objects.filter(pk=outcome.row_id).update(
                status=outcome.status, code=outcome.code, message=outcome.message[:300], done_at=now
            )
    return [LoggedEvent(row.seq, event) for row, event in zip(rows, events, strict=True)]


def why_lost(session_id: int) -> FencedError:
    """The error to raise where the lease turned out to be somebody else's."""
    if Session.objects.filter(pk=session_id).exists():
        return FencedError(f"session {session_id} is run by another process")
    return SessionGoneError(f"session {session_id} is gone")


def _chained(session: Session, events: Iterable[ev.Event]) -> list[Event]:
    rows = []
    for event in events:
        session.seq += 1
        payload, salt, name = ev.to_payload(event), secrets.token_hex(16), ev.type_of(event)
        digest = digest_of(payload, salt)
        session.head_hash = chain_hash(
            session.head_hash or GENESIS,
            session=str(session.uuid),
            seq=session.seq,
            type_name=name,
            at=event.at,
            digest=digest,
        )
        rows.append(
            Event(
                session=session,
                seq=session.seq,
                type=name,
                at=event.at,
                payload=payload,
                salt=salt,
                digest=digest,
                hash=session.head_hash,
            )
        )
    return rows


def read_events(session_id: int, after_seq: int = 0, limit: int | None = None) -> list[LoggedEvent]:
    """The events after `after_seq`, oldest first; erased ones are left out."""
    rows = Event.objects.filter(session_id=session_id, seq__gt=after_seq, payload__isnull=False)
    found = rows.order_by("seq").values_list("seq", "type", "at", "payload")
    return [
        LoggedEvent(seq, ev.from_row(name, at, payload or {})) for seq, name, at, payload in found[:limit]
    ]


def read_chain(session: Session) -> list[ChainedEvent]:
    fields = ("seq", "type", "at", "payload", "salt", "digest", "hash")
    return [ChainedEvent(*row) for row in session.events.order_by("seq").values_list(*fields)]


def erase_payloads(session: Session) -> int:
    """Forget what was said; that it was said, when, and that nobody changed the log, remains provable."""
    return session.events.update(payload=None, salt=None)
