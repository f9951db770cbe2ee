"""Holds an interview without a socket: each step is a command to the same machine that voices drive."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from interviews.answers import Story
from interviews.evaluating import read_session
from interviews.live import events as ev
from interviews.live.commands import CommandError, submit
from interviews.live.driving import drive
from interviews.live.vocabulary import AnswerChannel
from interviews.models import Command, Note, Question, Session, Turn
from interviews.refusals import RefusedError
from interviews.retention import ERASED, is_erased

MOST_SKIPS = 24  # twice the most questions there may be: an offer may come between two of them


def start(session: Session, *, consent: dict[str, Any] | None, user: User | None) -> None:
    """Begin the interview; the interviewer greets. Raises RefusedError."""
    require_status(session, Session.Status.SCHEDULED)
    if consent is not None or not session.consent:
        given = consent or {"notice_version": "api", "ai_evaluation": True}
        _carry_out(session, "candidate.consent", _with_who_stands_for_it(given, session, user), user)
    _carry_out(session, "candidate.ready", {}, user)


def _with_who_stands_for_it(given: dict[str, Any], session: Session, user: User | None) -> dict[str, Any]:
    """A consent that somebody else hands in for the candidate says whose word it rests on."""
    if user is None or _is_own_practice(session, user):
        return given
    return {**given, "notice_version": f"{given['notice_version']}, on the word of {user.display_name}"}


def go_on(session: Session, *, user: User | None) -> None:
    """End a pause that somebody asked for; where there is none, nothing happens. Raises RefusedError."""
    require_status(session, Session.Status.IN_PROGRESS)
    if read_session(session).state.state == "paused":
        _carry_out(session, "candidate.resume", {}, user)


def end(session: Session, *, user: User | None, is_guest: bool) -> None:
    """End the interview; one that never began is cancelled. Raises RefusedError."""
    if session.is_over:
        raise RefusedError("session_over", "The interview is over.")
    if session.status == Session.Status.SCHEDULED:
        _carry_out(session, "session.end", {"reason": "cancelled"}, user)
    elif is_guest or (user is not None and _is_own_practice(session, user)):
        _carry_out(session, "candidate.end", {}, user)
    else:
        _carry_out(session, "session.end", {"reason": "ended_by_observer"}, user)


def _is_own_practice(session: Session, user: User) -> bool:
    return session.purpose == Session.Purpose.PRACTICE and session.owner_id == user.pk


def answer_question(
    session: Session,
    question: Question,
    *,
    text: str,
    seconds: int | None,
    user: User | None,
    channel: AnswerChannel = "typed",
) -> Turn:
    """Take a typed answer to one question; those between it and the current one are skipped.

    Raises RefusedError: not_started, session_over, already_answered, question_passed.
    """
    require_status(session, Session.Status.IN_PROGRESS)
    story = read_session(session)
    number = numbers_of(session, story)[question.pk]
    if story.answers[number - 1].utterances:
        raise RefusedError("already_answered", "This question has already been answered.")
    _go_to(session, number, story, user)
    before = Command.objects.filter(session=session, command_id__startswith=f"answer-{question.pk}-").count()
    payload = {"text": text, "time_taken_seconds": seconds, "channel": channel}
    row = _carry_out(session, "answer.text", payload, user, command_id=f"answer-{question.pk}-{before}")
    if row.payload != payload:  # two at once: the other one came first
        raise RefusedError("already_answered", "This question has already been answered.")
    return _after_saying(session)


def say(
    session: Session,
    *,
    text: str,
    seconds: int | None,
    user: User | None,
    channel: AnswerChannel = "typed",
    command_id: str = "",
) -> Turn:
    """Take whatever the candidate says next: to a question, a follow-up or an offer. Raises RefusedError.

    The same `command_id` again changes nothing: for what may have been taken before a crash.
    """
    require_status(session, Session.Status.IN_PROGRESS)
    payload = {"text": text, "time_taken_seconds": seconds, "channel": channel}
    _carry_out(session, "answer.text", payload, user, command_id=command_id)
    return _after_saying(session)


def add_note(session: Session, *, text: str, at_ms: int | None, user: User) -> Note:
    """Note something about the interview: in its log while it can be written, beside it afterwards."""
    if not session.is_over:
        before = session.notes.order_by("-pk").values_list("pk", flat=True).first() or 0
        _carry_out(session, "note.add", {"text": text, "at_ms": at_ms}, user)
        note = session.notes.filter(pk__gt=before, text=text).first()
        if note is not None:
            note.author = user
            note.save(update_fields=["author"])
            return note
    if is_erased(session):
        raise RefusedError("erased", ERASED)
    return Note.objects.create(
        session=session, author=user, author_name=user.display_name, text=text, at_ms=at_ms
    )


def reply_to(session: Session, seq: int) -> Turn | None:
    """What the interviewer said after event `seq`; None while it has not said it all."""
    said = session.turns.filter(speaker=Turn.Speaker.INTERVIEWER, seq__gt=seq).exclude(text="")
    return said.order_by("-seq").first()


def numbers_of(session: Session, story: Story) -> dict[int, int]:
    """The place of each question row in the conversation; what a person put in stands where it is asked."""
    events = [moment.event for moment in story.moments]
    queued = [event.question.key for event in events if isinstance(event, ev.QuestionQueued)]
    places = {one.key: number for number, one in enumerate(story.plan.questions, 1)}
    keys = [key for key in places if key not in queued] + queued
    rows = session.questions.order_by("order").values_list("pk", flat=True)
    return {row: places[key] for row, key in zip(rows, keys, strict=False)}


def rows_by_number(session: Session, story: Story) -> dict[int, Question]:
    """The question rows by their place in the conversation."""
    numbers = numbers_of(session, story)
    return {numbers[row.pk]: row for row in session.questions.all() if row.pk in numbers}


def require_status(session: Session, wanted: str) -> None:
    """Raises RefusedError with a sentence that fits the status the session has instead."""
    if session.status == wanted:
        return
    if session.is_over:
        raise RefusedError("session_over", "The interview is over.")
    if session.status == Session.Status.SCHEDULED:
        raise RefusedError("not_started", "The interview has not begun yet.")
    raise RefusedError("already_started", "The interview has already begun.")


def _go_to(session: Session, number: int, story: Story, user: User | None) -> None:
    for _ in range(MOST_SKIPS):
        flow = story.state.flow
        if flow.progress.phase != "question" or flow.question_index + 1 > number:
            raise RefusedError("question_passed", "The interview has moved on from this question.")
        if flow.question_index + 1 == number:
            return
        _carry_out(session, "candidate.skip", {}, user)
        story = read_session(session)
    raise RefusedError("question_passed", "This question can't be reached.")


def _after_saying(session: Session) -> Turn:
    """The turn just taken. After the goodbye there is no voice to wait for: the interview is over."""
    turn = session.turns.filter(speaker=Turn.Speaker.CANDIDATE).order_by("-seq").first()
    if turn is None:
        raise RefusedError("not_taken", "The answer could not be taken. Please send it again.")
    reply = read_session(session).state.reply
    if reply is not None and reply.is_complete and reply.move.kind == "closing":
        _carry_out(session, "candidate.end", {}, None)
    return turn


def _carry_out(
    session: Session, kind: str, payload: dict[str, Any], user: User | None, *, command_id: str = ""
) -> Command:
    try:
        row = submit(session, command_id=command_id or uuid4().hex, kind=kind, payload=payload, user=user)
    except CommandError as error:
        raise RefusedError(error.code, error.message) from None
    drive(session.pk)
    row.refresh_from_db()
    session.refresh_from_db()
    if row.status == Command.Status.REJECTED:
        raise RefusedError(row.code or "refused", row.message or "That is not possible now.")
    if row.status == Command.Status.QUEUED:
        Command.objects.filter(pk=row.pk, status=Command.Status.QUEUED).update(
            status=Command.Status.REJECTED,
            code="busy",
            message="Nobody took it in time.",
            done_at=timezone.now(),
        )
        raise RefusedError("busy", "The interview is busy. Please send it again in a moment.")
    return row
