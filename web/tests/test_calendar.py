"""A calendar file that calendars take."""

from datetime import UTC, datetime, timedelta, timezone

from web.calendar import calendar_file

AT = datetime(2026, 11, 21, 10, 0, tzinfo=timezone(timedelta(hours=2)))


def make(**fields: object) -> str:
    values = {
        "uid": "1@viva",
        "starts_at": AT,
        "minutes": 30,
        "title": "Talk",
        "text": "Come.",
        "made_at": AT,
    }
    return calendar_file(**{**values, **fields})  # type: ignore[arg-type]


def test_times_are_told_in_utc() -> None:
    text = make()
    assert "DTSTART:20261121T080000Z\r\n" in text
    assert "DTEND:20261121T083000Z\r\n" in text
    assert "DTSTAMP:20261121T080000Z\r\n" in make(made_at=AT.astimezone(UTC))


def test_text_can_not_add_lines() -> None:
    text = make(title="A, B; C\r\nATTACH:http://x")
    assert "SUMMARY:A\\, B\\; C\\nATTACH:http://x\r\n" in text
    assert "\nATTACH" not in text.replace("\\n", "")


def test_long_lines_are_folded_between_characters() -> None:
    lines = make(title="é" * 100).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "é" * 100 in make(title="é" * 100).replace("\r\n ", "")
