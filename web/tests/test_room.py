"""The room shows what fits: too early, the interview, what comes after."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from interviews.guest_cookie import cookie_name
from interviews.models import Session, Turn


@pytest.fixture
def enter(client: Client, make_interview):
    """Opens the room of a fresh interview as its candidate."""

    def enter(**fields):
        session, token = make_interview(**fields)
        client.cookies[cookie_name(session.uuid)] = token
        return session, client.get(f"/room/{session.uuid}/")

    return enter


def config_of(answer) -> dict:
    found = re.search(
        r'<script id="room-config" type="application/json">(.*?)</script>', answer.content.decode()
    )
    assert found is not None
    return json.loads(found.group(1))


def test_a_stranger_learns_nothing(client: Client, make_interview) -> None:
    session, _ = make_interview()
    unknown = client.get(f"/room/{uuid4()}/")
    real = client.get(f"/room/{session.uuid}/")
    assert unknown.status_code == real.status_code == 404
    assert unknown.content == real.content


def test_the_token_of_one_interview_opens_no_other(client: Client, make_interview) -> None:
    first, _ = make_interview()
    _, other_token = make_interview()
    client.cookies[cookie_name(first.uuid)] = other_token
    assert client.get(f"/room/{first.uuid}/").status_code == 404


def test_an_owner_may_enter_and_another_account_may_not(client: Client, make_interview, recruiter) -> None:
    session, _ = make_interview(owner=recruiter)
    other, _ = make_interview()
    client.force_login(recruiter)
    assert client.get(f"/room/{session.uuid}/").status_code == 200
    assert client.get(f"/room/{other.uuid}/").status_code == 404


def test_who_what_and_how_long_stand_before_anything_begins(enter) -> None:
    _, answer = enter()
    text = answer.content.decode()
    for said in (
        "Zoë Ł.",
        "Acme",
        "An AI interviewer asks",
        "A person decides",
        "30 days",
        "dana@acme.example",
    ):
        assert said in text
    assert "checked" not in text.split('data-form="consent"')[1].split("</form>")[0]


def test_scripts_learn_only_what_they_need(enter) -> None:
    session, answer = enter(accommodations={"typed": True})
    config = config_of(answer)
    assert config["uuid"] == str(session.uuid)
    assert config["accommodations"] == {"typed": True}
    assert config["has_begun"] is False
    assert not {"token", "token_hash", "plan"} & set(config)


def test_names_with_markup_stay_text(enter) -> None:
    _, answer = enter(candidate_name="<script>alert(1)</script> שלום", job_role="A & <b>B</b>")
    text = answer.content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; שלום" in text
    assert "A &amp; &lt;b&gt;B&lt;/b&gt;" in text


def test_no_page_carries_inline_code(enter, client: Client) -> None:
    _, answer = enter()
    text = answer.content.decode()
    assert not re.search(r'\son\w+="|\sstyle="|<style', text)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_too_early_tells_when_and_offers_the_calendar(enter, client: Client) -> None:
    session, answer = enter(scheduled_at=timezone.now() + timedelta(hours=2))
    assert b"You are early" in answer.content
    calendar = client.get(f"/room/{session.uuid}/interview.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"SUMMARY:First interview" in calendar.content


def test_the_room_opens_a_quarter_of_an_hour_before(enter) -> None:
    _, answer = enter(scheduled_at=timezone.now() + timedelta(minutes=14))
    assert "room-config" in answer.content.decode()


def test_who_has_begun_is_never_too_early(enter) -> None:
    _, answer = enter(scheduled_at=timezone.now() + timedelta(hours=2), status="in_progress")
    assert config_of(answer)["has_begun"] is True


def add_turns(session: Session) -> None:
    common = {"session": session, "at": timezone.now()}
    Turn.objects.create(**common, speaker="interviewer", number=1, seq=1, text="Why?", by="ai")
    Turn.objects.create(**common, speaker="candidate", number=1, seq=2, text="Because <i>I</i> said so.")


def test_afterwards_one_reads_what_was_said(client: Client, make_interview) -> None:
    session, token = make_interview(status="completed", end_reason="completed", started_at=timezone.now())
    add_turns(session)
    client.get(f"/i/{token}/")
    text = client.get(f"/room/{session.uuid}/").content.decode()
    assert "Because &lt;i&gt;I&lt;/i&gt; said so." in text
    assert f"/api/reports/{session.uuid}/pdf/?edition=candidate" in text
    assert "edition=panel" not in text
    assert text.index("Why?") < text.index("Because")


@pytest.mark.parametrize(
    ("reason", "status", "said"),
    [
        ("rescheduled", "cancelled", "We will find another day"),
        ("abandoned", "abandoned", "paused for so long"),
        ("ended_by_observer", "completed", "has ended the interview"),
        ("ended_by_candidate", "completed", "The interview is over"),
    ],
)
def test_each_end_has_its_words(enter, reason: str, status: str, said: str) -> None:
    _, answer = enter(status=status, end_reason=reason, started_at=timezone.now())
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_afterwards_the_browser_keeps_its_way_in_for_as_long_as_anything_is_kept(enter) -> None:
    kept_until = timezone.now() + timedelta(days=60)
    session, answer = enter(status="completed", token_expires_at=kept_until)
    cookie = answer.cookies[cookie_name(session.uuid)]
    assert cookie["max-age"] > 59 * 24 * 3_600
    assert cookie["httponly"]


def test_a_choice_can_be_changed_in_the_middle_of_the_interview(enter) -> None:
    _, answer = enter(status="in_progress")
    live = answer.content.decode().partition('data-view="live"')[2].partition("</section>")[0]
    assert 'data-action="to-consent"' in live
