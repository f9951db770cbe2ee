"""The candidate's socket as the runner sees it: somewhere to send to, never anything to wait for."""

from typing import Any, Protocol

from msgspec import Struct

from interviews.live.log import LoggedEvent
from interviews.live.signals import Signal


class Snapshot(Struct, frozen=True, kw_only=True, tag_field="type", tag="session.snapshot"):
    """Everything a page needs to stand where the interview stands."""

    session: dict[str, Any]
    state: str
    question: dict[str, Any] | None
    turns: list[dict[str, Any]]
    reply: dict[str, Any] | None
    consent: dict[str, Any] | None
    seq: int
    audio_offset: int
    line_offset: int
    settings: dict[str, Any]


class Outlet(Protocol):
    """All methods return at once and never raise; a socket that can't keep up closes itself."""

    def send_snapshot(self, snapshot: Snapshot) -> None: ...

    def send_event(self, logged: LoggedEvent) -> None:
        """Only public events are handed over, in order."""
        ...

    def send_signal(self, signal: Signal) -> None: ...

    def send_audio(self, reply_id: int, rate_hz: int, pcm: bytes) -> None:
        """Mono s16le PCM of a reply."""
        ...

    @property
    def unsent_bytes(self) -> int:
        """What waits for the page to read; whoever has more to send than words waits until it is little."""
        ...

    def close(self, code: int, reason: str = "") -> None: ...


class Hello(Struct, frozen=True):
    """What a page says first: how much of the log it has, and which audio it still holds (sample offsets)."""

    last_seq: int = 0
    audio_from: int | None = None
    audio_to: int | None = None
