"""A small engine for tests: real HTTP on 127.0.0.1, that answers as it is told to."""

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from interviews.interviewer.sentences import split_sentences

JSON, TEXT = "application/json", "text/plain; charset=utf-8"


@dataclass
class Answer:
    """`parts` are sent one after the other; the connection breaks after them unless `is_whole`."""

    parts: list[bytes]
    status: int = 200
    content_type: str = JSON
    pause_s: float = 0.0
    is_whole: bool = True


def says(value: Any) -> Answer:
    return Answer([json.dumps(value).encode()])


def streams(text: str) -> Answer:
    return Answer([part.encode() + b" " for part in split_sentences(text)], content_type=TEXT)


def fails(status: int) -> Answer:
    return Answer([b'{"detail": "a secret of the engine"}'], status=status)


@dataclass
class LocalEngine:
    """`will` holds, by path, the answers of the next requests; the last of them stays."""

    will: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)  # path, body, authorization

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"engine": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, path: str) -> Answer:
        waiting = self.will.get(path, [])
        if not waiting:
            return fails(404)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def __enter__(self) -> "LocalEngine":
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    engine: LocalEngine

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Tests say what they need to know themselves."""

    def _answer(self, body: dict[str, Any]) -> None:
        self.engine.asked.append((self.path, body, self.headers.get("Authorization", "")))
        answer = self.engine.answer(self.path)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        if not answer.is_whole:
            self.send_header("Content-Length", str(sum(map(len, answer.parts)) + 1))
        self.end_headers()
        with contextlib.suppress(OSError):  # a client may leave when it has heard enough
            for part in answer.parts:
                time.sleep(answer.pause_s)
                self.wfile.write(part)
                self.wfile.flush()
