"""Reads the people to invite from a CSV file, and says what is wrong with which row and column. Pure."""

import csv
from collections.abc import Callable, Iterator
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from msgspec import Struct

from hiring.phone_numbers import WITH_COUNTRY, as_e164
from rest.time_zones import NO_ZONE, is_time_zone

MOST_BYTES = 1024 * 1024
MOST_ROWS = 1_000
NOT_UTF_8 = (
    "The file is not UTF-8. In Excel, choose “CSV UTF-8” under “Save as”; elsewhere, “Unicode (UTF-8)”."
)
SPELLINGS = {"e-mail": "email", "e-mail address": "email", "time zone": "time_zone"}  # as people head columns
LONGEST = {"name": 200, "email": 254, "phone": 32, "time_zone": 64}


class Person(Struct, frozen=True):
    """One row. `row` is its line as a spreadsheet counts, the header being 1."""

    row: int
    name: str
    email: str = ""
    phone: str = ""
    time_zone: str = "UTC"


class Fault(Struct, frozen=True):
    row: int
    column: str
    message: str
    given: dict[str, str]  # the whole row, so that whoever mends it knows whose it is


class CsvError(Exception):
    """The file as a whole can't be read."""


def read_people(content: bytes, channels: tuple[str, ...]) -> tuple[list[Person], list[Fault]]:
    """Everybody in the file, and all that is wrong with it. Raises CsvError.

    Names may begin with =, + and the like: they are kept as the text they are.
    """
    rows = list(_rows(content))
    people, faults = [], []
    for number, cells in rows:
        wrong = list(_faults(number, cells, channels))
        faults += wrong
        if not wrong:
            phone = as_e164(cells["phone"]) or ""
            people.append(Person(number, cells["name"], cells["email"], phone, cells["time_zone"] or "UTC"))
    return people, sorted([*faults, *_doubled(people)], key=lambda one: one.row)


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise CsvError("The file may have one megabyte at most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CsvError(NOT_UTF_8) from None
    if "\0" in text:
        raise CsvError("The file holds null characters; it is no CSV.")
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    try:
        header = [_column(cell) for cell in next(reader, [])]
        _require_header(header)
        count = 0
        for number, cells in enumerate(reader, 2):
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise CsvError(f"The file may have {MOST_ROWS:,} people at most.")
            found = dict(zip(header, (_plain(cell) for cell in cells), strict=False))
            yield number, {name: found.get(name, "") for name in LONGEST}
    except csv.Error:
        raise CsvError("The file is no CSV.") from None
    if not count:
        raise CsvError("The file has no rows below its header.")


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a number for a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in {"+", "-", "=", "@"} else text


def _column(heading: str) -> str:
    word = heading.strip().lower()
    return SPELLINGS.get(word, word)


def _require_header(header: list[str]) -> None:
    if "name" not in header:
        raise CsvError("The first line must name the columns: name, email, phone, time_zone.")
    doubled = [name for name in LONGEST if header.count(name) > 1]
    if doubled:
        raise CsvError(f"The column {doubled[0]} stands there twice.")


def _faults(row: int, cells: dict[str, str], channels: tuple[str, ...]) -> Iterator[Fault]:
    checks: dict[str, tuple[Callable[[str], bool], str]] = {
        "email": (_is_email, "This is no e-mail address."),
        "phone": (lambda value: as_e164(value) is not None, WITH_COUNTRY),
        "time_zone": (is_time_zone, NO_ZONE),
    }
    needed = {"name": True, "email": "email" in channels, "phone": "sms" in channels}
    for column, longest in LONGEST.items():
        value = cells[column]
        if not value:
            if needed.get(column):
                yield Fault(row, column, "This may not be empty.", cells)
        elif len(value) > longest:
            yield Fault(row, column, f"This may have {longest} characters at most.", cells)
        elif column in checks and not checks[column][0](value):
            yield Fault(row, column, checks[column][1], cells)


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _doubled(people: list[Person]) -> Iterator[Fault]:
    """Nobody is invited twice: the second link would end the first."""
    seen: dict[tuple[str, str], int] = {}
    for person in people:
        for column, value in (("email", person.email.lower()), ("phone", person.phone)):
            if not value:
                continue
            if (column, value) in seen:
                told = f"This stands in row {seen[column, value]} already."
                yield Fault(person.row, column, told, {name: getattr(person, name) for name in LONGEST})
            seen.setdefault((column, value), person.row)
