"""Invites the people of one file, a few at a time, so that interviews which run meanwhile never wait long."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import Organisation
from hiring.models import Candidate, Interview, Job
from hiring.progress import first_status
from interviews.api.session_making import make_session
from interviews.background.kinds import GiveUpError
from interviews.background.rows import want
from interviews.models import Session
from messaging.invitations.csv_reading import Person
from messaging.invitations.inviting import CannotInviteError, Invitation, invite
from messaging.models import InvitationBatch
from messaging.sms.consent import opted_out_among

RUN = "invitations.batch"
FORGET = "invitations.forget"
AT_ONCE = 10  # in one transaction: on SQLite nobody else writes meanwhile
KNOWN = "Known already, by the name {name}; nothing of them is changed."
OPTED_OUT = "This number has opted out of texts and will not be texted."


def known_candidates(organisation: Organisation, people: list[Person]) -> dict[str, Candidate]:
    """Those with an address in the file, by it in small letters; of several the oldest."""
    wanted = {person.email.lower() for person in people if person.email}
    small = Candidate.objects.filter(organisation=organisation).annotate(small=Lower("email"))
    rows = small.filter(small__in=wanted).order_by("-pk")
    return {one.email.lower(): one for one in rows.only("name", "email")}


def foresee(
    organisation: Organisation, people: list[Person], channels: tuple[str, ...]
) -> list[dict[str, Any]]:
    """What would happen with each row. Writes nothing."""
    known, told = known_candidates(organisation, people), []
    silent = opted_out_among(one.phone for one in people if one.phone) if "sms" in channels else set()
    for person in people:
        candidate = known.get(person.email.lower()) if person.email else None
        warnings = []
        if candidate is not None and candidate.name != person.name:
            warnings.append(KNOWN.format(name=candidate.name))
        if person.phone in silent:
            warnings.append(OPTED_OUT)
        told.append(
            {
                "row": person.row,
                "candidate": "new" if candidate is None else "existing",
                "candidate_id": candidate.pk if candidate is not None else None,
                "session_id": None,
                "warnings": warnings,
                "error": "",
            }
        )
    return told


@transaction.atomic
def queue_batch(batch: InvitationBatch, now: datetime) -> None:
    batch.save()
    want(RUN, str(batch.pk), {"batch": batch.pk}, now=now)


def run_batch(batch_pk: int, *, now: datetime) -> None:
    """Go on where it stopped; what was written stands in the same transaction as that it was."""
    while _some(batch_pk, now):
        pass


@transaction.atomic
def give_up_batch(batch_pk: int, *, now: datetime) -> None:
    """Those who were not invited are kept for a while, in case it is run again."""
    failed = {"status": InvitationBatch.Status.FAILED, "finished_at": now}
    InvitationBatch.objects.filter(pk=batch_pk).exclude(status=InvitationBatch.Status.DONE).update(**failed)
    due_at = now + timedelta(days=settings.RETENTION_DAYS)
    want(FORGET, str(batch_pk), {"batch": batch_pk}, now=due_at)


def forget_batch(batch_pk: int) -> None:
    """Who they were is nobody's business any more."""
    InvitationBatch.objects.filter(pk=batch_pk, status=InvitationBatch.Status.FAILED).update(rows=[])


@transaction.atomic
def _some(batch_pk: int, now: datetime) -> bool:
    """Whether more are left."""
    rows = InvitationBatch.objects.select_related("organisation", "created_by")
    rows = rows.select_for_update(of=("self",)).exclude(status=InvitationBatch.Status.DONE)
    batch = rows.filter(pk=batch_pk).first()
    if batch is None:
        return False
    if batch.created_by is None:
        raise GiveUpError("Whoever invited these people has no account here any more.")
    people = msgspec.convert(batch.rows[:AT_ONCE], list[Person])
    known = known_candidates(batch.organisation, people)
    batch.results += [_one(batch, person, known, now) for person in people]
    batch.rows = batch.rows[AT_ONCE:]
    batch.status = InvitationBatch.Status.RUNNING if batch.rows else InvitationBatch.Status.DONE
    batch.finished_at = None if batch.rows else now
    batch.save(update_fields=["results", "rows", "status", "finished_at"])
    return bool(batch.rows)


def _one(
    batch: InvitationBatch, person: Person, known: dict[str, Candidate], now: datetime
) -> dict[str, Any]:
    found = known.get(person.email.lower()) if person.email else None
    told: dict[str, Any] = {
        "row": person.row,
        "candidate": "existing" if found else "new",
        "warnings": [],
        "error": "",
    }
    candidate = found or Candidate.objects.create(
        organisation=batch.organisation,
        name=person.name,
        email=person.email,
        phone=person.phone,
        time_zone=person.time_zone,
    )
    try:
        with transaction.atomic():
            session = _session_for(batch, candidate)
            invite(session, msgspec.convert(batch.invitation, Invitation), now=now)
    except CannotInviteError as error:
        return told | {"candidate_id": candidate.pk, "session_id": None, "error": str(error)}
    return told | {"candidate_id": candidate.pk, "session_id": str(session.uuid)}


def _session_for(batch: InvitationBatch, candidate: Candidate) -> Session:
    """With a job it is the first round of an interview for it."""
    wish = dict(batch.wish)
    sent = set(wish.pop("sent"))
    job = Job.objects.filter(pk=wish["job_id"], organisation=batch.organisation).first()
    if wish["scheduled_at"] is not None:
        wish["scheduled_at"] = datetime.fromisoformat(wish["scheduled_at"])
    interview = _interview_for(batch, candidate, job, wish["scheduled_at"]) if job is not None else None
    given = {
        **wish,
        "job_id": job,
        "candidate_id": candidate,
        "student_id": None,
        "interviewer_id": None,
        "interview_id": interview,
        "round_id": None,
        "candidate_name": candidate.name,
    }
    session, _ = make_session(given, sent, batch.organisation, batch.created_by)
    return session


def _interview_for(
    batch: InvitationBatch, candidate: Candidate, job: Job, scheduled_at: datetime | None
) -> Interview:
    interview = Interview(
        organisation=batch.organisation,
        candidate=candidate,
        job=job,
        title=batch.wish["title"],
        scheduled_at=scheduled_at,
        created_by=batch.created_by,
    )
    interview.status = first_status(interview)
    interview.save()
    return interview
