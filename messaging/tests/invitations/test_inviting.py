"""Inviting one candidate: who may, what is sent, which link opens the interview, and reminders."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Role
from interviews.background.kinds import GiveUpError
from interviews.models import Session, Task
from messaging.invitations.inviting import Invitation, invite
from messaging.invitations.reminding import remind
from messaging.links import find_link, mark_of
from messaging.mail.outgoing import MailError
from messaging.mail.sending import give_up_mail, send_mail
from messaging.models import Message, PhoneConsent, SmsInterview
from messaging.sms.facts import facts_of
from messaging.sms.outgoing import send_waiting

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def path(session: Session) -> str:
    return f"/api/sessions/{session.uuid}/invite/"


def link_in(text: str) -> str:
    return next(word for word in text.split() if "/i/" in word)


class Carrier:
    answers_stop = True

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, to: str, body: str, *, sender: str, status_callback: str) -> str:
        self.sent.append(body)
        return f"SM{len(self.sent)}"

    def find(self, to: str, body: str, *, since: datetime) -> str | None:
        return None


def test_the_mail_says_who_asks_and_carries_link_and_appointment(
    recruiter, told, make_session, mail_server, anyone
) -> None:
    session = make_session(
        timezone.now().replace(microsecond=0) + timedelta(days=2),
        name='Zoë <b>"Ö, Ü" 🎉',
        time_zone="Europe/Berlin",
    )
    former = session.token_hash
    body = told(recruiter.post(path(session), {"message": "See <you> & me."}), 202)
    [row] = Message.objects.all()
    assert body["messages"][0]["status"] == "queued"
    assert "/i/" not in row.body
    session.refresh_from_db()
    assert session.token_hash != former

    send_mail(row.pk, now=timezone.now())
    send_mail(row.pk, now=timezone.now())
    [(receiver, raw)] = mail_server.got
    letter: Any = message_from_bytes(raw, policy=policy.default)
    text, page = letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content()
    assert receiver == "ada@example.com"
    assert letter["Reply-To"] == "sam@acme.example"
    assert "is an AI and not a person" in text
    assert "Your voice is recorded only if you agree" in text
    assert "Europe/Berlin" in text
    assert "See <you> & me." in text
    assert "See &lt;you&gt; &amp; me." in page
    assert "<b>" not in page
    token = link_in(text).rstrip("/").rsplit("/", 1)[1]
    anyone.credentials(HTTP_X_INTERVIEW_TOKEN=token)
    told(anyone.get(f"/api/sessions/{session.uuid}/"), 200)
    [event] = Calendar.from_ical(next(letter.iter_attachments()).get_content()).walk("VEVENT")
    assert event["UID"] == f"{session.uuid}@viva"
    assert event["DTSTART"].dt == session.scheduled_at
    row.refresh_from_db()
    assert row.status == "sent"
    assert "/i/" not in row.body


def test_mail_and_text_carry_one_link_and_a_newer_one_ends_both(make_session, settings: Any) -> None:
    settings.PUBLIC_URL = "https://viva.example"
    session = make_session()
    first = invite(session, Invitation(channels=("email", "sms")), now=NOON)
    carrier = Carrier()
    send_waiting(first[1].to, sender=carrier, now=NOON)
    send_mail(first[0].pk, now=NOON)
    assert link_in(carrier.sent[0]) == link_in(str(mail.outbox[0].body))
    assert link_in(carrier.sent[0]).startswith("https://viva.example/i/")
    assert find_link(session, mark_of(first[0].key))

    [late] = invite(session, Invitation(), now=NOON)
    invite(session, Invitation(), now=NOON)
    send_mail(late.pk, now=NOON)
    late.refresh_from_db()
    assert (late.status, late.error_code) == ("failed", "superseded")
    assert len(mail.outbox) == 1


def test_texts_wait_for_the_morning_and_a_time_can_be_wished_for(make_session) -> None:
    session = make_session(time_zone="America/New_York")
    early = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    later = early + timedelta(hours=1)
    by_mail, by_text = invite(session, Invitation(channels=("email", "sms"), send_at=later), now=early)
    assert by_mail.due_at == later
    assert by_text.due_at == datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
    assert Task.objects.get(kind="mail.send").due_at == later


def test_a_session_for_nobody_invites_nobody(recruiter, told) -> None:
    made = told(recruiter.post("/api/sessions/", {"job_role": "Nurse"}), 201)
    error = told(recruiter.post(f"/api/sessions/{made['id']}/invite/", {}), 400)
    assert error["fields"] == {"channels": ["The session has no candidate: set its candidate_id first."]}


def test_what_is_wrong_is_told(recruiter, stranger, anyone, told, make_session, make_user, as_user) -> None:
    session = make_session(email="", phone="+14155550123")
    assert "channels" in told(recruiter.post(path(session), {}), 400)["fields"]
    texted = SmsInterview.objects.create(session=session, number="+14155550123")
    texted.end("declined")
    declined = told(recruiter.post(path(session), {"channels": ["sms"]}), 400)
    assert declined["fields"] == {"channels": ["The candidate has said NO to texts about this interview."]}
    PhoneConsent.objects.create(number="+14155550123", status="opted_out")
    opted = told(recruiter.post(path(session), {"channels": ["sms"]}), 400)
    assert opted["fields"] == {"channels": ["The candidate has opted out of texts."]}
    for wrong in (
        {"channels": []},
        {"channels": ["fax"]},
        {"channels": "email"},
        {"message": "x" * 2001},
        {"message": "\0"},
        {"send_at": "9999-12-31T23:59:59-12:00"},
        {"send_at": "soon"},
    ):
        told(recruiter.post(path(session), wrong), 400)
    told(anyone.post(path(session)), 401)
    told(stranger.post(path(session)), 404)
    told(as_user(make_user("olaf", Role.OBSERVER)).post(path(session)), 403)
    Session.objects.update(status="completed")
    assert told(recruiter.post(path(session)), 409)["code"] == "session_over"
    assert not Message.objects.exists()


def test_a_refused_mail_is_given_up_and_an_absent_server_tried_again(
    make_session, mail_server, settings
) -> None:
    [message] = invite(make_session(), Invitation(), now=NOON)
    mail_server.refuses = {"MAIL": b"451 later"}
    with pytest.raises(MailError):
        send_mail(message.pk, now=NOON)
    mail_server.refuses = {"RCPT": b"550 nobody"}
    with pytest.raises(GiveUpError):
        send_mail(message.pk, now=NOON)
    give_up_mail(message.pk)
    message.refresh_from_db()
    assert (message.status, message.error) == (
        "failed",
        "The mail server did not accept the receiver's address.",
    )


def test_reminders_follow_the_time_and_are_sent_once(make_session) -> None:
    starts = NOON + timedelta(days=3)
    session = make_session(starts)
    [invited] = invite(session, Invitation(), now=NOON)
    look = Task.objects.get(kind="invitations.remind")
    assert look.due_at == NOON + timedelta(hours=1)

    def reminders(now: datetime) -> int:
        remind(session.pk, now=now)
        return Message.objects.filter(kind="reminder").count()

    assert reminders(starts - timedelta(hours=30)) == 0
    assert Task.objects.get(kind="invitations.remind").due_at == starts - timedelta(hours=29)
    assert reminders(starts - timedelta(hours=24)) == 1
    assert reminders(starts - timedelta(hours=24) + timedelta(minutes=1)) == 1
    assert reminders(starts - timedelta(hours=1)) == 2
    moved = starts + timedelta(days=1)
    Session.objects.update(scheduled_at=moved)
    assert reminders(moved - timedelta(hours=24)) == 3
    send_mail(Message.objects.filter(kind="reminder").latest("pk").pk, now=moved)
    assert link_in(str(mail.outbox[0].body)) == find_link(session, mark_of(invited.key))
    Session.objects.update(status="in_progress")
    assert reminders(moved - timedelta(hours=1)) == 3


def test_the_calendar_is_for_members_and_the_candidate(recruiter, stranger, anyone, hiring, told) -> None:
    calendar = f"{hiring.path}calendar/"
    told(recruiter.get(calendar), 404)
    Session.objects.update(scheduled_at=NOON, title="Talk, " + "ü🎉;" * 40 + "\r\nX-EVIL:1")
    answer = hiring.candidate.get(calendar)
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert not any(line.startswith(b"X-EVIL") for line in lines)
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    session = Session.objects.get()
    assert session.organisation is not None
    job = f"{session.job_role}, {session.organisation.name}"
    assert event["SUMMARY"] == "Talk, " + "ü🎉;" * 40 + f" X-EVIL:1: {job}"
    assert event["LOCATION"] == "Online, in your browser"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)
    Session.objects.update(updated_at=session.updated_at + timedelta(seconds=90))
    [moved] = Calendar.from_ical(recruiter.get(calendar).content).walk("VEVENT")
    assert moved["SEQUENCE"] > event["SEQUENCE"]
    assert moved["UID"] == event["UID"]
    assert b"METHOD:REQUEST" in answer.content
    Session.objects.update(status="cancelled")
    called_off = recruiter.get(calendar).content
    assert b"METHOD:CANCEL" in called_off
    assert b"STATUS:CANCELLED" in called_off
    told(stranger.get(calendar), 404)
    told(anyone.get(calendar), 401)


def test_messages_are_listed_with_what_became_of_them(
    recruiter, stranger, told, make_session, make_user, as_user, django_assert_max_num_queries
) -> None:
    session = make_session()
    for _ in range(3):
        invite(session, Invitation(channels=("email", "sms")), now=NOON)
    Message.objects.create(
        organisation=session.organisation, kind="reply", channel="sms", key="k", to="+14155550199"
    )
    with django_assert_max_num_queries(6):
        body = told(recruiter.get("/api/messages/"), 200)
    assert body["count"] == 7
    assert told(recruiter.get("/api/invitations/?channel=sms&status=queued"), 200)["count"] == 3
    assert told(recruiter.get(f"/api/messages/?session_id={session.uuid}&kind=invitation"), 200)["count"] == 6
    told(recruiter.get("/api/messages/?channel=fax"), 400)
    seen = told(as_user(make_user("olaf", Role.OBSERVER)).get("/api/invitations/"), 200)["results"]
    assert {one["to"] for one in seen} == {"a…@example.com", "…23"}
    assert told(stranger.get("/api/messages/"), 200)["count"] == 0


def test_a_session_without_a_plan_still_has_its_facts(make_session) -> None:
    session = make_session()
    session.plan = {}
    facts = facts_of(session)
    assert (facts.persona, facts.questions) == ("Viva", session.num_questions)
