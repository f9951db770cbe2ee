"""Makes a batch of what was sent: the people of its file, and what each one's session is to be."""

from typing import Any

from rest_framework import serializers

from accounts.models import Organisation, User
from messaging.invitations.csv_reading import MOST_BYTES, CsvError, Fault, Person, read_people
from messaging.models import InvitationBatch

APART = frozenset({"file", "channels", "message", "send_at", "dry_run"})


def people_of(given: dict[str, Any]) -> tuple[list[Person], list[Fault]]:
    """Everybody in the file of a valid wish, and all that is wrong. Raises ValidationError for no CSV."""
    try:
        return read_people(given["file"].read(MOST_BYTES + 1), tuple(given["channels"]))
    except CsvError as error:
        raise serializers.ValidationError({"file": [str(error)]}) from None


def wish_of(given: dict[str, Any], sent: set[str]) -> dict[str, Any]:
    """What a session is made of, as JSON; `sent` names what was really sent of it."""
    wish = {name: value for name, value in given.items() if name not in APART}
    at, job = wish["scheduled_at"], wish["job_id"]
    wish |= {"scheduled_at": at.isoformat() if at else None, "job_id": job.pk if job else None}
    return wish | {"sent": sorted(sent & set(wish))}


def batch_of(
    given: dict[str, Any], sent: set[str], people: list[Person], *, organisation: Organisation, user: User
) -> InvitationBatch:
    """Not saved yet."""
    at = given["send_at"]
    return InvitationBatch(
        organisation=organisation,
        created_by=user,
        wish=wish_of(given, sent),
        invitation={
            "channels": given["channels"],
            "message": given["message"],
            "send_at": at.isoformat() if at else None,
        },
        rows=[{name: getattr(one, name) for name in Person.__struct_fields__} for one in people],
        total=len(people),
    )
