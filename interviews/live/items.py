"""What lies in a runner's inbox beside the machine's own inputs."""

from msgspec import Struct

from interviews.live.hearing import Hearing
from interviews.live.outlet import Hello, Outlet
from speech.heard import Heard


class AudioArrived(Struct, frozen=True):
    offset: int
    pcm: bytes


class AudioWanted(Struct, frozen=True):
    """The page lacks the audio of a reply's sentences from `from_index` on."""

    reply_id: int
    from_index: int


class SocketOpened(Struct, frozen=True):
    outlet: Outlet
    hello: Hello


class SocketClosed(Struct, frozen=True):
    outlet: Outlet


class CommandsWaiting(Struct, frozen=True):
    pass


class EarReported(Struct, frozen=True):
    """`line` tells whether it is of the audio line that still runs."""

    value: Heard
    line: Hearing
    was_held: bool = False


class StopAsked(Struct, frozen=True):
    code: int
    reason: str
