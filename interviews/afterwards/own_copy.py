"""A copy of all that is kept about a candidate in one interview, without what is the panel's."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.urls import reverse

from interviews.evaluating import read_session
from interviews.live.projections import REDONE
from interviews.models import Session, Turn
from interviews.reporting import report_content
from interviews.sent_recordings import end_of_line, with_audio
from reports.json_twin import render_json

FORMAT, VERSION = "viva.own_copy", 1
PLAIN_FACTS = (
    "title",
    "job_role",
    "candidate_name",
    "purpose",
    "status",
    "end_reason",
    "language",
    "scheduled_at",
    "started_at",
    "ended_at",
    "retain_until",
)
PERSON = ("name", "email", "phone", "time_zone", "resume_name", "resume_text", "consents")
REQUEST = ("kind", "text", "status", "created_at", "due_at", "answer", "answered_at", "answered_by_name")


def own_copy(session: Session, address_of: Callable[[str], str]) -> dict[str, Any]:
    """Judgements are in it as far as the candidate's edition of the report may say them."""
    person, story = session.candidate, read_session(session)
    report = msgspec.json.decode(render_json(report_content(session, "candidate")))["report"]
    return {
        "format": FORMAT,
        "version": VERSION,
        "session_id": str(session.uuid),
        "organisation": session.organisation.name if session.organisation else "",
        "interview": {name: getattr(session, name) for name in PLAIN_FACTS},
        "you": {name: getattr(person, name) for name in PERSON} if person is not None else None,
        "consent": session.consent or None,
        "accommodations": session.accommodations,
        "questions": [
            {"number": number, "text": question.text}
            for number, question in enumerate(story.plan.questions, 1)
            if number in story.asked
        ],
        "words": _words(session, address_of),
        "recording": _recording(session, address_of),
        "requests": [
            {name: getattr(one, name) for name in REQUEST} for one in session.requests.order_by("pk")
        ],
        "report": report,
    }


def _words(session: Session, address_of: Callable[[str], str]) -> list[dict[str, Any]]:
    turns = list(session.turns.exclude(text="").select_related("session").order_by("seq"))
    recorded = with_audio(turns)
    return [
        {
            "side": turn.speaker,
            "by": turn.by,
            "at": turn.at,
            "question_number": turn.question_number or None,
            "channel": turn.channel if turn.speaker == Turn.Speaker.CANDIDATE else None,
            "text": turn.text,
            "correction": turn.correction,
            "is_second_answer": turn.kind == REDONE,
            "recording": address_of(reverse("api-conversation-audio", args=[turn.pk]))
            if turn.pk in recorded
            else None,
        }
        for turn in turns
    ]


def _recording(session: Session, address_of: Callable[[str], str]) -> str | None:
    if not session.consent.get("recording") or not end_of_line(session):
        return None
    return address_of(reverse("api-recording", args=[session.uuid]))
