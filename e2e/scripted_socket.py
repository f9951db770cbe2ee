"""A server's side of the socket that says what a test wants, so that a page can be seen in any state."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

SNAPSHOT: dict[str, Any] = {
    "type": "session.snapshot",
    "session": {
        "id": 1,
        "uuid": "",
        "title": "Backend engineer · first interview",
        "role": "Backend engineer",
        "candidate_name": "Robin Demo",
        "organisation": "Brightwater",
        "duration_minutes": 20,
        "total_questions": 5,
        "status": "scheduled",
        "report_url": "",
    },
    "state": "waiting",
    "question": None,
    "turns": [],
    "reply": None,
    "consent": None,
    "seq": 0,
    "audio_offset": 0,
    "line_offset": 0,
    "settings": {
        "patience": None,
        "time_left_ms": 1_200_000,
        "captions": "",
        "practice_question": "This is only a rehearsal. How do you like to start a day?",
        "participants": [],
        "resume_window_hours": 24,
    },
}


class ScriptedSocket:
    """Answers hello with `snapshot`, keeps what the page says, and says what it is told to."""

    def __init__(self, page: Page, path: str, snapshot: dict[str, Any] | None = None) -> None:
        self.snapshot = SNAPSHOT if snapshot is None else snapshot
        self.heard: list[dict[str, Any]] = []
        self.audio: list[bytes] = []
        self.routes: list[WebSocketRoute] = []
        self.refusal: tuple[int, str] | None = None
        self.answers: dict[str, Callable[[dict[str, Any]], None]] = {}
        self._seq = 0
        page.route_web_socket(lambda url: path in url, self._open)

    def _open(self, route: WebSocketRoute) -> None:
        self.routes.append(route)
        if self.refusal is not None:
            code, reason = self.refusal
            route.close(code=code, reason=reason)
            return
        route.on_message(self._hear)

    def _hear(self, data: str | bytes) -> None:
        if isinstance(data, bytes):
            self.audio.append(data)
            return
        message = json.loads(data)
        self.heard.append(message)
        if message["type"] == "hello":
            self.say(self.snapshot)
        elif message["type"] == "ping":
            self.say({"type": "pong", "at_ms": message["at_ms"]})
        elif message["type"] in self.answers:
            self.answers[message["type"]](message)

    def say(self, message: dict[str, Any]) -> None:
        self.routes[-1].send(json.dumps(message))

    def log(self, type_name: str, **fields: Any) -> None:
        """Say a message that carries the next number of the log."""
        self._seq += 1
        self.say({"type": type_name, "seq": self._seq, **fields})

    def types(self) -> list[str]:
        return [message["type"] for message in self.heard]

    def ask(self, number: int, text: str, *, reply_id: int, kind: str = "question") -> None:
        """The interviewer asks: a whole reply, still being played."""
        self.log("state.changed", state="thinking")
        self.log("reply.started", reply_id=reply_id, kind=kind, by="ai")
        self.log("question.started", number=number, total=5, text=text, kind="technical")
        self.log("state.changed", state="interviewer_speaking")
        self.say({"type": "reply.sentence", "reply_id": reply_id, "index": 0, "text": text})
        self.log("reply.finished", reply_id=reply_id, text=text)

    def listen(self) -> None:
        self.log("state.changed", state="listening")

    def hear(self, turn_id: int, utterance_id: int, text: str) -> None:
        self.log("state.changed", state="candidate_speaking")
        self.log(
            "transcript.final",
            turn_id=turn_id,
            utterance_id=utterance_id,
            text=text,
            start_ms=0,
            end_ms=1000,
            confidence=0.9,
            words=[],
        )
