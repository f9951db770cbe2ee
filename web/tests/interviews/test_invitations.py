"""Inviting many: what would happen, then what happens, and what came of it."""

import csv
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.mail import CONSOLE
from hiring.models import Candidate, Interview, Job
from interviews.models import Task
from messaging.invitations.batches import DROP, FORGET, drop_draft, forget_batch, run_batch
from messaging.models import InvitationBatch, Message

PATH = "/invitations/"
GOOD = "name,email,phone,time_zone\nZoë Ł.,zoe@example.com,+4930901820,Europe/Berlin\nAda,ADA@example.com,,\n"
MIXED = GOOD + ",nobody,,Mars\n=cmd,eve@example.com,12,\nTwice,zoe@example.com,,\n"


def _text(answer) -> str:
    return answer.content.decode()


def _upload(client, content: str, **more: object):
    file = SimpleUploadedFile("people.csv", content.encode(), "text/csv")
    sent = {"file": file, "channels": ["email"], "channel": "voice", "language": "en", **more}
    return client.post(PATH, sent, follow=True)


def test_nothing_happens_before_it_is_confirmed_and_then_everything(
    as_role, job: Job, ada: Candidate
) -> None:
    client = as_role("recruiter")
    shown = _text(_upload(client, GOOD, job=job.pk, message="Hello!"))
    batch = InvitationBatch.objects.get()
    assert batch.status == "draft"
    assert "2 people would be invited" in shown
    assert "Known already, by the name Ada Byron" in shown
    assert (Candidate.objects.count(), Message.objects.count()) == (1, 0)
    run_batch(batch.pk, now=timezone.now())
    assert not Message.objects.exists()  # a draft is not run, whoever asks

    path = f"{PATH}{batch.pk}/"
    assert "Inviting:" in _text(client.post(f"{path}send/", follow=True))
    client.post(f"{path}send/")
    assert Task.objects.filter(kind="invitations.batch").count() == 1
    assert 'hx-trigger="load' in _text(client.get(f"{path}progress/"))
    run_batch(batch.pk, now=timezone.now())
    done = _text(client.get(f"{path}progress/"))
    assert "hx-trigger" not in done
    assert "2</span> invited" in done
    assert {one.candidate.email for one in Interview.objects.filter(job=job)} == {
        "zoe@example.com",
        "ada@example.com",
    }


def test_the_same_file_again_invites_nobody_twice(as_role, job: Job) -> None:
    client = as_role("recruiter")
    for _ in range(2):
        _upload(client, GOOD, job=job.pk)
    for batch in InvitationBatch.objects.order_by("pk"):  # both confirmed, one after the other
        client.post(f"{PATH}{batch.pk}/send/")
        run_batch(batch.pk, now=timezone.now())
    assert Interview.objects.count() == Message.objects.count() == Candidate.objects.count() == 2
    assert "2</span> passed over" in _text(client.get(f"{PATH}{batch.pk}/"))
    third = _text(_upload(client, GOOD, job=job.pk))
    assert "Nobody would be invited." in third
    assert "send/" not in third


def test_rows_without_an_address_are_known_by_their_number(as_role) -> None:
    client = as_role("recruiter")
    for _ in range(2):
        _upload(client, "name,phone\nZoë,+4930901820\n", channels=["sms"], title="A talk")
        batch = InvitationBatch.objects.first()
        client.post(f"{PATH}{batch.pk}/send/")
        run_batch(batch.pk, now=timezone.now())
    assert (Candidate.objects.count(), Message.objects.count()) == (1, 1)


def test_rows_that_are_wrong_are_named_left_out_and_downloaded(as_role, job: Job) -> None:
    client = as_role("recruiter")
    shown = _text(_upload(client, MIXED, job=job.pk))
    for told in (
        "3 rows",
        "no e-mail address",
        "no such time zone",
        "stands in row 2 already",
        "Invite 2 people",
    ):
        assert told in shown, told
    batch = InvitationBatch.objects.get()
    client.post(f"{PATH}{batch.pk}/send/")
    run_batch(batch.pk, now=timezone.now())
    Message.objects.filter(to="zoe@example.com").update(status="failed", error="=It was refused")
    Candidate.objects.filter(email="zoe@example.com").update(name="=cmd|calc")
    shown = _text(client.get(f"{PATH}{batch.pk}/?only=problems"))
    assert "It was refused" in shown
    assert "ada@example.com" not in shown.lower()
    answer = client.get(f"{PATH}{batch.pk}/failures.csv")
    rows = list(csv.DictReader(io.StringIO(_text(answer).removeprefix("\ufeff"))))
    assert [one["row"] for one in rows] == ["2", "4", "5", "6"]
    assert (rows[0]["name"], rows[0]["phone"]) == ("'=cmd|calc", "'+4930901820")
    given = [(one["name"], one["email"], one["phone"], one["time_zone"]) for one in rows[1:]]
    assert given[0] == ("", "nobody", "", "Mars")
    assert given[1] == ("'=cmd", "eve@example.com", "12", "")
    assert given[2] == ("Twice", "zoe@example.com", "", "UTC")
    forget_batch(batch.pk)
    left = _text(client.get(f"{PATH}{batch.pk}/failures.csv"))
    assert "eve@example.com" not in left
    assert "no e-mail address" in left


