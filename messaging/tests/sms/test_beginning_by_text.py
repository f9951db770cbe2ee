"""Who may be asked by text, and when; over REST and beneath it."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from hiring.models import Candidate
from interviews.models import Session
from messaging.models import SmsInterview
from messaging.sms.consent import opt_out
from messaging.sms.interviews import CannotBeginError, ask_for_consent

pytestmark = pytest.mark.django_db


def refusal(phone: Any) -> str:
    with pytest.raises(CannotBeginError) as raised:
        phone.begin()
    return raised.value.code


def test_at_night_the_first_text_waits(make_phone: Any) -> None:
    phone = make_phone(time_zone="America/Los_Angeles")  # four in the morning there
    assert phone.begin().status == "waiting"
    phone.settle()
    assert phone.got == []
    assert refusal(phone) == "already_texting"
    phone.wait(hours=4)
    assert len(phone.got) == 2
    assert phone.interview.status == "asked"


def test_what_changed_in_the_night_counts(make_phone: Any) -> None:
    phone = make_phone(time_zone="America/Los_Angeles")
    phone.begin()
    opt_out(phone.number, "STOP", now=phone.now)
    phone.wait(hours=4)
    assert phone.got == []
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "opted_out")


def test_one_interview_a_number(make_phone: Any) -> None:
    first, second = make_phone(), make_phone()
    first.begin()
    assert refusal(second) == "number_busy"
    SmsInterview.objects.update(updated_at=first.now - timedelta(days=4))  # nobody ever said YES
    second.begin()
    assert first.interview.end_reason == "no_answer"
    assert second.interview.status == "asked"


def test_who_is_not_asked(phone: Any) -> None:
    phone.number = "0415 555 0123"
    assert refusal(phone) == "bad_phone"
    phone.number = "+14155550123"
    opt_out(phone.number, "STOP", now=phone.now)
    assert refusal(phone) == "opted_out"
    Session.objects.update(status="cancelled")
    assert refusal(phone) == "session_over"


def test_over_rest(
    phone: Any,
    recruiter: APIClient,
    stranger: APIClient,
    anyone: APIClient,
    make_user: Any,
    as_user: Any,
    told: Any,
) -> None:
    path = f"/api/sessions/{phone.session.uuid}/sms/"
    assert told(anyone.post(path), 401)["code"] == "not_authenticated"
    assert told(stranger.post(path), 404)["code"] == "not_found"
    watcher = as_user(make_user("olga", "observer"))
    assert told(watcher.post(path), 403)["code"] == "permission_denied"
    assert told(recruiter.get(path), 404)["message"] == "There is no such interview by text."
    made = told(recruiter.post(path), 201)
    assert made["status"] in {"asked", "waiting"}  # by the clock on the wall
    assert (made["session_id"], made["number"]) == (str(phone.session.uuid), "…23")
    assert "415" not in str(made).replace("1415", "") or made["texts"]
    assert told(recruiter.post(path), 409)["code"] == "already_texting"
    assert told(watcher.get(path), 200)["time_zone"] == "UTC"
    phone.session.refresh_from_db()
    assert phone.session.preferred_channel == "sms"
    Candidate.objects.update(phone="")
    assert told(recruiter.post(path), 409)["code"] == "no_phone"
    assert told(recruiter.post("/api/sessions/99999999999999999999/sms/"), 404)["code"] == "not_found"


def test_two_that_began_at_once(make_phone: Any) -> None:
    """Both waited for the morning; the database lets one of them ask."""
    first, second = make_phone(), make_phone()
    first.begin()
    waiting = SmsInterview.objects.create(session=second.session, number=second.number, status="waiting")
    ask_for_consent(waiting, now=second.now)
    assert (second.interview.status, second.interview.end_reason) == ("ended", "number_busy")
    assert first.interview.status == "asked"


def test_people_may_look_and_nobody_may_change(phone: Any, admin_client: Any) -> None:
    phone.begin()
    for table in ("message", "phoneconsent", "smsinterview"):
        page = admin_client.get(f"/admin/messaging/{table}/?q=415")
        assert page.status_code == 200
        assert "+14155550123" in page.content.decode()
        assert admin_client.get(f"/admin/messaging/{table}/add/").status_code == 403
