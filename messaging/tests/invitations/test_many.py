"""Inviting everybody in a file: read, looked at, done in the background."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Role
from hiring.models import Candidate, Interview, Job
from interviews.models import Session, Task
from messaging.invitations.batches import FORGET, forget_batch, give_up_batch, run_batch
from messaging.invitations.csv_reading import CsvError, read_people
from messaging.models import InvitationBatch, Message, PhoneConsent

BULK = "/api/invitations/bulk/"
GOOD = (
    "Phone;note;NAME;email;time_zone\r\n"
    "+49 30 901820;x;=Zoë;zoe@example.com;Europe/Berlin\r\n"
    ";;Ada;ADA@example.com;\r\n"
)


def post(client: Any, content: str | bytes, **fields: Any) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("people.csv", raw, "text/csv")
    return client.post(
        BULK, {"file": file, "job_role": "Nurse", "num_questions": 1, **fields}, format="multipart"
    )


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    recruiter, told, organisation: Organisation
) -> None:
    known = Candidate.objects.create(organisation=organisation, name="Ada Byron", email="ada@example.com")
    body = told(post(recruiter, b"\xef\xbb\xbf" + GOOD.encode(), dry_run="true"), 200)
    assert (body["total"], body["new"], body["existing"]) == (2, 1, 1)
    assert body["results"][1]["candidate_id"] == known.pk
    assert "Ada Byron" in body["results"][1]["warnings"][0]
    assert not InvitationBatch.objects.exists()
    assert Candidate.objects.count() == 1


def test_a_dry_run_asks_the_database_as_little_for_many_as_for_one(recruiter, told) -> None:
    asked = []
    for count in (1, 30):
        rows = "".join(f"Ada {one},+4930901{one:03}\n" for one in range(count))
        with CaptureQueriesContext(connection) as captured:
            told(post(recruiter, f"name,phone\n{rows}", dry_run="true", channels=["sms"]), 200)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_who_takes_no_texts_is_named_before(recruiter, told) -> None:
    PhoneConsent.objects.create(number="+4930901820", status="opted_out")
    [one] = told(post(recruiter, "name,phone\nZoë,+4930901820\n", dry_run="true", channels=["sms"]), 200)[
        "results"
    ]
    assert "opted out" in one["warnings"][0]


def test_everybody_is_invited_once_for_the_job(recruiter, stranger, told, organisation: Organisation) -> None:
    Candidate.objects.create(organisation=organisation, name="Ada Byron", email="ada@example.com")
    job = Job.objects.create(organisation=organisation, title="Nurse")
    PhoneConsent.objects.create(number="+4930901820", status="opted_out")
    at = "2030-05-01T10:00:00Z"
    body = told(post(recruiter, GOOD, job_id=job.pk, scheduled_at=at, message="Hello!"), 202)
    assert (body["status"], body["done"], body["total"]) == ("queued", 0, 2)
    for _ in range(2):
        run_batch(body["id"], now=timezone.now())
    told(stranger.get(f"{BULK}{body['id']}/"), 404)
    done = told(recruiter.get(f"{BULK}{body['id']}/"), 200)
    assert (done["status"], done["invited"]) == ("done", 2)
    assert [one["candidate"] for one in done["results"]] == ["new", "existing"]
    assert InvitationBatch.objects.get().rows == []
    zoe = Candidate.objects.get(email="zoe@example.com")
    assert (zoe.name, zoe.phone, zoe.time_zone) == ("=Zoë", "+4930901820", "Europe/Berlin")
    session = Session.objects.get(candidate=zoe)
    assert session.round is not None
    assert session.round.interview == Interview.objects.get(candidate=zoe, job=job, status="scheduled")
    assert {one.to for one in Message.objects.all()} == {"zoe@example.com", "ada@example.com"}
    assert "Hello!" in session.messages.get().body

    by_text = told(post(recruiter, "name,phone\nZoë,+4930901820\n", channels=["sms"]), 202)
    run_batch(by_text["id"], now=timezone.now())
    [one] = told(recruiter.get(f"{BULK}{by_text['id']}/"), 200)["results"]
    assert (one["session_id"], one["error"]) == (None, "The candidate has opted out of texts.")


def test_who_was_not_invited_is_forgotten_in_time(recruiter, told) -> None:
    number, now = told(post(recruiter, GOOD), 202)["id"], timezone.now()
    give_up_batch(number, now=now)
    assert len(InvitationBatch.objects.get().rows) == 2
    task = Task.objects.get(kind=FORGET)
    assert task.due_at - now == timedelta(days=90)
    run_batch(number, now=now)  # a person had it run again
    kept = InvitationBatch.objects.get()
    assert (kept.status, kept.done) == ("done", 2)

    another = told(post(recruiter, GOOD), 202)["id"]
    give_up_batch(another, now=now)
    forget_batch(another)
    kept = InvitationBatch.objects.get(pk=another)
    assert (kept.status, kept.rows, kept.total) == ("failed", [], 2)


def test_one_wrong_row_stops_all_and_is_named(recruiter, told) -> None:
    rows = "name,email,phone,time_zone\nAda,ada@example.com,,\n,no,123,Mars\nEve,ADA@example.com,,\n"
    fields = told(post(recruiter, rows), 400)["fields"]
    assert set(fields) == {"rows.3.name", "rows.3.email", "rows.3.phone", "rows.3.time_zone", "rows.4.email"}
    assert fields["rows.4.email"] == ["This stands in row 2 already."]
    assert not Candidate.objects.exists()
    told(post(recruiter, GOOD, job_id=2**70), 400)
    told(post(recruiter, GOOD, channels=["fax"]), 400)
    assert set(told(recruiter.post(BULK, {}, format="multipart"), 400)["fields"]) == {"file"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"email\na@b.example\n",
        b"name,email\n",
        b"name,email\n\xff\xfe,a@b.example\n",
        b"name,email\n\0,a@b.example\n",
        b"name,name\nA,B\n",
        b"name,email\n" + b"A,a@b.example\n" * 1001,
        b"name\n" + b"x" * 200_000,
        b"name\n" + b"x\n" * 600_000,
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    with pytest.raises(CsvError):
        read_people(content, ("email",))


def test_columns_are_known_as_people_head_them() -> None:
    people, faults = read_people(b"Name;E-Mail;Time zone\nAda;ada@example.com;Europe/Rome\n", ("email",))
    assert not faults
    assert (people[0].email, people[0].time_zone) == ("ada@example.com", "Europe/Rome")


def test_a_file_in_an_older_encoding_is_told_how_to_save_it() -> None:
    with pytest.raises(CsvError, match="CSV UTF-8"):
        read_people("name;email\nJürgen;j@example.com\n".encode("latin-1"), ("email",))


def test_only_makers_invite_many(anyone, hiring, make_user, as_user, told) -> None:
    told(post(anyone, GOOD), 401)
    told(post(hiring.candidate, GOOD), 403)
    told(post(as_user(make_user("olaf", Role.OBSERVER)), GOOD), 403)
