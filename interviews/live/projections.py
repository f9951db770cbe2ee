"""Keeps the readable tables in step with the log, in the same transaction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Concat

from interviews.background.rows import want
from interviews.live import events as ev
from interviews.milestones import reach
from interviews.models import Note, Question, Request, Session, Turn
from interviews.requests import ask

STATUS_AFTER = {
    "completed": Session.Status.COMPLETED,
    "ended_by_candidate": Session.Status.COMPLETED,
    "ended_by_observer": Session.Status.COMPLETED,
    "rescheduled": Session.Status.CANCELLED,
    "cancelled": Session.Status.CANCELLED,
    "abandoned": Session.Status.ABANDONED,
}


# Their projections write background work.
ASKS_FOR_WORK = frozenset(
    {ev.LineStarted, ev.QuestionStarted, ev.SessionEnded, ev.AnswerCorrected, ev.AnswerRedone}
)
REDONE = "redo"  # the kind of a turn that answers a question once more, after the end


def project(session: Session, seq: int, event: ev.Event) -> None:
    """Carry one event into the tables; the caller saves `session`."""
    projector = _PROJECTORS.get(type(event))
    if projector is not None:
        projector(session, seq, event)


def _line_started(session: Session, seq: int, event: ev.LineStarted) -> None:
    session.status = Session.Status.IN_PROGRESS
    session.started_at = event.at
    reach(session, "session.started", at=event.at)


def _consent_changed(session: Session, seq: int, event: ev.ConsentChanged) -> None:
    session.consent = ev.to_payload(event) | {"at": event.at.isoformat()}


def _question_started(session: Session, seq: int, event: ev.QuestionStarted) -> None:
    """The one before is answered, or left: it can be judged while the interview goes on."""
    session.reached_question = max(session.reached_question, event.number)
    if event.number > 1:
        number = event.number - 1
        payload = {"session": session.pk, "number": number}
        want("judge.answer", f"{session.pk}/{number}", payload, now=event.at)


def _session_ended(session: Session, seq: int, event: ev.SessionEnded) -> None:
    want("judge.session", str(session.pk), {"session": session.pk}, now=event.at)
    session.status = STATUS_AFTER[event.reason]
    session.end_reason = event.reason
    session.ended_at = event.at
    days = session.organisation.retention_days if session.organisation else settings.RETENTION_DAYS
    session.retain_until = event.at + timedelta(days=days)
    if session.token_expires_at is not None and session.token_expires_at > event.at:
        # The page of a candidate goes on working until nothing is kept any more.
        session.token_expires_at = max(session.token_expires_at, session.retain_until)
    if session.status == Session.Status.COMPLETED:
        reach(session, "session.completed", at=event.at)
    if event.reason == "rescheduled":
        ask(session, Request.Kind.PERSON, "Another day, please.", now=event.at)


def _turn_ended(session: Session, seq: int, event: ev.TurnEnded) -> None:
    Turn.objects.update_or_create(
        session=session,
        speaker=Turn.Speaker.CANDIDATE,
        number=event.turn_id,
        defaults={
            "seq": seq,
            "question_number": event.question,
            "channel": event.channel if event.reason == "typed" else Turn.Channel.VOICE,
            "kind": event.reason,
            "text": event.text,
            "start_ms": event.start_ms,
            "end_ms": event.end_ms,
            "confidence": event.confidence,
            "at": event.at,
        },
    )


def _turn_reopened(session: Session, seq: int, event: ev.TurnReopened) -> None:
    session.turns.filter(speaker=Turn.Speaker.CANDIDATE, number=event.turn_id).delete()


def _late_words(session: Session, seq: int, event: ev.TranscriptFinal) -> None:
    """Words that came after their turn was closed still belong to it."""
    closed = session.turns.filter(speaker=Turn.Speaker.CANDIDATE, number=event.turn_id)
    closed.update(text=Concat(F("text"), Value(f" {event.text}")), end_ms=event.end_ms)


def _reply_started(session: Session, seq: int, event: ev.ReplyStarted) -> None:
    Turn.objects.create(
        session=session,
        speaker=Turn.Speaker.INTERVIEWER,
        number=event.reply_id,
        seq=seq,
        question_number=event.question,
        kind=event.kind,
        by=event.by,
        at=event.at,
    )


def _reply_finished(session: Session, seq: int, event: ev.ReplyFinished) -> None:
    session.turns.filter(speaker=Turn.Speaker.INTERVIEWER, number=event.reply_id).update(text=event.text)


def _reply_withdrawn(session: Session, seq: int, event: ev.ReplyWithdrawn) -> None:
    session.turns.filter(speaker=Turn.Speaker.INTERVIEWER, number=event.reply_id).delete()


def _note_added(session: Session, seq: int, event: ev.NoteAdded) -> None:
    Note.objects.create(session=session, author_name=event.by, text=event.text, at_ms=event.at_ms)


def _question_queued(session: Session, seq: int, event: ev.QuestionQueued) -> None:
    """Queued questions stand behind the planned ones here; the log tells when each was asked."""
    question = event.question
    Question.objects.create(
        session=session,
        order=session.questions.count() + 1,
        text=question.text,
        kind=question.kind,
        difficulty=question.difficulty,
    )


def _answer_corrected(session: Session, seq: int, event: ev.AnswerCorrected) -> None:
    own = session.turns.filter(speaker=Turn.Speaker.CANDIDATE, number=event.turn_id)
    own.update(correction=event.text)
    _judge_again(session, event)


def _answer_redone(session: Session, seq: int, event: ev.AnswerRedone) -> None:
    known = [(one.confidence, one.end_ms - one.start_ms) for one in event.heard if one.confidence is not None]
    length = sum(ms for _, ms in known)
    Turn.objects.create(
        session=session,
        speaker=Turn.Speaker.CANDIDATE,
        number=event.turn_id,
        seq=seq,
        question_number=event.question,
        channel=event.channel,
        kind=REDONE,
        text=event.text,
        confidence=round(sum(sure * ms for sure, ms in known) / length, 3) if length else None,
        at=event.at,
    )
    _judge_again(session, event)


def _judge_again(session: Session, event: ev.Event) -> None:
    want("judge.session", str(session.pk), {"session": session.pk}, now=event.at)


_PROJECTORS: dict[type[ev.Event], Callable[[Session, int, Any], None]] = {
    ev.LineStarted: _line_started,
    ev.ConsentChanged: _consent_changed,
    ev.QuestionStarted: _question_started,
    ev.SessionEnded: _session_ended,
    ev.TurnEnded: _turn_ended,
    ev.TurnReopened: _turn_reopened,
    ev.TranscriptFinal: _late_words,
    ev.ReplyStarted: _reply_started,
    ev.ReplyFinished: _reply_finished,
    ev.ReplyWithdrawn: _reply_withdrawn,
    ev.NoteAdded: _note_added,
    ev.QuestionQueued: _question_queued,
    ev.AnswerCorrected: _answer_corrected,
    ev.AnswerRedone: _answer_redone,
}
