"""What happens between SIGTERM and the end: sessions are handed over, sockets told to come back (4012)."""

from consumers.socket import OPEN_SOCKETS
from consumers.wire import CloseCode
from interviews.live.bus import get_bus
from interviews.live.process import get_registry

GOODBYE_S = 3.0  # for clients to answer the close; whoever does not is cut off


async def say_goodbye() -> None:
    """This will flush and release the live sessions, then close whatever is still open."""
    await get_registry().shutdown()
    await OPEN_SOCKETS.close_all(CloseCode.RESTARTING, "restarting", GOODBYE_S)
    get_bus().close()
