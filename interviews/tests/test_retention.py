"""When the time is over nothing tells who said what, and the log still proves itself."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from interviews.live import lease, log
from interviews.live.events import NoteAdded, SessionEnded, TurnEnded
from interviews.live.recording import Span, read_recording, store_spans
from interviews.models import Event, Session
from interviews.retention import erase_expired
from interviews.sent_recordings import keep_recording

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def ended() -> Session:
    session = Session.objects.create(candidate_name="Ada", title="Talk with Ada", token_hash="x")
    epoch = lease.take(session.pk, "a", NOW) or 0
    turn = TurnEnded(at=NOW, turn_id=1, text="My secret.", reason="endpoint")
    note = NoteAdded(at=NOW, text="Good.", at_ms=0, by="Dana")
    log.append(session.pk, epoch, [turn, note, SessionEnded(at=NOW, reason="completed")])
    store_spans(session.pk, str(session.uuid), [Span(0, b"\1\0" * 16_000)])
    session.refresh_from_db()
    return session


def test_before_its_time_nothing_is_erased(ended: Session) -> None:
    assert erase_expired(NOW + timedelta(days=89)) == 0
    assert ended.turns.count() == 1


def test_after_its_time_no_word_and_no_voice_is_left(ended: Session) -> None:
    name = ended.segments.get().name
    assert erase_expired(NOW + timedelta(days=91)) == 1
    ended.refresh_from_db()
    assert (ended.candidate_name, ended.title, ended.token_hash) == ("", "", "")
    assert ended.status == "completed"
    assert ended.turns.count() == ended.notes.count() == 0
    assert not Event.objects.exclude(payload=None).exists()
    assert read_recording(ended) == b""
    assert not storages["recordings"].exists(name)
    assert erase_expired(NOW + timedelta(days=91)) == 0


def test_nothing_of_the_resume_is_left_in_the_plan(ended: Session) -> None:
    common, own = {"key": "a", "text": "What went well?"}, "You led the archive's move in Gdynia. How?"
    ended.plan = {
        "role": "Nurse",
        "questions": [common, {"key": "b", "text": own, "source": "resume", "is_core": False}],
        "claims": [{"text": "Led the archive's move in Gdynia", "question_key": "b"}],
        "notes": ["The résumé names Gdynia."],
    }
    ended.save()
    for order, text in enumerate(("What went well?", own), 1):
        ended.questions.create(order=order, text=text)
    erase_expired(NOW + timedelta(days=91))
    ended.refresh_from_db()
    assert ended.plan == {"role": "Nurse", "questions": [common]}
    assert [one.text for one in ended.questions.all()] == ["What went well?"]


def test_a_voice_that_comes_while_it_is_erased_is_not_kept(ended: Session) -> None:
    ended.consent = {"recording": True}
    ended.save()
    turn = ended.turns.select_related("session").get()
    erase_expired(NOW + timedelta(days=91))
    assert not keep_recording(turn, b"\1\0" * 1_600)
    assert not ended.segments.exists()


def test_an_erased_log_still_verifies(ended: Session) -> None:
    erase_expired(NOW + timedelta(days=91))
    out = StringIO()
    call_command("verify_log", str(ended.uuid), stdout=out)
    assert "3 erased" in out.getvalue()


@pytest.mark.parametrize(
    ("status", "starts_in_days"), [("in_progress", -1), ("scheduled", 3)], ids=["running", "still to come"]
)
def test_what_runs_or_is_still_to_come_is_not_forgotten(status: str, starts_in_days: int) -> None:
    session = Session.objects.create(
        candidate_name="Ada",
        status=status,
        scheduled_at=NOW + timedelta(days=starts_in_days),
        retain_until=NOW - timedelta(days=1),
    )
    assert erase_expired(NOW) == 0
    session.refresh_from_db()
    assert session.candidate_name == "Ada"


def test_the_link_opens_the_page_afterwards_until_nothing_is_kept() -> None:
    session = Session.objects.create(token_hash="x", token_expires_at=NOW + timedelta(hours=1))
    epoch = lease.take(session.pk, "a", NOW) or 0
    log.append(session.pk, epoch, [SessionEnded(at=NOW, reason="rescheduled")])
    session.refresh_from_db()
    assert session.token_expires_at == session.retain_until
    assert session.requests.get().text == "Another day, please."
