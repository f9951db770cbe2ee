"""A real server with real sockets, in a thread of this process; behind it scripted live sessions."""

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path
from django.utils import timezone
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from accounts.guest_tokens import hash_token
from accounts.models import Membership, Organisation, User
from consumers.routing import make_router
from consumers.socket import OPEN_SOCKETS
from interviews.live.inbox import InboxFullError
from interviews.live.inputs import Input
from interviews.live.outlet import Outlet, Snapshot
from interviews.models import Session
from server.serving import LiveServer, endpoint

PATIENCE_S = 15.0
TOKEN = "guest-token-of-the-first-session"


class ScriptedAttachment:
    """Remembers what a socket handed over."""

    def __init__(self, outlet: Outlet, asked: dict[str, Any]) -> None:
        self.outlet = outlet
        self.asked = asked
        self.inputs: list[Input] = []
        self.audio: list[tuple[int, bytes]] = []
        self.wanted: list[tuple[int, int]] = []
        self.is_full = False
        self.is_detached = False

    def offer(self, happened: Input) -> None:
        if self.is_full:
            raise InboxFullError
        self.inputs.append(happened)

    def offer_audio(self, offset: int, pcm: bytes) -> None:
        if self.is_full:
            raise InboxFullError
        self.audio.append((offset, pcm))

    def want_audio(self, reply_id: int, from_index: int) -> None:
        if self.is_full:
            raise InboxFullError
        self.wanted.append((reply_id, from_index))

    def detach(self) -> None:
        self.is_detached = True


class ScriptedSessions:
    """Stands where the registry stands; refuses, waits and answers as told."""

    def __init__(self) -> None:
        self.attachments: list[ScriptedAttachment] = []
        self.calls = 0
        self.refusal: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    async def attach(self, session_id: int, outlet: Outlet, **asked: Any) -> ScriptedAttachment:
        self.calls += 1
        while not self.gate.is_set():  # noqa: ASYNC110 (the gate is opened from another thread)
            await asyncio.sleep(0.01)
        if self.refusal is not None:
            raise self.refusal
        attachment = ScriptedAttachment(outlet, {"session_id": session_id, **asked})
        self.attachments.append(attachment)
        outlet.send_snapshot(snapshot(session_id))
        return attachment

    @property
    def latest(self) -> ScriptedAttachment:
        return self.attachments[-1]


def snapshot(session_id: int) -> Snapshot:
    return Snapshot(
        session={"id": session_id},
        state="waiting",
        question=None,
        turns=[],
        reply=None,
        consent=None,
        seq=0,
        audio_offset=0,
        line_offset=0,
        settings={},
    )


