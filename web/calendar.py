"""An appointment as a calendar file (RFC 5545). Pure."""

from datetime import UTC, datetime, timedelta


def calendar_file(
    *, uid: str, starts_at: datetime, minutes: int, title: str, text: str, made_at: datetime
) -> str:
    """This will give one event; the calendar shows it in the reader's own time zone."""
    ends_at = starts_at + timedelta(minutes=minutes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Viva//Interview//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{_escape(title)}",
        f"DESCRIPTION:{_escape(text)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_fold(line) for line in lines)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return "".join(letter for letter in text.replace("\n", "\\n") if letter.isprintable())


def _fold(line: str) -> str:
    """Lines are 75 bytes long at most and go on after a space; no character is cut in two."""
    folded, length = "", 0
    for letter in line:
        size = len(letter.encode())
        if length + size > 75:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + letter, length + size
    return folded + "\r\n"
