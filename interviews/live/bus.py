"""Tells whoever listens in any process that something is new; the database holds what it is.

Theory of operation. A publisher never waits and never learns whether anyone heard: it drops a notice into the
mailbox of each subscriber of its own process, and of the link to the other processes (`bus_link`). A mailbox
coalesces: of many nudges for one session only the newest number stays, and of signals only the last ones.
Each subscriber is woken on the event loop it subscribed from. Nothing here is needed for correctness: whoever
is nudged also looks unasked after a second.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from msgspec import Struct

from interviews.live.signals import Signal

logger = logging.getLogger(__name__)

SESSIONS_IN_MAILBOX = 10_000  # judged: far beyond what one process serves; the oldest is forgotten first
SIGNALS_IN_MAILBOX = 1_000  # judged: a second of partials and levels of a few hundred sessions
FRAMES_IN_MAILBOX = 500  # judged: half a second of a hundred sessions that are listened to
IN_MEMORY = "channels.layers.InMemoryChannelLayer"


class Nudge(Struct, frozen=True, tag="nudge"):
    """The log of this session has got to `seq`."""

    session_id: int
    seq: int


class CommandNudge(Struct, frozen=True, tag="command"):
    """There are commands to drain."""

    session_id: int


class Lossy(Struct, frozen=True, tag="lossy"):
    """A hint for eye and ear; whoever misses it misses nothing that counts."""

    session_id: int
    signal: Signal


class Overheard(Struct, frozen=True, tag="overheard"):
    """Audio for those who listen in, framed as they get it; `but_for` is the ref of one who spoke it."""

    session_id: int
    frame: bytes
    but_for: str = ""


class PersonSpoke(Struct, frozen=True, tag="spoke"):
    """What somebody who has taken over says, 16 kHz PCM in order, on its way to who runs the session."""

    session_id: int
    ref: str
    pcm: bytes


Notice = Nudge | CommandNudge | Lossy | Overheard | PersonSpoke
Callback = Callable[[Notice], None]


class Mailbox:
    """Notices that wait for one reader: coalesced and bounded. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nudges: dict[int, int] = {}
        self._commands: dict[int, None] = {}
        self._lossy: deque[Lossy] = deque(maxlen=SIGNALS_IN_MAILBOX)
        self._overheard: deque[Overheard] = deque(maxlen=FRAMES_IN_MAILBOX)
        self._spoke: deque[PersonSpoke] = deque(maxlen=FRAMES_IN_MAILBOX)

    def put(self, notice: Notice) -> bool:
        """This will keep the notice and tell whether its reader has to be woken."""
        with self._lock:
            was_empty = not (self._nudges or self._commands or self._lossy or self._overheard or self._spoke)
            if isinstance(notice, Nudge):
                self._nudges[notice.session_id] = max(notice.seq, self._nudges.get(notice.session_id, 0))
                _trim(self._nudges)
            elif isinstance(notice, CommandNudge):
                self._commands[notice.session_id] = None
                _trim(self._commands)
            elif isinstance(notice, Overheard):
                self._overheard.append(notice)
            elif isinstance(notice, PersonSpoke):
                self._spoke.append(notice)
            else:
                self._lossy.append(notice)
            return was_empty

    def take(self) -> list[Notice]:
        """This will empty the mailbox: nudges first, then signals, then audio, each in the order given."""
        with self._lock:
            notices: list[Notice] = [Nudge(key, seq) for key, seq in self._nudges.items()]
            notices.extend(CommandNudge(key) for key in self._commands)
            notices.extend(self._lossy)
            notices.extend(self._overheard)
            notices.extend(self._spoke)
            self._nudges.clear()
            self._commands.clear()
            self._lossy.clear()
            self._overheard.clear()
            self._spoke.clear()
            return notices


def _trim(entries: dict[int, int] | dict[int, None]) -> None:
    if len(entries) > SESSIONS_IN_MAILBOX:
        del entries[next(iter(entries))]


