"""What happens at the beginning of a server's life, and between SIGTERM and its end."""

from consumers.socket import OPEN_SOCKETS
from consumers.wire import CloseCode
from interviews.live.bus import get_bus
from interviews.live.process import get_process

GOODBYE_S = 3.0  # for clients to answer the close; whoever does not is cut off


async def begin() -> None:
    """This will load the engines, and from then on end the sessions that nobody comes back to."""
    await get_process().begin()


async def say_goodbye() -> None:
    """This will flush and release the live sessions, then close whatever is still open."""
    await get_process().registry.shutdown()
    await OPEN_SOCKETS.close_all(CloseCode.RESTARTING, "restarting", GOODBYE_S)
    get_bus().close()
    await get_process().aclose()
