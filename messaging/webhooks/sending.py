"""What the delivery of a webhook asks of the network."""

from typing import Protocol

from msgspec import Struct


class Answer(Struct, frozen=True):
    """What the receiver said: its status, and the beginning of its words."""

    status: int
    words: str = ""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class SendingError(Exception):
    """Nobody answered; the message tells an operator why."""


class Sender(Protocol):
    async def check(self, url: str) -> None:
        """Look `url` up without asking it. Raises AddressError when nothing would be sent there."""
        ...

    async def send(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Post `body` once. Raises SendingError, and AddressError for an address that must not be asked."""
        ...
