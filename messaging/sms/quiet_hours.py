"""When nobody is texted unasked: the night where they live. No clock here; time and zone are given."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct


class QuietHours(Struct, frozen=True):
    """From `start` o'clock to `end` o'clock of the local time, over midnight where `start` is later."""

    start: int = 21  # the TCPA's hours for calls and texts in the United States: 8 to 21
    end: int = 8

    @property
    def are_none(self) -> bool:
        return self.start == self.end

    def cover(self, local: datetime) -> bool:
        if self.start <= self.end:
            return self.start <= local.hour < self.end
        return local.hour >= self.start or local.hour < self.end


def zone_of(name: str) -> tzinfo:
    """The zone of that name; UTC where the name means nothing."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError; folders raise OSError
        return UTC


def next_allowed(now: datetime, zone: tzinfo, quiet: QuietHours) -> datetime:
    """`now`, or the end of the quiet hours that `now` lies in."""
    local = now.astimezone(zone)
    if quiet.are_none or not quiet.cover(local):
        return now
    morning = datetime.combine(local.date(), time(quiet.end), zone)
    if morning <= local:
        morning = datetime.combine(local.date() + timedelta(days=1), time(quiet.end), zone)
    return morning.astimezone(now.tzinfo)
