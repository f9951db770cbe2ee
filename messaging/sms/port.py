"""Who carries text messages: the port that back ends fill, and the one that is set."""

from datetime import datetime
from functools import lru_cache
from typing import Protocol, cast

from django.utils.module_loading import import_string

from messaging.sms.numbers import without_numbers
from messaging.sms.settings import SmsSettings

UNSUBSCRIBED = "21610"  # Twilio's code for a number that has texted STOP


class SmsError(Exception):
    """A text was not taken. `code` is the carrier's own; `is_permanent`: trying again would not help."""

    def __init__(self, code: str, message: str = "", *, is_permanent: bool) -> None:
        self.code = code
        self.message = without_numbers(message)
        super().__init__(f"{code} {self.message}".strip())
        self.is_permanent = is_permanent


class SmsSender(Protocol):
    """Made with the settings. Called from threads, one text after another; a call may take seconds."""

    answers_stop: bool  # whether the carrier itself confirms STOP, and takes nothing for that number any more

    def send(self, to: str, body: str, *, sender: str, status_callback: str) -> str:
        """Hand over one text; gives the carrier's id for it. Raises SmsError."""

    def find(self, to: str, body: str, *, since: datetime) -> str | None:
        """The id of such a text where one was handed over since then: for one whose outcome was lost."""


@lru_cache(maxsize=4)
def sender_for(settings: SmsSettings) -> SmsSender:
    """The sender that is set. Raises ImportError for a dotted path that leads nowhere."""
    return cast("SmsSender", import_string(settings.sender_path)(settings))
