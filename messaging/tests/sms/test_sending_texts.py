"""Texts on their way: in order, once, within limits; and what follows when one is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from interviews.models import Note, Task
from interviews.retention import erase_session
from messaging.models import Message, PhoneConsent
from messaging.sms import outgoing
from messaging.sms.outgoing import Text, queue, send_waiting
from messaging.sms.port import SmsError
from messaging.sms.statuses import keep_status

pytestmark = pytest.mark.django_db
NUMBER = "+14155550123"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NIGHT = NOON + timedelta(hours=11)
LONG = "Tell me about a time when something went wrong in production and what you did about it. " * 5
GONE = SmsError("30005", "Unknown destination handset", is_permanent=True)


def wait(body: str = "Hello", kind: str = "reply", *, now: datetime = NOON) -> None:
    queue(NUMBER, Text(body, kind, f"{kind}/{Message.objects.count()}"), now=now)


def rows() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("status", "error_code"))


def test_parts_go_in_their_order_and_once(carrier: Any) -> None:
    wait(LONG)
    queue(NUMBER, Text(LONG, "reply", "reply/0"), now=NOON)  # said again after a crash
    wait("And then?")
    for _ in range(2):
        send_waiting(NUMBER, sender=carrier, now=NOON)
    assert [text[:6] for text in carrier.texts] == ["(1/2) ", "(2/2) ", "And th"]
    assert rows() == [("sent", "")] * 3
    assert [row.provider_id[-1] for row in Message.objects.order_by("pk")] == ["1", "2", "3"]


def test_what_we_begin_waits_for_the_morning_and_answers_do_not(carrier: Any) -> None:
    wait("Would you like to begin?", "reminder", now=NIGHT)
    wait("Answered.", now=NIGHT)
    send_waiting(NUMBER, sender=carrier, now=NIGHT)
    assert carrier.texts == ["Answered."]
    due_at = Task.objects.get(kind=outgoing.SEND).due_at
    assert due_at == NIGHT.replace(hour=8) + timedelta(days=1)
    send_waiting(NUMBER, sender=carrier, now=due_at)
    assert carrier.texts == ["Answered.", "Would you like to begin?"]


def test_a_passing_fault_is_tried_again_and_nothing_overtakes(carrier: Any) -> None:
    carrier.faults = [SmsError("20429", "Too many requests", is_permanent=False)]
    wait("One")
    wait("Two")
    with pytest.raises(SmsError):
        send_waiting(NUMBER, sender=carrier, now=NOON)
    assert rows() == [("queued", "20429"), ("queued", "")]
    send_waiting(NUMBER, sender=carrier, now=NOON)
    assert carrier.texts == ["One", "Two"]


def test_a_text_whose_outcome_was_lost_is_looked_for_first(carrier: Any) -> None:
    carrier.faults = [SmsError("unreachable", "ReadTimeout", is_permanent=False)]
    wait("One")
    with pytest.raises(SmsError):
        send_waiting(NUMBER, sender=carrier, now=NOON)
    carrier.found = "SM" + "f" * 32
    send_waiting(NUMBER, sender=carrier, now=NOON + timedelta(minutes=1))
    assert carrier.texts == []
    assert Message.objects.get().provider_id == "SM" + "f" * 32


def test_a_final_refusal_stops_the_interview_and_tells_people(phone: Any) -> None:
    phone.carrier.faults = [GONE] * 2
    phone.begin()
    phone.settle()
    assert rows() == [("failed", "30005"), ("failed", "superseded")]
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "undeliverable")
    assert "code 30005" in Note.objects.get(session=phone.session).text


def test_whoever_told_the_carrier_to_stop_has_told_us(phone: Any) -> None:
    phone.carrier.faults = [SmsError("21610", "Unsubscribed", is_permanent=True)]
    phone.begin()
    phone.settle()
    assert PhoneConsent.objects.get(number=NUMBER).status == "opted_out"
    assert rows() == [("failed", "21610"), ("failed", "opted_out")]
    assert phone.interview.status == "asked"  # START takes it up


def test_hours_of_trying_end(phone: Any) -> None:
    phone.carrier.faults = [SmsError("20003", "Authenticate", is_permanent=False)]
    phone.begin()
    with pytest.raises(SmsError):
        phone.settle()
    outgoing.give_up(NUMBER, now=phone.now)
    assert rows() == [("failed", "20003"), ("failed", "unreachable")]
    assert phone.interview.end_reason == "undeliverable"


def test_a_number_gets_no_more_than_its_share_of_a_day(carrier: Any, settings: Any) -> None:
    settings.SMS = replace(settings.SMS, daily_limit=2)
    for body in ("One", "Two", "Three"):
        wait(body)
    send_waiting(NUMBER, sender=carrier, now=NOON)
    assert carrier.texts == ["One", "Two"]
    assert rows()[-1] == ("failed", "daily_limit")
    wait("Four", now=NOON + timedelta(days=1, minutes=1))
    send_waiting(NUMBER, sender=carrier, now=NOON + timedelta(days=1, minutes=1))
    assert carrier.texts == ["One", "Two", "Four"]


def test_reports_never_go_backwards(carrier: Any) -> None:
    wait("One")
    send_waiting(NUMBER, sender=carrier, now=NOON)
    sid = Message.objects.get().provider_id
    for status, becomes in (
        ("queued", "sent"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("sent", "delivered"),
        ("undelivered", "delivered"),
    ):
        keep_status(sid, status, "30003", now=NOON)
        assert rows() == [(becomes, "")]


def test_a_report_that_comes_too_early_is_kept_for_later() -> None:
    keep_status("SM1", "delivered", "", now=NOON)
    waiting = Task.objects.get(kind="sms.status")
    assert waiting.payload == {"provider_id": "SM1", "status": "delivered", "code": ""}
    assert waiting.due_at > NOON
    keep_status("SM2", "delivered", "", now=NOON, is_last_try=True)
    assert Task.objects.count() == 1


def test_an_undelivered_text_stops_the_interview(phone: Any) -> None:
    phone.begin()
    phone.settle()
    keep_status(phone.rows()[0].provider_id, "undelivered", "30006", now=phone.now)
    assert phone.interview.end_reason == "undeliverable"
    assert phone.rows()[0].error_code == "30006"


def test_no_log_can_name_a_number(phone: Any, caplog: Any) -> None:
    fault = SmsError("21211", f"The 'To' number {NUMBER} is not a valid phone number.", is_permanent=True)
    assert repr(fault) == "SmsError(\"21211 The 'To' number …23 is not a valid phone number.\")"
    phone.carrier.faults = [fault]
    phone.begin()
    assert all(NUMBER not in task.key for task in Task.objects.all())  # the worker logs keys
    phone.settle()
    assert NUMBER[2:] not in caplog.text
    assert phone.rows()[0].error == "The 'To' number …23 is not a valid phone number."


def test_work_that_failed_forgets_the_number_too(phone: Any) -> None:
    phone.begin()
    Task.objects.filter(kind="sms.send").update(status=Task.Status.FAILED)
    assert any(NUMBER in str(task.payload) for task in Task.objects.all())
    erase_session(phone.session)
    assert not any(NUMBER in str(task.payload) for task in Task.objects.all())
