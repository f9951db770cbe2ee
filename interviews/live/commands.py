"""Wishes of observers, REST and SMS: checked, written as rows, drained in order by the session's runner."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

import msgspec
from django.db import IntegrityError, transaction
from msgspec import Struct

from accounts.models import User
from interviews.live import inputs as inp
from interviews.live.bus import get_bus
from interviews.live.vocabulary import AnswerChannel
from interviews.models import Command, Session
from interviews.progress import Offer

MAX_TEXT = 2_000
MAX_ANSWER = 5_000
NOT_A_PERSON = "ai"  # events name the interviewer so: nobody passes for it by being called that


class CommandError(Exception):
    """The command can't be taken: `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class QueuedCommand(Struct, frozen=True):
    row_id: int
    session_id: int
    command_id: str
    kind: str
    payload: dict[str, Any]
    by: str


class _Nothing(Struct, frozen=True):
    pass


class _Note(Struct, frozen=True):
    text: str
    at_ms: int | None = None


class _Queue(Struct, frozen=True):
    text: str
    verbatim: bool = False


class _Extend(Struct, frozen=True):
    minutes: int


class _Offer(Struct, frozen=True):
    offer: Offer


class _Observer(Struct, frozen=True):
    ref: str
    name: str = ""
    role: str = "observer"
    listening: bool = False


class _Listener(Struct, frozen=True):
    ref: str
    role: str = "observer"


class _Text(Struct, frozen=True):
    text: str


class _Presence(Struct, frozen=True):
    ref: str


class _Line(Struct, frozen=True):
    ref: str
    text: str


class _Consent(Struct, frozen=True):
    notice_version: str
    ai_evaluation: bool = False
    recording: bool = False
    listening: bool = False


class _Answer(Struct, frozen=True):
    text: str
    time_taken_seconds: int | None = None
    channel: AnswerChannel = "typed"


class _End(Struct, frozen=True):
    reason: Literal["ended_by_candidate", "ended_by_observer", "cancelled", "abandoned"] = "ended_by_observer"


class _Kind(Struct, frozen=True):
    payload: type[Struct]
    to_input: Callable[[Any, str, str], inp.Input]  # of the payload, the name of who sent it, the command_id


KINDS: dict[str, _Kind] = {
    "note.add": _Kind(
        _Note, lambda p, by, ref: inp.NoteWritten(text=p.text, at_ms=p.at_ms, by=by, command_id=ref)
    ),
    "question.queue": _Kind(
        _Queue, lambda p, by, ref: inp.QuestionPutIn(text=p.text, verbatim=p.verbatim, by=by, command_id=ref)
    ),
    "question.skip": _Kind(_Nothing, lambda p, by, ref: inp.SkipPressed(by=by)),
    "question.rephrase": _Kind(_Nothing, lambda p, by, ref: inp.RephraseAsked(by=by, command_id=ref)),
    "whisper": _Kind(_Text, lambda p, by, ref: inp.WhisperWritten(text=p.text, by=by, command_id=ref)),
    "say": _Kind(_Text, lambda p, by, ref: inp.WordsPutIn(text=p.text, by=by, command_id=ref)),
    "takeover.start": _Kind(_Presence, lambda p, by, ref: inp.TakeoverAsked(ref=p.ref, by=by)),
    "takeover.say": _Kind(
        _Line, lambda p, by, ref: inp.LineTyped(ref=p.ref, text=p.text, by=by, command_id=ref)
    ),
    "takeover.end": _Kind(_Presence, lambda p, by, ref: inp.HandBackAsked(ref=p.ref, by=by)),
    "observer.stayed": _Kind(_Presence, lambda p, by, ref: inp.ObserverStayed(ref=p.ref)),
    "time.extend": _Kind(
        _Extend, lambda p, by, ref: inp.MoreTimeGiven(minutes=p.minutes, by=by, command_id=ref)
    ),
    "offer.make": _Kind(_Offer, lambda p, by, ref: inp.OfferPutForward(offer=p.offer, by=by, command_id=ref)),
    "session.pause": _Kind(_Nothing, lambda p, by, ref: inp.PauseRequested(by=by)),
    "session.resume": _Kind(_Nothing, lambda p, by, ref: inp.ResumeRequested(by=by)),
    "session.end": _Kind(_End, lambda p, by, ref: inp.EndRequested(reason=p.reason, by=by)),
    "observer.joined": _Kind(
        _Observer,
        lambda p, by, ref: inp.ObserverCame(name=p.name or by, role=p.role, ref=p.ref, listening=p.listening),
    ),
    "observer.left": _Kind(_Observer, lambda p, by, ref: inp.ObserverWent(ref=p.ref)),
    "listen.start": _Kind(
        _Listener,
        lambda p, by, ref: inp.ListeningSwitched(ref=p.ref, name=by, role=p.role, listening=True),
    ),
    "listen.stop": _Kind(
        _Listener,
        lambda p, by, ref: inp.ListeningSwitched(ref=p.ref, name=by, role=p.role, listening=False),
    ),
    "candidate.consent": _Kind(
        _Consent,
        lambda p, by, ref: inp.ConsentDecided(
            notice_version=p.notice_version,
            ai_evaluation=p.ai_evaluation,
            recording=p.recording,
            listening=p.listening,
        ),
    ),
    "candidate.ready": _Kind(_Nothing, lambda p, by, ref: inp.CandidateReadied()),
    "candidate.pause": _Kind(_Nothing, lambda p, by, ref: inp.PauseRequested()),
    "candidate.resume": _Kind(_Nothing, lambda p, by, ref: inp.ResumeRequested()),
    "candidate.end": _Kind(_Nothing, lambda p, by, ref: inp.EndRequested()),
    "answer.text": _Kind(
        _Answer,
        lambda p, by, ref: inp.AnswerTyped(
            text=p.text, time_taken_seconds=p.time_taken_seconds, channel=p.channel
        ),
    ),
    "question.repeat": _Kind(_Nothing, lambda p, by, ref: inp.RepeatPressed()),
    "candidate.skip": _Kind(_Nothing, lambda p, by, ref: inp.SkipPressed()),
}


