"""How a socket answers what it will not take: with an error message, and where it must be with a close."""

from consumers import codec, wire
from consumers.socket import Socket
from consumers.wire import CloseCode

MAX_COMPLAINTS = 20  # bad messages that are answered before the stream counts as broken


class Door:
    """Refuses and complains, for one socket."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self._complaints = 0

    def refuse(
        self, close_code: CloseCode, code: str, message: str, *, retry_after_s: int | None = None
    ) -> None:
        """This will say why, then close; browsers show close reasons to nobody."""
        problem = wire.Problem(code=code, message=message, fatal=True, retry_after_s=retry_after_s)
        self.socket.send(codec.encode(problem))
        self.socket.close(close_code, codec.close_reason(code, retry_after_s=retry_after_s))

    def complain(self, error: codec.WireError) -> None:
        """This will answer a message that is none, and close where the stream can't be trusted any more."""
        self._complaints += 1
        if error.close_code is not None:
            self.refuse(error.close_code, error.code, error.message)
        elif self._complaints > MAX_COMPLAINTS:
            self.refuse(CloseCode.BAD_MESSAGE, "bad_message", "Too many messages were not understood.")
        else:
            self.socket.send(codec.encode(wire.Problem(code=error.code, message=error.message)))


def too_fast() -> codec.WireError:
    return codec.WireError("too_fast", "That is faster than any page sends.", CloseCode.OVERLOADED)
