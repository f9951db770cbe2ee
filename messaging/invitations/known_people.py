"""Who of a file is known already, and who has the interview that they would be invited to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import Organisation
from hiring.models import Candidate, Interview
from interviews.models import Session
from interviews.sessions import LONGEST_ROLE
from messaging.invitations.csv_reading import Person


class Known:
    """The candidates of an organisation that a file names: by address, or by number where it has none."""

    def __init__(self, organisation: Organisation, people: Iterable[Person]) -> None:
        named = list(people)
        emails = {one.email.lower() for one in named if one.email}
        phones = {one.phone for one in named if one.phone and not one.email}
        small = Candidate.objects.filter(organisation=organisation).annotate(small=Lower("email"))
        rows = small.filter(Q(small__in=emails) | Q(phone__in=phones)).order_by("-pk")  # the oldest stays
        found = list(rows.only("name", "email", "phone"))
        self._by_email = {one.email.lower(): one for one in found if one.email}
        self._by_phone = {one.phone: one for one in found if one.phone}

    def find(self, person: Person) -> Candidate | None:
        if person.email:
            return self._by_email.get(person.email.lower())
        return self._by_phone.get(person.phone) if person.phone else None

    def numbers(self, people: Iterable[Person]) -> set[int]:
        return {found.pk for one in people if (found := self.find(one)) is not None}


def invited_before(organisation: Organisation, wish: dict[str, Any], candidates: set[int]) -> set[int]:
    """Those of `candidates` who have this very interview, unless it was cancelled. One query.

    With a job it is any interview for it; else a session of the same title with the same plan, or role.
    """
    if wish["job_id"] is not None:
        rows = Interview.objects.filter(organisation=organisation, job=wish["job_id"])
        kept = rows.exclude(status=Interview.Status.CANCELLED)
        return set(kept.filter(candidate__in=candidates).values_list("candidate_id", flat=True))
    sessions = Session.objects.filter(
        organisation=organisation,
        candidate__in=candidates,
        round=None,
        title=wish["title"],
        deleted_at=None,
    ).exclude(status=Session.Status.CANCELLED)
    if wish["plan_id"]:
        same = sessions.filter(plan__plan_id=wish["plan_id"])
    else:
        same = sessions.filter(job_role=(wish["job_role"] or wish["title"])[:LONGEST_ROLE] or "General")
    return {number for number in same.values_list("candidate_id", flat=True) if number is not None}
