"""Rounds, the links of their sessions, invitations and decisions, as buttons on an interview's page."""

import re
from typing import Any

from django.core import mail
from django.utils import timezone

from accounts.mail import CONSOLE
from accounts.models import SecurityEvent
from hiring.models import Candidate, Decision, Interview, Round
from interviews.models import Session
from messaging.mail.sending import send_mail
from messaging.models import Message, PhoneConsent


def _text(answer) -> str:
    return answer.content.decode()


def _kinds(interview: Interview) -> list[str]:
    return list(interview.rounds.order_by("order").values_list("kind", flat=True))


def test_rounds_are_added_changed_moved_and_called_off(as_role, interview: Interview) -> None:
    client, path = as_role("recruiter"), f"/interviews/{interview.pk}/rounds/new/"
    for kind in ("ai_interview", "phone", "on_site"):
        sent = {"kind": kind, "title": f"The {kind}", "duration_minutes": "30", "place": "Room 4"}
        assert client.post(path, sent)["Location"] == f"/interviews/{interview.pk}/"
    assert "less than or equal to 600" in _text(
        client.post(path, {"kind": "phone", "duration_minutes": "9999"})
    )
    assert _kinds(interview) == ["ai_interview", "phone", "on_site"]
    phone = interview.rounds.get(kind="phone")
    step = f"/interviews/rounds/{phone.pk}/step/"
    client.post(step, {"step": "up"})
    assert _kinds(interview) == ["phone", "ai_interview", "on_site"]
    client.post(step, {"step": "down"})
    assert _kinds(interview) == ["ai_interview", "phone", "on_site"]
    for word, status in (("no_show", "no_show"), ("again", "scheduled"), ("cancel", "cancelled")):
        client.post(step, {"step": word})
        phone.refresh_from_db()
        assert phone.status == status
    refused = _text(client.post(step, {"step": "complete"}, follow=True))
    assert "become" in refused
    assert client.post(step, {"step": "fly"}).status_code == 400
    changed = {"kind": "video", "title": "A call", "duration_minutes": "45", "place": "", "interviewer": ""}
    client.post(f"/interviews/rounds/{phone.pk}/change/", changed)
    phone.refresh_from_db()
    assert (phone.kind, phone.title, phone.duration_minutes) == ("video", "A call", 45)
    client.post(step, {"step": "remove"})
    assert _kinds(interview) == ["ai_interview", "on_site"]


def test_a_round_gets_its_session_and_link(as_role, interview: Interview) -> None:
    row = Round.objects.create(interview=interview, order=1)
    client = as_role("recruiter")
    assert "Set up the AI interview" in _text(client.get(f"/interviews/{interview.pk}/"))
    shown = _text(client.post(f"/interviews/rounds/{row.pk}/session/"))
    assert re.search(r'value="http://testserver/i/[\w-]{20,}/"', shown)
    assert row.sessions.get().candidate == interview.candidate
    Round.objects.update(status="completed")
    told = _text(client.post(f"/interviews/rounds/{row.pk}/session/", follow=True))
    assert "not held any more" in told


def test_a_new_link_is_shown_once_and_ends_the_former(as_role, interview, session: Session) -> None:
    client, path = as_role("recruiter"), f"/interviews/sessions/{session.uuid}/"
    former = session.token_hash
    shown = _text(client.post(f"{path}link/"))
    [token] = re.findall(r'value="http://testserver/i/([\w-]+)/"', shown)
    session.refresh_from_db()
    assert session.token_hash != former
    assert token not in _text(client.get(f"/interviews/{interview.pk}/"))
    client.post(f"{path}revoke/")
    session.refresh_from_db()
    assert session.token_hash == ""
    assert "No link opens it" in _text(client.get(f"/interviews/{interview.pk}/"))
    kinds = SecurityEvent.objects.values_list("kind", flat=True)
    assert {"guest_link_issued", "guest_link_revoked"} <= set(kinds)
    Session.objects.update(status="completed")
    assert "is over" in _text(client.post(f"{path}link/", follow=True))


