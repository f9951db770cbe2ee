"""What a webhook is told: ids, states and times. Who it was and what was said is read over REST, by right."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from interviews.models import Session

EVENTS = ("session.started", "session.completed", "report.ready")
PING = "ping"


def message(uuid: UUID, event: str, at: datetime, data: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid), "event": event, "created_at": _told(at), "data": data}


def facts_of(session: Session) -> dict[str, Any]:
    """Nothing that erasing the session would have to take back: no title, no name, no score."""
    return {
        "id": session.pk,
        "session_id": str(session.uuid),
        "status": session.status,
        "end_reason": session.end_reason,
        "purpose": session.purpose,
        "candidate_id": session.candidate_id,
        "job_id": session.job_id,
        "interview_id": session.round.interview_id if session.round is not None else None,
        "round_id": session.round_id,
        "started_at": _told(session.started_at),
        "ended_at": _told(session.ended_at),
        "report_url": f"/api/reports/{session.uuid}/",
    }


def body_of(payload: dict[str, Any]) -> bytes:
    """The same bytes at every attempt, whatever order the database gives the keys in."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _told(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at is not None else None