def submit(
    session: Session,
    *,
    command_id: str,
    kind: str,
    payload: dict[str, Any],
    user: User | None = None,
    by_name: str = "",
) -> Command:
    """Write one command and nudge the session's runner. The same `command_id` again gives the same row.

    Raises CommandError when the kind is unknown or the payload does not fit.
    """
    if not command_id or len(command_id) > 64:
        raise CommandError("bad_command", "A command needs a command_id of 1 to 64 characters.")
    read_payload(kind, payload)
    who = by_name or (user.display_name if user is not None else "")
    if who == NOT_A_PERSON:
        who = f"{who} (a person)"
    fields = {"kind": kind, "payload": payload, "by": user, "by_name": who}
    try:
        with transaction.atomic():
            row, _ = Command.objects.get_or_create(session=session, command_id=command_id, defaults=fields)
    except IntegrityError:  # two at once: the other one has written it
        row = Command.objects.get(session=session, command_id=command_id)
    get_bus().nudge_commands(session.pk)
    return row


def read_payload(kind: str, payload: dict[str, Any]) -> Struct:
    """Check one command. Raises CommandError with a sentence for the person who sent it."""
    known = KINDS.get(kind)
    if known is None:
        raise CommandError("unknown_command", f"There is no command {kind[:40]!r}.")
    try:
        read = msgspec.convert(payload, known.payload)
    except msgspec.ValidationError as error:
        raise CommandError("bad_command", f"{kind}: {error}") from None
    _check(kind, read)
    return read


def _check(kind: str, read: Struct) -> None:
    limit = MAX_ANSWER if kind == "answer.text" else MAX_TEXT
    text = getattr(read, "text", None)
    if text is not None:
        _check_text(kind, text, limit)
    minutes = getattr(read, "minutes", None)
    if minutes is not None and not 1 <= minutes <= 120:
        raise CommandError("bad_command", "Between 1 and 120 minutes can be added at a time.")
    for number in (getattr(read, "at_ms", None), getattr(read, "time_taken_seconds", None)):
        if number is not None and not 0 <= number <= 2**31 - 1:
            raise CommandError("bad_command", f"{kind}: a time is out of range.")


def _check_text(kind: str, text: str, limit: int) -> None:
    if not text.strip() or len(text) > limit:
        raise CommandError("bad_command", f"{kind}: the text must have between 1 and {limit} characters.")
    if any(unicodedata.category(letter) == "Cs" or letter == "\0" for letter in text):
        raise CommandError("bad_command", f"{kind}: the text holds characters that can't be stored.")


def queued_commands(session_ids: list[int]) -> list[QueuedCommand]:
    """The commands that wait for these sessions, oldest first."""
    rows = Command.objects.filter(session_id__in=session_ids, status=Command.Status.QUEUED).order_by("id")
    fields = ("id", "session_id", "command_id", "kind", "payload", "by_name")
    return [QueuedCommand(*row) for row in rows.values_list(*fields)[:100]]


def as_input_of(command: QueuedCommand, at: datetime) -> inp.Input:
    """The past event that a drained command is to the machine. Raises CommandError."""
    read = read_payload(command.kind, command.payload)
    made = KINDS[command.kind].to_input(read, command.by, command.command_id)
    return msgspec.structs.replace(made, at=at)
