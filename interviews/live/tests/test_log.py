"""The log: fenced, chained, erasable, and honest about all three."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from interviews.live import lease, log
from interviews.live.events import MicChanged, NoteAdded
from interviews.models import Event, Note, Session

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTE = NoteAdded(at=NOW, text="“Zoë” سلام <b>&amp;", at_ms=5, by="Dana")

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged() -> Session:
    session = Session.objects.create(candidate_name="Ada")
    epoch = lease.take(session.pk, "a", NOW)
    assert epoch is not None
    log.append(session.pk, epoch, [NOTE, MicChanged(at=NOW, muted=True)])
    log.append(session.pk, epoch, [MicChanged(at=NOW, muted=False)])
    session.refresh_from_db()
    return session


def verify(session: Session) -> str:
    out = StringIO()
    call_command("verify_log", str(session.uuid), stdout=out)
    return out.getvalue()


def test_events_come_back_as_they_were(logged: Session) -> None:
    read = log.read_events(logged.pk)
    assert [one.seq for one in read] == [1, 2, 3]
    assert read[0].event == NOTE
    assert log.read_events(logged.pk, 2)[0].event == MicChanged(at=NOW, muted=False)
    assert Note.objects.get().text == NOTE.text


def test_an_untouched_log_verifies(logged: Session) -> None:
    assert "3 intact" in verify(logged)


def test_erased_words_are_reported_as_erased_and_the_chain_still_holds(logged: Session) -> None:
    log.erase_payloads(logged)
    assert "3 erased" in verify(logged)
    assert not Event.objects.exclude(payload=None).exists()
    assert not Event.objects.exclude(salt=None).exists()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda rows: rows.filter(seq=1).update(payload={"text": "other", "by": "Dana"}),
        lambda rows: rows.filter(seq=2).update(type="page.state"),
        lambda rows: rows.filter(seq=2).update(at=NOW + timedelta(seconds=1)),
        lambda rows: rows.filter(seq=2).delete(),
        lambda rows: rows.filter(seq=3).delete(),
    ],
    ids=["payload", "type", "time", "removed", "cut off"],
)
def test_whoever_changes_the_log_is_found_out(logged: Session, tamper: object) -> None:
    tamper(Event.objects.filter(session=logged))  # type: ignore[operator]
    with pytest.raises(CommandError):
        verify(logged)


def test_a_former_owner_writes_nothing(logged: Session) -> None:
    former = logged.epoch
    assert lease.take(logged.pk, "b", NOW) is None
    assert lease.take(logged.pk, "b", NOW, is_forced=True) == former + 1
    with pytest.raises(log.FencedError):
        log.append(logged.pk, former, [MicChanged(at=NOW, muted=True)])
    assert not lease.renew(logged.pk, former, NOW)
    assert Event.objects.filter(session=logged).count() == 3


def test_a_lease_runs_out_by_itself(logged: Session) -> None:
    later = NOW + lease.LEASE + timedelta(seconds=1)
    assert not lease.is_held(logged.pk, later)
    assert lease.take(logged.pk, "b", later) is not None


def test_an_append_whose_answer_was_lost_is_not_written_twice(logged: Session) -> None:
    muted = [MicChanged(at=NOW, muted=True)]
    first = log.append(logged.pk, logged.epoch, muted, expected_seq=3)
    again = log.append(logged.pk, logged.epoch, muted, expected_seq=3)
    assert first == again
    assert Event.objects.count() == 4
    assert "4 intact" in verify(logged)


def test_a_deleted_session_is_told_from_one_that_was_taken(logged: Session) -> None:
    assert not isinstance(log.why_lost(logged.pk), log.SessionGoneError)
    logged.delete()
    assert isinstance(log.why_lost(logged.pk), log.SessionGoneError)