class Server:
    """The project's own server on a port of this machine; a reactor runs once a process, so there is one."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.sessions = ScriptedSessions()
        self.driven: list[int] = []
        router = make_router(lambda: self.sessions, carry_out=self.driven.append)
        self.application = ProtocolTypeRouter({"websocket": router})
        self.loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.loop = asyncio.get_running_loop()
        await self.application(scope, receive, send)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(PATIENCE_S)

    def _run(self) -> None:
        self._live = LiveServer(
            self,
            begin=_nothing,
            say_goodbye=_nothing,
            endpoints=[endpoint("127.0.0.1", self.port)],
            signal_handlers=False,
            ready_callable=self._ready.set,
            websocket_handshake_timeout=1,
            websocket_max_message_size=1024 * 1024,
        )
        self._live.run()

    @contextlib.contextmanager
    def serving(self, candidate_socket: Any) -> Iterator[None]:
        """Another candidate's socket (with other times, say) for as long as this lasts."""
        former, route = self.application, "ws/interviews/<str:reference>/"
        self.application = ProtocolTypeRouter({"websocket": URLRouter([path(route, candidate_socket)])})
        yield
        self.application = former

    def call(self, function: Callable[[], Any]) -> None:
        """Run `function` where the sockets live."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(function)


async def _nothing() -> None:
    return None


@pytest.fixture(scope="session")
def running_server() -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Server(probe.getsockname()[1])
    server.start()
    return server


@pytest.fixture
def server(running_server: Server, transactional_db: None) -> Server:
    running_server.sessions = ScriptedSessions()
    running_server.driven.clear()
    return running_server


class Client:
    """One socket, as a test reads it."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def send_raw(self, data: str | bytes) -> None:
        await self.connection.send(data)

    async def next(self, *types: str) -> dict[str, Any]:
        """The next message, or the next one of these types."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message: dict[str, Any] = json.loads(await self.connection.recv())
                if not types or message["type"] in types:
                    return message

    async def closed(self) -> tuple[int | None, str]:
        """Code and reason with which the server closed."""
        async with asyncio.timeout(PATIENCE_S):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
        return self.connection.close_code, self.connection.close_reason or ""

    async def greeted(self, **hello: Any) -> "Client":
        await self.send(type="hello", **hello)
        await self.next("session.snapshot")
        return self


Connect = Callable[..., Awaitable[Client]]


@pytest.fixture
async def dial(server: Server) -> AsyncIterator[Connect]:
    """Opens sockets at a path of the server and closes them in the end."""
    async with contextlib.AsyncExitStack() as stack:

        async def open_one(path: str, *, token: str = "", **options: Any) -> Client:
            options.setdefault("subprotocols", ["viva.v1"])
            if token:
                options.setdefault("additional_headers", {"X-Interview-Token": token})
            address = f"ws://127.0.0.1:{server.port}{path}"
            return Client(await stack.enter_async_context(connect(address, max_size=None, **options)))

        yield open_one
    async with asyncio.timeout(PATIENCE_S):
        while OPEN_SOCKETS:  # noqa: ASYNC110 (the server says goodbye in its own thread, with the database)
            await asyncio.sleep(0.01)


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Awaitable[None]]:
    async def wait(is_so: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():  # noqa: ASYNC110 (it becomes so in another thread)
                await asyncio.sleep(0.01)

    return wait


@pytest.fixture
def organisation(transactional_db: None) -> Organisation:
    return Organisation.objects.create(name="Ada & Co")


@pytest.fixture
def recruiter(organisation: Organisation) -> User:
    user = User.objects.create_user(
        "rae", "rae@example.org", "long-enough-1", first_name="Rae", last_name="Cruz"
    )
    Membership.objects.create(organisation=organisation, user=user, role="recruiter")
    return user


@pytest.fixture
def reviewer(organisation: Organisation) -> User:
    user = User.objects.create_user("vic", "vic@example.org")
    Membership.objects.create(organisation=organisation, user=user, role="reviewer")
    return user


@pytest.fixture
def stranger(transactional_db: None) -> User:
    user = User.objects.create_user("sam", "sam@example.org")
    Membership.objects.create(
        organisation=Organisation.objects.create(name="Elsewhere"), user=user, role="admin"
    )
    return user


@pytest.fixture
def make_session(organisation: Organisation) -> Callable[..., Session]:
    def make(**fields: Any) -> Session:
        fields.setdefault("organisation", organisation)
        fields.setdefault("candidate_name", "Grace Hopper")
        fields.setdefault("title", "Backend interview")
        return Session.objects.create(**fields)

    return make


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    """One session that `TOKEN` opens for an hour."""
    return make_session(
        token_hash=hash_token(TOKEN), token_expires_at=timezone.now() + timedelta(hours=1), status="scheduled"
    )


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def room(session: Session) -> str:
    return f"/ws/interviews/{session.uuid}/"


@pytest.fixture
def enter(dial: Connect, room: str) -> Callable[..., Awaitable[Client]]:
    """Opens the candidate's socket as the guest and says hello."""

    async def go(**hello: Any) -> Client:
        return await (await dial(room, token=TOKEN)).greeted(**hello)

    return go
