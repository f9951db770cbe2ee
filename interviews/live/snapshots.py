"""What a page is told when it connects: the interview as it stands."""

from datetime import datetime
from typing import Any

import msgspec

from interviews.live.outlet import Snapshot
from interviews.live.state import SessionState
from interviews.models import Session

SAMPLES_PER_MS = 16


def snapshot_of(
    session: Session,
    state: SessionState,
    *,
    seq: int,
    audio_offset: int,
    now: datetime,
    facts: dict[str, Any],
) -> Snapshot:
    """`facts` are the process's own (which engines are live); `audio_offset` is where the page sends from."""
    return Snapshot(
        session=_session(session, state),
        state=state.state,
        question=_question(state),
        turns=_turns(session),
        reply=_reply(state),
        consent=_consent(state),
        seq=seq,
        audio_offset=audio_offset,
        line_offset=max(audio_offset, state.clock_ms(now) * SAMPLES_PER_MS if state.has_line else 0),
        settings=_settings(state, now) | facts,
    )


def _session(session: Session, state: SessionState) -> dict[str, Any]:
    return {
        "id": session.pk,
        "uuid": str(session.uuid),
        "title": session.title,
        "role": session.job_role,
        "candidate_name": session.candidate_name,
        "organisation": session.organisation.name if session.organisation else "",
        "duration_minutes": session.duration_minutes,
        "total_questions": state.plan.total,
        "status": session.status,
        "report_url": state.report_url,
    }


def _question(state: SessionState) -> dict[str, Any] | None:
    question = state.question
    if question is None:
        return None
    return {
        "number": state.flow.question_index + 1,
        "total": state.plan.total,
        "text": question.text,
        "kind": question.kind,
    }


def _turns(session: Session) -> list[dict[str, Any]]:
    rows = session.turns.exclude(text="").order_by("seq")
    return [
        {"side": row.speaker, "number": row.number, "text": row.text, "by": row.by, "at_ms": row.start_ms}
        for row in rows
    ]


def _reply(state: SessionState) -> dict[str, Any] | None:
    reply = state.reply
    if reply is None or not reply.is_started:
        return None
    return {
        "reply_id": reply.reply_id,
        "kind": reply.kind,
        "by": reply.by,
        "spoken": reply.is_spoken,
        "text": reply.text,
        "sentences": list(reply.sentences),
        "finished": reply.is_complete,
        "heard": reply.began_at is not None,
    }


def _consent(state: SessionState) -> dict[str, Any] | None:
    consent = state.consent
    if consent is None:
        return None
    names = ("notice_version", "ai_evaluation", "recording", "listening")
    return {name: getattr(consent, name) for name in names}


def _settings(state: SessionState, now: datetime) -> dict[str, Any]:
    patience = msgspec.to_builtins(state.patience) if state.patience else None
    return {
        "patience": patience,
        "time_left_ms": state.time_left_ms(now),
        "captions": state.captions,
        "practice_question": state.plan.practice_question,
        "persona": state.plan.persona,
        "participants": [
            {"ref": one.ref, "role": one.role, "name": one.name, "listening": one.listening}
            for one in state.participants
        ],
        "takeover": None if state.takeover is None else {"by": state.takeover.by, "ref": state.takeover.ref},
        "resume_window_hours": state.constants.resume_window_ms // 3_600_000,
    }