class _Subscription:
    """One listener; called on the event loop it subscribed from, or in the publisher's thread without one."""

    def __init__(self, callback: Callback) -> None:
        self._callback = callback
        self._mailbox = Mailbox()
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def deliver(self, notice: Notice) -> bool:
        """This will tell whether the listener still lives."""
        if not self._mailbox.put(notice):
            return True
        if self._loop is None:
            self._read()
            return True
        try:
            self._loop.call_soon_threadsafe(self._read)
        except RuntimeError:  # its loop was closed
            return False
        return True

    def _read(self) -> None:
        for notice in self._mailbox.take():
            try:
                self._callback(notice)
            except Exception:  # (one bad listener must not stop the others)
                logger.exception("A listener failed.", extra={"session": notice.session_id})


class Link(Protocol):
    """The way to the other processes."""

    def send(self, notice: Notice) -> None: ...

    def close(self) -> None: ...


class Bus:
    """Hands notices to listeners here and, through `make_link`, everywhere else. Never raises or blocks."""

    def __init__(self, make_link: "Callable[[Callback], Link] | None" = None) -> None:
        self._subscriptions: tuple[_Subscription, ...] = ()
        self._lock = threading.Lock()
        self._make_link = make_link
        self._link: Link | None = None

    def nudge(self, session_id: int, seq: int) -> None:
        self._publish(Nudge(session_id, seq))

    def nudge_commands(self, session_id: int) -> None:
        self._publish(CommandNudge(session_id))

    def publish(self, session_id: int, signal: Signal) -> None:
        self._publish(Lossy(session_id, signal))

    def let_hear(self, session_id: int, frame: bytes, but_for: str = "") -> None:
        self._publish(Overheard(session_id, frame, but_for))

    def pass_voice(self, session_id: int, ref: str, pcm: bytes) -> None:
        """This will bring what a person says to the process that runs the session, if it gets through."""
        self._publish(PersonSpoke(session_id, ref, pcm))

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """This will call `callback` for every notice until the function that it returns is called."""
        subscription = _Subscription(callback)
        with self._lock:
            self._subscriptions = (*self._subscriptions, subscription)
        self._ensure_link()
        return lambda: self._drop(subscription)

    def close(self) -> None:
        with self._lock:
            link, self._link, self._make_link = self._link, None, None
            self._subscriptions = ()
        if link is not None:
            link.close()

    def _publish(self, notice: Notice) -> None:
        self._deliver(notice)
        link = self._ensure_link()
        if link is not None:
            link.send(notice)

    def _deliver(self, notice: Notice) -> None:
        for subscription in self._subscriptions:
            if not subscription.deliver(notice):
                self._drop(subscription)

    def _drop(self, subscription: _Subscription) -> None:
        with self._lock:
            self._subscriptions = tuple(one for one in self._subscriptions if one is not subscription)

    def _ensure_link(self) -> Link | None:
        if self._link is None and self._make_link is not None:
            with self._lock:
                if self._link is None and self._make_link is not None:
                    self._link = self._make_link(self._deliver)
        return self._link


class _Process:
    """Holds the one bus of this process."""

    bus: Bus | None = None
    lock = threading.Lock()


def get_bus() -> Bus:
    """This will give this process its bus; on the in-memory layer nobody else could hear, so no link."""
    with _Process.lock:
        if _Process.bus is None:
            _Process.bus = Bus(None if _is_alone() else _link_over_layer)
        return _Process.bus


def _is_alone() -> bool:
    layer = settings.CHANNEL_LAYERS.get("default")
    return layer is None or layer["BACKEND"] == IN_MEMORY


def _link_over_layer(deliver: Callback) -> Link:
    from interviews.live.bus_link import LayerLink, layer_from_settings  # noqa: PLC0415 (only where there is Redis)

    return LayerLink(layer_from_settings, deliver)