def test_names_of_rows_that_are_left_out_are_kept_no_longer_than_interviews(as_role, settings) -> None:
    settings.RETENTION_DAYS = 7
    client = as_role("recruiter")
    _upload(client, MIXED)
    batch, now = InvitationBatch.objects.get(), timezone.now()
    client.post(f"{PATH}{batch.pk}/send/")
    assert Task.objects.get(kind=FORGET).due_at - now >= timedelta(days=7)


def test_what_is_no_such_file_is_refused_at_its_field(as_role) -> None:
    client = as_role("recruiter")
    for content, told in (
        ("", "file is empty"),
        ("email\na@b.example\n", "name the columns"),
        ("name\n", "no rows"),
    ):
        shown = _text(_upload(client, content, title="Kept"))
        assert told in shown, content
        assert 'value="Kept"' in shown
    assert "required" in _text(client.post(PATH, {"channels": ["email"]}))
    shown = _text(_upload(client, GOOD, job="77777"))
    assert "There is no such job" in shown
    assert "choose the file again" in shown
    assert not InvitationBatch.objects.exists()


def test_a_draft_nobody_confirms_is_forgotten(as_role) -> None:
    _upload(as_role("recruiter"), GOOD)
    assert Task.objects.get(kind=DROP).due_at > timezone.now()
    drop_draft(InvitationBatch.objects.get().pk)
    assert not InvitationBatch.objects.exists()


def test_only_makers_have_a_part_in_it(as_role, stranger, client) -> None:
    _upload(as_role("recruiter"), GOOD)
    batch = InvitationBatch.objects.get()
    paths = [f"{PATH}{batch.pk}/{end}" for end in ("", "progress/", "failures.csv")]
    for role in ("reviewer", "observer"):
        client = as_role(role)
        assert "Preview the invitations" not in _text(client.get(PATH))
        assert _upload(client, GOOD).status_code == 403
        assert {client.get(path).status_code for path in paths} == {403}
        assert client.post(f"{PATH}{batch.pk}/send/").status_code == 403
    assert {stranger.get(path).status_code for path in paths} == {404}
    assert stranger.post(f"{PATH}{batch.pk}/send/").status_code == 404
    client.logout()
    assert {client.get(path).status_code for path in paths} == {302}
    assert as_role("admin").get(paths[0]).status_code == 200


def test_the_page_asks_no_more_for_many(as_role, django_assert_max_num_queries, job: Job) -> None:
    client = as_role("recruiter")
    people = "".join(f"Person {one},p{one}@example.com\n" for one in range(60))
    _upload(client, f"name,email\n{people}", job=job.pk)
    batch = InvitationBatch.objects.get()
    with django_assert_max_num_queries(12):
        assert "1 of 2" in _text(client.get(f"{PATH}{batch.pk}/"))
    client.post(f"{PATH}{batch.pk}/send/")
    run_batch(batch.pk, now=timezone.now())
    with django_assert_max_num_queries(12):
        client.get(f"{PATH}{batch.pk}/")


def test_the_template_is_a_file_that_is_taken(as_role) -> None:
    client = as_role("recruiter")
    template = _text(client.get(f"{PATH}template.csv"))
    assert "1 person would be invited" in _text(_upload(client, template))


def test_it_is_said_beforehand_where_no_e_mail_leaves(as_role, session, settings) -> None:
    client = as_role("recruiter")
    pages = (PATH, f"/interviews/sessions/{session.uuid}/invite/")
    assert not any("sends no e-mail" in _text(client.get(page)) for page in pages)
    settings.EMAIL_BACKEND = CONSOLE
    assert all("sends no e-mail" in _text(client.get(page)) for page in pages)
