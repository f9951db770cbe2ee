"""Nobody is woken by us: the night is the candidate's own, summer time included."""

from datetime import UTC, datetime

import pytest

from messaging.sms.quiet_hours import QuietHours, next_allowed, zone_of

USUAL = QuietHours(21, 8)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "allowed"),
    [
        ("2026-11-21 12:00", "UTC", "2026-11-21 12:00"),
        ("2026-11-21 21:00", "UTC", "2026-11-22 08:00"),
        ("2026-11-22 07:59", "UTC", "2026-11-22 08:00"),
        ("2026-11-22 08:00", "UTC", "2026-11-22 08:00"),
        ("2026-11-21 12:00", "America/Los_Angeles", "2026-11-21 16:00"),  # four in the morning there
        ("2026-11-21 12:00", "Asia/Tokyo", "2026-11-21 23:00"),  # nine in the evening there
        ("2026-03-08 06:00", "America/New_York", "2026-03-08 12:00"),  # the night the clocks go forward
        ("2026-11-21 23:00", "Nowhere/At_All", "2026-11-22 08:00"),
        ("2026-11-21 23:00", "../etc/passwd", "2026-11-22 08:00"),
    ],
)
def test_what_waits_until_morning(now: str, zone: str, allowed: str) -> None:
    assert next_allowed(at(now), zone_of(zone), USUAL) == at(allowed)


def test_hours_of_one_day_and_none_at_all() -> None:
    lunch = QuietHours(12, 14)
    assert next_allowed(at("2026-11-21 13:10"), UTC, lunch) == at("2026-11-21 14:00")
    assert next_allowed(at("2026-11-21 14:00"), UTC, lunch) == at("2026-11-21 14:00")
    assert next_allowed(at("2026-11-21 03:00"), UTC, QuietHours(0, 0)) == at("2026-11-21 03:00")
