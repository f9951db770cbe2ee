"""Whole interviews by text: asked, agreed to, held, stopped, taken up, ended."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from interviews.conversing import end, say
from interviews.evaluating import read_session
from interviews.live import events as ev
from interviews.live.commands import submit
from interviews.live.driving import drive
from interviews.live.log import append
from interviews.models import Request, Session
from interviews.refusals import RefusedError
from interviews.retention import erase_session
from messaging.links import notice_link
from messaging.models import Message, PhoneConsent, SmsInterview
from messaging.sms import texts
from messaging.sms.interviews import CannotBeginError

pytestmark = pytest.mark.django_db(transaction=True)
FULL = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases,"
)
REST = "and in the end we had zero downtime."


def test_an_interview_from_the_first_text_to_the_goodbye(phone: Any) -> None:
    phone.begin()
    phone.settle()
    assert [to for to, _ in phone.carrier.sent] == [phone.number] * 2
    asked = " ".join(phone.got)
    for told in ("Ada", "Acme", "AI interviewer", "Backend engineer", "2 questions", "rates", "YES", "STOP"):
        assert told in asked
    assert phone.interview.status == "asked"
    assert phone.text("What is this?") == [texts.ASK_AGAIN]
    greeting = " ".join(phone.text("Yes!"))
    phone.session.refresh_from_db()
    assert phone.session.status == "in_progress"
    assert phone.session.consent["notice_version"] == "sms-1"
    assert phone.session.questions.first().text[:40] in greeting
    consent = PhoneConsent.objects.get(number=phone.number)
    assert (consent.status, consent.words) == ("opted_in", "Yes!")
    assert "Reply YES to agree" in consent.question
    answered = phone.text(FULL, REST)
    turn = phone.session.turns.filter(speaker="candidate").get()
    assert (turn.text, turn.channel) == (f"{FULL} {REST}", "sms")
    assert answered
    _hold_to_its_end(phone)
    phone.session.refresh_from_db()
    assert phone.session.status == "completed"
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "completed")
    phone.wait(minutes=5)
    assert phone.got == []  # the interviewer said goodbye itself
    assert {row.session_id for row in phone.rows()} == {phone.session.pk}
    assert phone.rows(kind="reply")[-1].body.endswith("the next step. Goodbye, and all the best.")
    assert phone.text("Thanks!")[0].startswith("The interview is over.")
    assert phone.text("Hello?") == []  # once a day
    erase_session(phone.session)
    assert not SmsInterview.objects.exists()
    assert {row.session_id for row in phone.rows()} == {None}  # what was said to a stranger, afterwards
    phone.wait(days=91)
    assert not phone.rows()
    assert not PhoneConsent.objects.exists()


def test_what_the_plan_tells_candidates_comes_before_their_yes(phone: Any) -> None:
    phone.session.plan["policy"] = {"notice": "We keep answers\nfor a month"}
    phone.session.save()
    _begun(phone)
    asked = PhoneConsent.objects.get(number=phone.number).question
    assert "Acme tells you: We keep answers for a month. Msg & data rates" in asked
    phone.session.refresh_from_db()
    assert re.fullmatch(r"sms-1\+[0-9a-f]{12}", phone.session.consent["notice_version"])


def test_what_is_too_long_for_a_text_stands_on_a_page(phone: Any) -> None:
    phone.session.plan["policy"] = {"notice": "We keep what you say. " * 20}
    phone.session.save()
    phone.begin()
    phone.settle()
    asked = phone.got
    assert len(asked) == 2
    assert any(f" {notice_link(phone.session)} " in text for text in asked)
    assert not any("We keep" in text for text in asked)


def _hold_to_its_end(phone: Any) -> None:
    for words in (FULL + REST, FULL + REST, FULL + REST, "No, thank you.", "No, thank you.", "Goodbye."):
        phone.session.refresh_from_db()
        if phone.session.is_over:
            return
        assert phone.text(words)


def test_a_clock_stands_still_between_two_texts(phone: Any) -> None:
    _begun(phone)
    phone.wait(hours=3)
    assert phone.got == []
    state = read_session(phone.session).state
    assert (state.state, state.is_time_up) == ("paused", False)
    assert phone.text(FULL)
    assert not read_session(phone.session).state.is_time_up


def _begun(phone: Any) -> str:
    phone.begin()
    phone.settle()
    return " ".join(phone.text("YES")[-1:])


def test_stop_is_stop_and_start_takes_it_up(phone: Any) -> None:
    question = _begun(phone)
    assert phone.text("STOP") == []  # the carrier confirms it itself
    assert phone.text("Are you there?") == []
    assert PhoneConsent.objects.get(number=phone.number).status == "opted_out"
    assert phone.interview.status == "running"
    assert phone.text("start")[-1:] == [question]
    assert phone.text(FULL)
    help_told = " ".join(phone.text("HELP"))
    assert "sam@acme.example" in help_told
    assert phone.session.turns.filter(speaker="candidate").count() == 1


def test_a_carrier_that_confirms_nothing_leaves_it_to_us(phone: Any) -> None:
    phone.carrier.answers_stop = False
    _begun(phone)
    assert phone.text("STOP") == [texts.OPTED_OUT]
    assert phone.text("STOP") == []


def test_an_interview_that_was_ended_elsewhere_holds_no_number(make_phone: Any) -> None:
    first, second = make_phone(), make_phone()
    first.begin()
    first.settle()
    assert len(first.got) == 2
    first.session.refresh_from_db()
    end(first.session, user=None, is_guest=False)
    second.begin()  # at once, before the work that would have said goodbye
    second.settle()
    goodbye, *asked = second.got
    assert goodbye.startswith("The interview has been cancelled.")
    assert "Reply YES to agree" in " ".join(asked)
    assert (first.interview.status, first.interview.end_reason) == ("ended", "cancelled")
    second.wait(minutes=5)
    assert second.got == []


def test_while_a_person_speaks_a_text_waits(phone: Any) -> None:
    _begun(phone)
    phone.session.refresh_from_db()
    append(phone.session.pk, phone.session.epoch, [ev.StateChanged(state="taken_over", reason="by Sam")])
    phone.send(FULL)
    phone.settle()
    phone.now += timedelta(seconds=30)
    with pytest.raises(RefusedError, match="person is speaking"):
        phone.settle()
    assert [row.body for row in phone.rows(kind="wait")] == [texts.PERSON_SPEAKS]
    assert phone.interview.parts
    phone.session.refresh_from_db()
    append(phone.session.pk, phone.session.epoch, [ev.StateChanged(state="paused")])
    assert phone.text() != []
    assert phone.session.turns.get(speaker="candidate").text == FULL


def test_no_is_no(phone: Any) -> None:
    phone.begin()
    assert phone.text("No thanks")[-1] == texts.DECLINED
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "declined")
    with pytest.raises(CannotBeginError) as refused:  # "you will get no more texts about this interview"
        phone.begin()
    assert refused.value.code == "declined"
    phone.session.refresh_from_db()
    assert phone.session.status == "scheduled"


def test_not_knowing_leads_to_help_and_then_to_another_day(phone: Any) -> None:
    _begun(phone)
    helped = phone.text("I don't know")
    assert helped
    assert texts.ANOTHER_DAY not in helped
    assert phone.text("No idea, sorry") == [texts.ANOTHER_DAY]
    assert phone.session.events.filter(type="offer.made", payload__offer="reschedule").exists()
    assert phone.text("RESCHEDULE")
    phone.session.refresh_from_db()
    assert (phone.session.status, phone.session.end_reason) == ("cancelled", "rescheduled")
    assert Request.objects.get(session=phone.session).kind == "person"
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "rescheduled")


def test_a_break_and_back(phone: Any) -> None:
    question = _begun(phone)
    assert phone.text("I need a break") == [texts.ON_A_BREAK]
    phone.wait(hours=1)
    back = phone.text("I'm back")
    assert back
    assert back != [question]
    assert phone.session.turns.filter(speaker="candidate").count() == 1


def test_what_is_no_answer(phone: Any, settings: Any) -> None:
    _begun(phone)
    assert phone.text("") == [texts.NO_WORDS]
    assert phone.text("x" * 3_000, "y" * 3_000) == [texts.TOO_LONG]
    assert not phone.session.turns.filter(speaker="candidate").exists()


def test_texts_wait_for_each_other_and_are_said_once(phone: Any) -> None:
    _begun(phone)
    phone.send(FULL)
    phone.settle()
    phone.wait(seconds=15)
    assert phone.got == []
    phone.send(REST)
    phone.settle()
    phone.wait(seconds=15)
    assert phone.got == []
    phone.wait(seconds=10)
    assert phone.got
    parts = [{"message": phone.rows(direction="in", body=FULL)[0].pk, "text": f"{FULL} {REST}"}]
    SmsInterview.objects.update(
        parts=parts, parts_until=phone.now
    )  # as after a crash before they were dropped
    _turn(phone)
    assert phone.session.turns.filter(speaker="candidate").count() == 1
    assert phone.interview.parts == []
    assert phone.got == []


def _turn(phone: Any) -> None:
    from messaging.sms.incoming import want_turn  # noqa: PLC0415

    want_turn(phone.interview, now=phone.now)
    phone.settle()


def test_it_ends_with_a_text_when_it_ended_elsewhere(phone: Any) -> None:
    _begun(phone)
    submit(phone.session, command_id="end", kind="session.end", payload={})
    drive(phone.session.pk)
    phone.session.refresh_from_db()
    assert phone.session.is_over
    phone.now = timezone.now().replace(hour=12) + timedelta(days=1)
    phone.settle()
    assert len(phone.got) == 1
    assert phone.rows(kind="closing")[0].body.startswith("The interview is over.")
    assert (phone.interview.status, phone.interview.end_reason) == ("ended", "ended_by_observer")


def test_what_was_answered_elsewhere_is_not_texted_in_bulk(phone: Any) -> None:
    _begun(phone)
    phone.session.refresh_from_db()
    submit(phone.session, command_id="resume", kind="candidate.resume", payload={})
    for words in (FULL, FULL):
        say(phone.session, text=words, seconds=None, user=None)
    _turn(phone)
    newest = phone.session.turns.filter(speaker="interviewer").order_by("-seq").first()
    assert "".join(phone.got)[:30].removeprefix("(1/2) ")[:20] in newest.text
    assert phone.interview.sent_seq == newest.seq
    assert len({row.key.rsplit("/", 1)[0] for row in phone.rows(kind="reply")}) == 2  # the greeting and this


def test_a_session_that_began_by_voice_goes_on_by_text(phone: Any) -> None:
    from interviews.conversing import start  # noqa: PLC0415

    phone.begin()
    phone.settle()
    start(phone.session, consent=None, user=None)
    greeting = phone.session.turns.get()
    assert "".join(phone.text("YES")[-1:])[-20:] == greeting.text[-20:]
    assert phone.text(FULL)
    story = read_session(Session.objects.get(pk=phone.session.pk))
    assert [moment.event.channel for moment in story.moments if isinstance(moment.event, ev.TurnEnded)] == [
        "sms"
    ]


def test_one_reminder_a_silence_and_never_at_night(make_phone: Any) -> None:
    phone = make_phone(time_zone="Europe/Berlin")
    _begun(phone)
    phone.wait(hours=4)
    assert [row.kind for row in phone.rows(direction="out")][-1] == "reminder"
    assert len(phone.got) == 1
    phone.wait(hours=4)
    assert phone.got == []
    assert phone.text(FULL)  # nine in the evening there: an answer is answered
    phone.wait(hours=4)
    assert phone.got == []
    phone.wait(hours=8)
    assert len(phone.got) == 1
    assert Message.objects.filter(kind="reminder").count() == 2


def test_a_goodbye_that_nobody_heard_ends_it_too(make_phone: Any) -> None:
    """The page was closed between the last answer and the end of the voice that said goodbye."""
    phone = make_phone(questions=1)
    _begun(phone)
    phone.session.refresh_from_db()
    submit(phone.session, command_id="resume", kind="candidate.resume", payload={})
    for number, words in enumerate((FULL + REST, FULL, FULL, "No, thank you.")):
        submit(phone.session, command_id=f"{number}", kind="answer.text", payload={"text": words})
        drive(phone.session.pk)
        if phone.session.turns.filter(kind="closing").exists():
            break
    phone.session.refresh_from_db()
    assert not phone.session.is_over
    _turn(phone)
    assert "Goodbye" in phone.got[0]
    assert phone.interview.end_reason == "completed"
