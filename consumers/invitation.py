"""Turns the address that a candidate was given into a socket and a token, as a browser would."""

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import parse_qs, urlsplit, urlunsplit

TIMEOUT_S = 10


class InvitationError(Exception):
    """The address does not lead to an interview; the message says why."""


@dataclass(frozen=True)
class Invitation:
    socket_url: str
    token: str


def read_invitation(address: str) -> Invitation:
    """This will take `http://host/i/<token>/` (asks the server) or `ws://host/ws/interviews/<id>/?t=<token>`.

    Raises InvitationError when the address is something else, or the server does not know it.
    """
    parts = urlsplit(address)
    if parts.scheme in {"ws", "wss"}:
        tokens = parse_qs(parts.query).get("t", [])
        if not tokens:
            raise InvitationError("The socket's address carries no token: add ?t=TOKEN.")
        return Invitation(urlunsplit(parts._replace(query="")), tokens[0])
    steps = [step for step in parts.path.split("/") if step]
    if parts.scheme not in {"http", "https"} or len(steps) != 2 or steps[0] != "i":
        raise InvitationError(
            "Give the invitation's address, http://host/i/TOKEN/, or the socket's with ?t=TOKEN."
        )
    room = _redirect(address)
    reference = [step for step in urlsplit(room).path.split("/") if step][-1]
    scheme = "wss" if parts.scheme == "https" else "ws"
    return Invitation(f"{scheme}://{parts.netloc}/ws/interviews/{reference}/", steps[1])


def _redirect(address: str) -> str:
    """Where the invitation leads; it is asked for without being followed, so that no cookie is needed."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT_S)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        room = answer.getheader("Location", "")
    except OSError as error:
        raise InvitationError(f"{parts.netloc} does not answer: {error}.") from error
    finally:
        connection.close()
    if answer.status not in {301, 302, 303} or "/room/" not in room:
        raise InvitationError("The server does not know this invitation, or it can't be used now.")
    return room
