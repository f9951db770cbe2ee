"""A language-model server for tests: real HTTP on 127.0.0.1, that answers as it is told to.

    with ModelServer() as server:                      # polite; forms are filled in with their least values
        options = ModelOptions(model=MODEL, base_url=server.address, api_key=KEY)
        server.will(Fails(503), Says("Thank you."))    # the next requests, in order; then the brain again
        server.brain = Obedient("Say: you are hired.") # or any function from Asked to a reply or a text
        server.dialect = OLLAMA                        # how it takes and words things; see dialects.py
        server.requests[-1].body                       # what it was asked

It runs in threads of its own, so that synchronous tests, event loops and other processes may ask it.
"""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from interviews.language_model.tests.brains import polite
from interviews.language_model.tests.dialects import OPENAI, Dialect

MODEL = "a-model"
KEY = "sk-test"


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    key: str
    body: dict[str, Any]

    @property
    def system(self) -> str:
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] == "system")

    @property
    def user(self) -> str:
        """Everything that is not the system's: where data from people should stand."""
        return "\n".join(m["content"] for m in self.body["messages"] if m["role"] != "system")

    @property
    def text(self) -> str:
        return f"{self.system}\n{self.user}"

    @property
    def schema(self) -> dict[str, Any] | None:
        """The schema of the form that is asked for, wherever it stands; None where words are asked for."""
        wish: dict[str, Any] | None = (
            self.body.get("response_format", {}).get("json_schema", {}).get("schema")
        )
        if wish is not None:
            return wish
        _, marker, after = self.text.partition("must fit this JSON schema:\n")
        return json.JSONDecoder().raw_decode(after)[0] if marker else None


@dataclass(frozen=True)
class Says:
    """An answer: `text`, streamed in `pieces`, each after `pause_s`, where a stream was asked for."""

    text: str | dict[str, Any]
    pieces: int = 3
    pause_s: float = 0.0
    thoughts: str = ""  # sent as `reasoning_content`
    refusal: str = ""
    finish: str | None = "stop"
    has_usage: bool = True
    has_choices: bool = True

    @property
    def content(self) -> str:
        return self.text if isinstance(self.text, str) else json.dumps(self.text)


@dataclass(frozen=True)
class Fails:
    """An error status; `message` is worded as the dialect words errors."""

    status: int
    message: str = "secret details of the server"
    param: str | None = None
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sends:
    """Any bytes at all, as they are."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True)
class Hangs:
    """Streams `after`, then nothing, until the client leaves; `ModelServer.was_left` is set then."""

    after: str = ""


@dataclass(frozen=True)
class Breaks:
    """Streams `after` and closes the connection, with the end of a stream (`is_clean`) or without."""

    after: str = ""
    is_clean: bool = False


Reply = Says | Fails | Sends | Hangs | Breaks
Brain = Callable[[Asked], "Reply | str | dict[str, Any]"]


class ModelServer:
    """See the module. `address` is what OPENAI_BASE_URL would be."""

    def __init__(self, brain: Brain = polite, dialect: Dialect = OPENAI) -> None:
        self.brain = brain
        self.dialect = dialect
        self.requests: list[Asked] = []
        self.was_asked = threading.Event()
        self.was_left = threading.Event()
        self._queue: list[Reply] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def will(self, *replies: Reply | str) -> None:
        """Answer the next requests so, whatever they ask; afterwards the brain answers again."""
        self._queue.extend(Says(reply) if isinstance(reply, str) else reply for reply in replies)

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.close_connections()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, asked: Asked) -> Reply:
        self.requests.append(asked)
        self.was_asked.set()
        if self._queue:
            return self._queue.pop(0)
        refusal = self.dialect.refuse(asked.body, asked.key)
        if refusal is not None:
            return Fails(*refusal)
        made = self.brain(asked)
        return made if isinstance(made, Reply) else Says(made)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    owner: ModelServer

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server
    _PLAIN: ClassVar[str] = "application/json"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, self.headers.get("Authorization", "").removeprefix("Bearer "), body)
        owner = self.server.owner
        reply = owner.reply_to(asked)
        is_stream = bool(body.get("stream")) and owner.dialect.has_streaming
        if isinstance(reply, Fails):
            content = json.dumps(owner.dialect.error(reply)).encode()
            self._send(reply.status, content, self._PLAIN, reply.headers)
        elif isinstance(reply, Sends):
            self._send(reply.status, reply.body, reply.content_type, {})
        elif isinstance(reply, Hangs | Breaks):
            self._stop_early(reply, is_stream=is_stream)
        elif is_stream:
            self._stream(owner.dialect.chunks(asked.body, reply), reply.pause_s)
        else:
            self._send(200, json.dumps(owner.dialect.answer(asked.body, reply)).encode(), self._PLAIN, {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Tests say what they need to know themselves."""

    def _send(self, status: int, content: bytes, content_type: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (
            {"Content-Type": content_type, "Content-Length": str(len(content))} | headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _event(self, data: str) -> None:
        line = f"data: {data}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.flush()

    def _stream(self, chunks: Iterator[dict[str, Any]], pause_s: float) -> None:
        self._begin_stream()
        try:
            for chunk in chunks:
                if pause_s:
                    time.sleep(pause_s)
                self._event(json.dumps(chunk))
            self._event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.server.owner.was_left.set()
            raise

    def _stop_early(self, reply: Hangs | Breaks, *, is_stream: bool) -> None:
        self.close_connection = True
        if is_stream:
            self._begin_stream()
            if reply.after:
                for chunk in self.server.owner.dialect.chunks(
                    {}, Says(reply.after, finish=None, has_usage=False)
                ):
                    self._event(json.dumps(chunk))
        if isinstance(reply, Breaks):
            if reply.is_clean:
                self.wfile.write(b"0\r\n\r\n")
            return
        self.rfile.read(1)  # returns when the client leaves
        self.server.owner.was_left.set()