def test_an_invitation_is_sent_and_what_became_of_it_is_told(as_role, interview, session: Session) -> None:
    client, path = as_role("recruiter"), f"/interviews/sessions/{session.uuid}/invite/"
    assert "ada@example.com" in _text(client.get(path))
    answer = client.post(path, {"channels": ["email"], "message": "See you soon!"}, follow=True)
    assert "on its way" in _text(answer)
    message = Message.objects.get()
    send_mail(message.pk, now=timezone.now())
    assert "See you soon!" in mail.outbox[0].body
    shown = _text(client.get(f"/interviews/{interview.pk}/"))
    assert "Invitation by e-mail: sent" in shown
    Message.objects.update(status="failed", error="The mail server did not answer in time.")
    assert "did not answer in time" in _text(client.get(f"/interviews/{interview.pk}/"))
    interview.refresh_from_db()
    assert interview.invited_at is not None


def test_what_nobody_carried_is_not_called_sent(
    as_role, interview: Interview, session: Session, settings: Any
) -> None:
    settings.EMAIL_BACKEND = CONSOLE
    client = as_role("recruiter")
    client.post(f"/interviews/sessions/{session.uuid}/invite/", {"channels": ["email", "sms"]})
    send_mail(Message.objects.get(channel="email").pk, now=timezone.now())
    assert "Invitation by e-mail: printed where the server runs" in _text(
        client.get(f"/interviews/{interview.pk}/")
    )


def test_what_stands_in_the_way_of_an_invitation_is_told(as_role, session: Session, ada: Candidate) -> None:
    client, path = as_role("recruiter"), f"/interviews/sessions/{session.uuid}/invite/"
    assert "required" in _text(client.post(path, {}))
    PhoneConsent.objects.create(number=ada.phone, status="opted_out")
    assert "opted out of texts" in _text(client.get(path))
    assert "opted out of texts" in _text(client.post(path, {"channels": ["sms"], "message": "Hi"}))
    Candidate.objects.update(email="", phone="")
    shown = _text(client.post(path, {"channels": ["email"], "message": "Hi there"}))
    assert "has no e-mail address" in shown
    assert "Hi there" in shown
    assert not Message.objects.exists()
    Session.objects.update(status="cancelled")
    assert client.get(path).status_code == 302


def test_the_calendar_file_names_nobody_to_observers(as_role, session: Session) -> None:
    path = f"/interviews/sessions/{session.uuid}/interview.ics"
    for role in ("recruiter", "reviewer", "observer"):
        file = _text(as_role(role).get(path))
        assert "BEGIN:VCALENDAR" in file
        assert ("ada@example.com" in file) == (role != "observer")
    Session.objects.update(scheduled_at=None)
    assert as_role("recruiter").get(path).status_code == 404


def test_a_decision_has_a_reason_and_a_later_one_replaces_it(as_role, interview: Interview) -> None:
    client, path = as_role("recruiter"), f"/interviews/{interview.pk}/decide/"
    assert "required" in _text(client.post(path, {"verdict": "decline", "reason": ""}))
    shown = _text(client.post(path, {"verdict": "", "reason": "Clear answers."}))
    assert "Clear answers." in shown
    assert not Decision.objects.exists()
    client.post(path, {"verdict": "hold", "reason": "Ask <b>Bob</b> first."})
    answer = client.post(path, {"verdict": "advance", "reason": "Bob agrees."}, follow=True)
    shown = _text(answer)
    assert "Bob agrees." in shown
    assert "Ask &lt;b&gt;Bob&lt;/b&gt; first." in shown
    assert "Earlier decisions (1)" in shown
    interview.refresh_from_db()
    assert interview.status == "decided"
    assert [one.verdict for one in interview.decisions.all()] == ["advance", "hold"]
    Interview.objects.update(status="cancelled")
    assert "nothing to decide" in _text(client.post(path, {"verdict": "hold", "reason": "Well."}))
