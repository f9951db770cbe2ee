"""The socket of every address where there is none: it says so instead of failing the handshake."""

from consumers.credentials import read_handshake
from consumers.socket import Receive, Scope, Send, Socket
from consumers.wire import CloseCode


class NoSuchSocket:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = Socket(receive, send)
        if not await socket.open(read_handshake(scope).subprotocol):
            return
        socket.close(CloseCode.NO_SUCH_SESSION, "no_such_session")
        async for _ in socket.messages():
            pass
        await socket.finish()
