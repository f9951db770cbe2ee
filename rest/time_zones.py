"""Names of time zones, as people send them."""

from functools import cache
from zoneinfo import available_timezones

NO_ZONE = "There is no such time zone; write one such as Europe/London."


def is_time_zone(name: str) -> bool:
    """Whether it is an IANA name, such as Europe/London."""
    return name in _names()


@cache
def zone_names() -> tuple[str, ...]:
    """Those that people write: with a continent or an ocean, and UTC."""
    odd = ("Etc/", "SystemV/", "US/", "posix/", "right/")
    return tuple(sorted(one for one in _names() if one == "UTC" or ("/" in one and not one.startswith(odd))))


@cache
def _names() -> frozenset[str]:
    """Kept, because asking for them reads hundreds of files."""
    return frozenset(available_timezones())
