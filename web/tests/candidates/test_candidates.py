"""Candidates on pages: listed, made, shown by role, changed, deleted; their résumés."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Organisation
from hiring.models import Candidate, Interview
from interviews.guest_cookie import cookie_name


def _text(answer) -> str:
    return answer.content.decode()


def test_who_may_read_contacts_reads_them_and_an_observer_does_not(as_role, ada: Candidate) -> None:
    for role in ("admin", "recruiter", "reviewer", "observer"):
        client = as_role(role)
        for path in ("/candidates/", f"/candidates/{ada.pk}/"):
            shown = _text(client.get(path))
            assert "Ada Byron" in shown
            assert ("ada@example.com" in shown) == (role != "observer"), (role, path)
            assert ("+442079460123" in shown) == (role != "observer"), (role, path)
        assert ("/candidates/new/" in _text(client.get("/candidates/"))) == (role in {"admin", "recruiter"})


def test_an_observer_searches_names_alone(as_role, ada: Candidate) -> None:
    client = as_role("observer")
    assert "Ada Byron" in _text(client.get("/candidates/?q=byron"))
    assert "Ada Byron" not in _text(client.get("/candidates/?q=ada%40example"))
    assert "Ada Byron" in _text(as_role("reviewer").get("/candidates/?q=ada%40example"))


@pytest.mark.parametrize("role", ["reviewer", "observer"])
def test_who_only_reads_changes_nothing(as_role, ada: Candidate, role: str) -> None:
    client, before = as_role(role), f"/candidates/{ada.pk}/"
    for path in ("/candidates/new/", f"{before}change/", f"{before}delete/"):
        assert client.get(path).status_code == 403
    for path in ("/candidates/new/", f"{before}change/", f"{before}delete/", f"{before}resume/remove/"):
        assert client.post(path, {"name": "X"}).status_code == 403
    file = SimpleUploadedFile("cv.txt", b"words")
    assert client.post(f"{before}resume/", {"resume": file}).status_code == 403
    assert Candidate.objects.get().name == "Ada Byron"


def test_to_strangers_and_candidates_there_is_nobody(
    stranger: Client, client: Client, ada, make_interview
) -> None:
    paths = [f"/candidates/{ada.pk}/{end}" for end in ("", "change/", "delete/", "resume/")]
    assert [stranger.get(path).status_code for path in paths] == [404] * 4
    assert "Ada" not in _text(stranger.get("/candidates/"))
    assert stranger.get(f"/candidates/{2**70}/").status_code == 404
    session, token = make_interview()
    client.cookies[cookie_name(session.uuid)] = token
    assert {client.get(path).status_code for path in paths} == {302}


def test_one_is_made_and_mistakes_keep_what_was_typed(as_role) -> None:
    client = as_role("recruiter")
    wrong = {"name": "Zoë Ł.", "email": "nowhere", "phone": "12", "time_zone": "Mars"}
    shown = _text(client.post("/candidates/new/", wrong))
    for told in ("Zoë Ł.", 'value="nowhere"', "valid email", "country code", "no such time zone"):
        assert told in shown, told
    assert not Candidate.objects.exists()
    right = {
        "name": "Zoë Ł.",
        "email": "zoe@example.com",
        "phone": "+49 30 901820",
        "time_zone": "Europe/Berlin",
    }
    file = SimpleUploadedFile("cv.txt", b"Ten years of Python at Acme.")
    answer = client.post("/candidates/new/", {**right, "resume": file}, follow=True)
    made = Candidate.objects.get()
    assert answer.redirect_chain == [(f"/candidates/{made.pk}/", 302)]
    assert (made.phone, made.resume_text) == ("+4930901820", "Ten years of Python at Acme.")
    assert "Ten years of Python" in _text(answer)


def test_a_file_that_was_chosen_beside_a_mistake_has_to_be_chosen_again(as_role) -> None:
    client = as_role("recruiter")
    wrong = {"name": "", "time_zone": "UTC"}
    file = SimpleUploadedFile("cv.txt", b"Ten years of Python at Acme.")
    assert "choose the file again" in _text(client.post("/candidates/new/", {**wrong, "resume": file}))
    assert "choose the file again" not in _text(client.post("/candidates/new/", wrong))
    refused = {**wrong, "name": "Zoë", "email": "nowhere"}  # by the interface, once the form was well filled
    file.seek(0)
    assert "choose the file again" in _text(client.post("/candidates/new/", {**refused, "resume": file}))


def test_one_is_changed(as_role, ada: Candidate) -> None:
    client, path = as_role("recruiter"), f"/candidates/{ada.pk}/change/"
    assert 'value="ada@example.com"' in _text(client.get(path))
    client.post(path, {"name": "Ada King", "email": "", "phone": "", "time_zone": "Europe/London"})
    ada.refresh_from_db()
    assert (ada.name, ada.email, ada.phone, ada.time_zone) == ("Ada King", "", "", "Europe/London")


def test_a_resume_is_uploaded_read_downloaded_and_removed(as_role, ada: Candidate) -> None:
    written, file = docx.Document(), BytesIO()
    written.add_paragraph("Led a migration of ten databases.")
    written.save(file)
    client, path = as_role("recruiter"), f"/candidates/{ada.pk}/resume/"
    shown = client.post(path, {"resume": SimpleUploadedFile("me.docx", file.getvalue())}, follow=True)
    assert "Led a migration" in _text(shown)
    for role in ("reviewer", "admin"):
        answer = as_role(role).get(path)
        assert answer.content == file.getvalue()
        assert "attachment" in answer["Content-Disposition"]
    assert as_role("observer").get(path).status_code == 403
    as_role("recruiter").post(f"{path}remove/")
    ada.refresh_from_db()
    assert (ada.resume.name, ada.resume_text) == ("", "")
    assert client.get(path).status_code == 404


def test_what_is_wrong_with_a_file_is_told(as_role, ada: Candidate) -> None:
    client, path = as_role("recruiter"), f"/candidates/{ada.pk}/resume/"
    assert "empty" in _text(client.post(path, {"resume": SimpleUploadedFile("cv.txt", b"")}))
    picture = SimpleUploadedFile("cv.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    assert "field-error" in _text(client.post(path, {"resume": picture}))
    assert "required" in _text(client.post(path, {}))


def test_who_has_interviews_stays(as_role, ada: Candidate, organisation: Organisation) -> None:
    client, path = as_role("recruiter"), f"/candidates/{ada.pk}/delete/"
    interview = Interview.objects.create(organisation=organisation, candidate=ada)
    assert "Delete for good" not in _text(client.get(path))
    assert "delete them first" in _text(client.post(path))
    interview.delete()
    assert "Delete for good" in _text(client.get(path))
    assert client.post(path)["Location"] == "/candidates/"
    assert not Candidate.objects.exists()


def test_the_list_asks_no_more_for_many(as_role, organisation, django_assert_max_num_queries) -> None:
    for number in range(30):
        Candidate.objects.create(organisation=organisation, name=f"Candidate {number}")
    client = as_role("recruiter")
    with django_assert_max_num_queries(10):
        shown = _text(client.get("/candidates/"))
    assert "1 of 2" in shown
