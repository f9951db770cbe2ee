"""Rows by the numbers and UUIDs that people send, of which some are none that a row could have."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

LARGEST_ID = 2**63 - 1  # a bigger one is an OverflowError in the database
M = TypeVar("M", bound=Model)


def find_row(rows: QuerySet[M], number: int) -> M | None:
    """The row of that number; None, too, for a number that no row can have."""
    return rows.filter(pk=number).first() if 0 < number <= LARGEST_ID else None


def find_referred(rows: QuerySet[M], reference: str) -> M | None:
    """The row with that number or that `uuid`; None, too, for what is neither."""
    if (number := number_in(reference)) is not None:
        return find_row(rows, number)
    try:
        return rows.filter(uuid=UUID(reference)).first()
    except ValueError:
        return None


def number_in(reference: str) -> int | None:
    """The number that `reference` is, in ASCII digits; None for anything else, or far too many of them."""
    is_number = reference.isascii() and reference.isdigit() and len(reference) <= len(str(LARGEST_ID))
    return int(reference) if is_number else None
