"""Interviews as an observer may find them: cards of the live list, and one interview in mid-course."""

from datetime import UTC, datetime, timedelta
from typing import Any

from e2e.scripted_socket import ScriptedSocket

NOTHING = {"skips": 0, "repeats": 0, "helps": 0, "silences": 0, "asked_again": 0, "unheard": 0}
LONG = "Maximiliana-Theodora von Hohenstauffen-Württemberg y Fernández de la Cruz"


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


def card(number: int, name: str, **fields: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "id": number,
        "uuid": f"00000000-0000-0000-0000-{number:012}",
        "title": "First interview",
        "role": "Backend engineer",
        "candidate_name": name,
        "status": "in_progress",
        "state": "listening",
        "state_since_at": ago(2),
        "question_number": 3,
        "total_questions": 6,
        "is_connected": True,
        "away_since_at": None,
        "drops": 0,
        "backlog_ms": 0,
        "observers": 0,
        "started_at": ago(400),
        "time_left_ms": 600_000,
        "ends_at": ago(-600),
        "level": 3,
        "latency_ms": 910,
        "struggle": NOTHING,
        "trouble": 0,
        "owner_id": None,
    }
    return {**usual, **fields}


def cards() -> list[dict[str, Any]]:
    """The worst is not the first: the page orders them."""
    return [
        card(1, "Zoë Ł.", state="thinking", state_since_at=ago(3), observers=2),
        card(2, "Omar", state="candidate_speaking", role="Data analyst", level=4, latency_ms=None),
        card(
            3,
            "Ines",
            is_connected=False,
            away_since_at=ago(6),
            drops=3,
            trouble=115,
            level=0,
            struggle={**NOTHING, "skips": 2, "silences": 1},
        ),
        card(4, LONG, state="paused", state_since_at=ago(150), ends_at=None, level=None),
        card(5, "نور الهدى", role="مهندسة بيانات", state="waiting", question_number=0, ends_at=None),
        card(6, "", state="taken_over", backlog_ms=4_200, trouble=30, observers=1),
    ]


def listing(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "monitor.snapshot", "sessions": found}


PLAN = [
    {
        "number": 1,
        "text": "Tell me about your way into backend work, and what you want next.",
        "kind": "behavioral",
        "asked": True,
        "points": [
            {"text": "Names years and kinds of systems", "covered": True},
            {"text": "Says what they want next", "covered": True},
            {"text": "Names a result of their own", "covered": False},
        ],
    },
    {
        "number": 2,
        "text": "What was the hardest part of a migration that you led?",
        "kind": "technical",
        "asked": True,
        "points": [
            {"text": "Moves data in batches", "covered": True},
            {"text": "Has a way back", "covered": False},
            {"text": "Checks that nothing is lost", "covered": False},
            {"text": "Says what they would do differently", "covered": False},
        ],
    },
    {"number": 3, "text": "How do you keep a queue from growing?", "kind": "technical", "asked": False}
    | {"points": [{"text": "Bounds it and says what happens when it is full", "covered": False}]},
    {"number": 4, "text": "Is there anything you want to ask us?", "kind": "behavioral", "asked": False}
    | {"points": []},
]
CONSENT = {"notice_version": "1", "ai_evaluation": True, "recording": True, "listening": True}


def snapshot(**fields: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "type": "monitor.snapshot",
        "session": {},
        "state": "candidate_speaking",
        "question": {"number": 2, "total": 4, "text": PLAN[1]["text"], "kind": "technical"},
        "turns": [],
        "reply": None,
        "consent": CONSENT,
        "participants": [
            {"ref": "r1", "role": "recruiter", "name": "Dana Adeyemi", "listening": False},
            {"ref": "r2", "role": "observer", "name": "Sam", "listening": True},
        ],
        "notes": [{"text": "Calm <b>start</b>", "by": "Dana Adeyemi", "at_ms": 64_000, "at": ago(300)}],
        "seq": 0,
        "time_left_ms": 760_000,
        "drops": 1,
        "is_connected": True,
        "may_command": True,
        "plan": PLAN,
        "hears": True,
        "takeover": None,
    }
    return {**usual, **fields}


def talk(socket: ScriptedSocket) -> None:
    """Half of an interview, with what goes wrong in one."""
    socket.log("state.changed", at=ago(440), state="interviewer_speaking", reason="")
    _says(
        socket,
        1,
        "Thank you for coming. Tell me about your way into backend work, and what you want next.",
        440,
    )
    socket.log("state.changed", at=ago(425), state="candidate_speaking", reason="")
    _hears(socket, 1, 1, "Six years now, first payments and then logistics.", 0.94, 16_000)
    _hears(socket, 1, 2, "I would like to be nearer to the people who use it.", 0.88, 21_000)
    _ends(socket, 1, 1, 400)
    _says(socket, 2, "What was the hardest part of a migration that you led?", 398)
    socket.log("whisper.given", at=ago(380), text="Ask how they would go back.", by="Dana Adeyemi")
    _hears(socket, 2, 3, "We moved the orders in small batches so nobody lost any.", 0.91, 61_000)
    socket.log("candidate.left", at=ago(330))
    socket.log("candidate.connected", at=ago(324), is_return=True)
    _hears(socket, 2, 4, "The hardest part was <i>keeping</i> the two in step.", 0.42, 118_000)
    socket.log("state.changed", at=ago(4), state="candidate_speaking", reason="")
    for turn, total in enumerate((880, 910, 1240, 760, 2600, 930, 905, 1010, 870, 940), 1):
        wait = {"endpoint": 700, "transcribe": 740, "first_token": total - 60, "first_sentence": total - 20}
        socket.say({"type": "latency", "turn_id": turn, "total": total, **wait})
    socket.say({"type": "level", "dbfs": -24.0, "offset": 0})
    socket.say({"type": "health", "connected": True, "backlog_ms": 0, "drops": 1})
    socket.say({"type": "transcript.partial", "turn_id": 2, "text": "So every night we", "stable_chars": 8})


def _says(socket: ScriptedSocket, reply_id: int, text: str, seconds: float) -> None:
    socket.log("reply.started", at=ago(seconds), reply_id=reply_id, kind="question", by="ai", question=1)
    socket.log("sentence.sent", at=ago(seconds), reply_id=reply_id, index=0, text=text)
    socket.log("reply.finished", at=ago(seconds), reply_id=reply_id, text=text)


def _hears(socket: ScriptedSocket, turn: int, utterance: int, text: str, sure: float, start: int) -> None:
    words: dict[str, Any] = {"turn_id": turn, "utterance_id": utterance, "text": text, "confidence": sure}
    place = {"start_ms": start, "end_ms": start + 4_000}
    socket.log("transcript.final", at=ago(300), **words, **place, words=[], engine="scripted")


def _ends(socket: ScriptedSocket, turn: int, question: int, seconds: float) -> None:
    said = {"text": "Six years now.", "reason": "endpoint", "intent": "", "channel": "voice"}
    socket.log("turn.ended", at=ago(seconds), turn_id=turn, question=question, **said)
