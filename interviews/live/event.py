"""What every event of the log is: a value with its wall time, told apart by its tag."""

from datetime import UTC, datetime

from msgspec import Struct

UNSTAMPED = datetime(1970, 1, 1, tzinfo=UTC)


class Event(Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    at: datetime = UNSTAMPED
