"""Invites the people of one file, a few at a time, so that interviews which run meanwhile never wait long."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from accounts.models import Organisation
from hiring.models import Candidate, Interview, Job
from hiring.progress import first_status
from interviews.api.session_making import make_session
from interviews.background.kinds import GiveUpError
from interviews.background.rows import want
from interviews.models import Session
from messaging.invitations.csv_reading import Person
from messaging.invitations.inviting import CannotInviteError, Invitation, invite
from messaging.invitations.known_people import Known, invited_before
from messaging.models import InvitationBatch
from messaging.sms.consent import opted_out_among

RUN = "invitations.batch"
FORGET = "invitations.forget"
DROP = "invitations.drop"
DRAFTS_KEPT = timedelta(days=1)
AT_ONCE = 10  # in one transaction: on SQLite nobody else writes meanwhile
KNOWN = "Known already, by the name {name}; nothing of them is changed."
BEFORE = "They have this interview already, so nobody is invited again."
OPTED_OUT = "This number has opted out of texts and will not be texted."


def foresee(
    organisation: Organisation, people: list[Person], channels: tuple[str, ...], wish: dict[str, Any]
) -> list[dict[str, Any]]:
    """What would happen with each row. Writes nothing."""
    known, told = Known(organisation, people), []
    before = invited_before(organisation, wish, known.numbers(people))
    silent = opted_out_among(one.phone for one in people if one.phone) if "sms" in channels else set()
    for person in people:
        candidate = known.find(person)
        warnings = []
        if candidate is not None and candidate.name != person.name:
            warnings.append(KNOWN.format(name=candidate.name))
        if person.phone in silent:
            warnings.append(OPTED_OUT)
        told.append(_told(person, candidate, before) | {"warnings": warnings})
    return told


def _told(person: Person, candidate: Candidate | None, before: set[int]) -> dict[str, Any]:
    """A row as it stands before anybody is invited."""
    is_skipped = candidate is not None and candidate.pk in before
    return {
        "row": person.row,
        "candidate": "new" if candidate is None else "existing",
        "candidate_id": candidate.pk if candidate is not None else None,
        "session_id": None,
        "warnings": [],
        "skipped": is_skipped,
        "error": BEFORE if is_skipped else "",
    }


@transaction.atomic
def keep_draft(batch: InvitationBatch, now: datetime) -> None:
    """Keep a batch for a person to look at first; forgotten after a day, with whom it names."""
    batch.status = InvitationBatch.Status.DRAFT
    batch.save()
    want(DROP, str(batch.pk), {"batch": batch.pk}, now=now + DRAFTS_KEPT)


@transaction.atomic
def release_batch(batch_pk: int, now: datetime) -> bool:
    """Invite those of a draft; False where that was said already, or it is gone."""
    rows = InvitationBatch.objects.filter(pk=batch_pk, status=InvitationBatch.Status.DRAFT)
    if not rows.update(status=InvitationBatch.Status.QUEUED):
        return False
    want(RUN, str(batch_pk), {"batch": batch_pk}, now=now)
    _want_forgetting(batch_pk, now)
    return True


def drop_draft(batch_pk: int) -> None:
    InvitationBatch.objects.filter(pk=batch_pk, status=InvitationBatch.Status.DRAFT).delete()


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
    _want_forgetting(batch_pk, now)


def _want_forgetting(batch_pk: int, now: datetime) -> None:
    due_at = now + timedelta(days=settings.RETENTION_DAYS)
    want(FORGET, str(batch_pk), {"batch": batch_pk}, now=due_at)


@transaction.atomic
def forget_batch(batch_pk: int) -> None:
    """Who was not invited is nobody's business any more."""
    for batch in InvitationBatch.objects.select_for_update().filter(pk=batch_pk):
        if batch.status == InvitationBatch.Status.FAILED:
            batch.rows = []
        batch.results = [
            {name: value for name, value in one.items() if name != "given"} for one in batch.results
        ]
        batch.save(update_fields=["rows", "results"])


@transaction.atomic
def _some(batch_pk: int, now: datetime) -> bool:
    """Whether more are left."""
    rows = InvitationBatch.objects.select_related("organisation", "created_by")
    rows = rows.select_for_update(of=("self",)).exclude(
        status__in=(InvitationBatch.Status.DONE, InvitationBatch.Status.DRAFT)
    )
    batch = rows.filter(pk=batch_pk).first()
    if batch is None:
        return False
    if batch.created_by is None:
        raise GiveUpError("Whoever invited these people has no account here any more.")
    people = msgspec.convert(batch.rows[:AT_ONCE], list[Person])
    known = Known(batch.organisation, people)
    before = invited_before(batch.organisation, batch.wish, known.numbers(people))
    for person in people:
        told = _one(batch, person, known.find(person), before, now)
        before |= {told["candidate_id"]}  # two rows may turn out to be one person
        batch.results.append(told)
    batch.rows = batch.rows[AT_ONCE:]
    batch.status = InvitationBatch.Status.RUNNING if batch.rows else InvitationBatch.Status.DONE
    batch.finished_at = None if batch.rows else now
    batch.save(update_fields=["results", "rows", "status", "finished_at"])
    return bool(batch.rows)


def _one(
    batch: InvitationBatch, person: Person, found: Candidate | None, before: set[int], now: datetime
) -> dict[str, Any]:
    told = _told(person, found, before)
    if told["skipped"]:
        return told
    candidate = found or Candidate.objects.create(
        organisation=batch.organisation,
        name=person.name,
        email=person.email,
        phone=person.phone,
        time_zone=person.time_zone,
    )
    told["candidate_id"] = candidate.pk
    try:
        with transaction.atomic():
            session = _session_for(batch, candidate)
            invite(session, msgspec.convert(batch.invitation, Invitation), now=now)
    except CannotInviteError as error:
        return told | {"error": str(error)}
    return told | {"session_id": str(session.uuid)}


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
