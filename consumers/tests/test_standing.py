"""Where watched sessions stand: folded once, gone on from there, and forgotten when it is time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from msgspec.structs import asdict, replace

from consumers.reading import read_snapshot
from consumers.standing import Standings
from interviews.live import events as ev
from interviews.live import log
from interviews.models import Event, Session
from interviews.plan import Plan, PlannedQuestion
from interviews.retention import erase_session

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
OPENED = ev.SessionOpened(plan=Plan(role="", questions=(PlannedQuestion("why", "Why?"),)), duration_ms=60_000)

Append = Callable[..., int]


@pytest.fixture
def standings() -> Standings:
    return Standings()


@pytest.fixture
def append() -> Append:
    def write(session: Session, *events: ev.Event) -> int:
        stamped = [replace(event, at=AT) for event in events]
        return log.append(session.pk, session.epoch, stamped, now=AT)[-1].seq

    return write


def note(text: str) -> ev.NoteAdded:
    return ev.NoteAdded(text=text, at_ms=0, by="Rae")


def test_what_was_folded_is_gone_on_from(standings: Standings, append: Append, session: Session) -> None:
    standings.hold(session.pk)
    append(session, OPENED, note("one"))
    first = standings.of(session.pk)
    last = append(session, note("two"), ev.MicChanged(muted=True))
    second = standings.of(session.pk)
    assert second.fold.state is first.fold.state  # these two change nothing in it: it was not made anew
    assert [one["text"] for one in second.notes] == ["one", "two"]
    assert second.seq == last
    append(session, ev.StateChanged(state="listening"))
    assert standings.of(session.pk).fold.state.state == "listening"


def test_a_log_longer_than_one_reading_is_folded_whole(
    standings: Standings, append: Append, session: Session
) -> None:
    last = append(session, *(ev.MicChanged(muted=True) for _ in range(1_001)), note("the last"))
    standing = standings.of(session.pk)
    assert (standing.seq, len(standing.notes)) == (last, 1)


@pytest.mark.parametrize("has_gone_on", [True, False])
def test_what_was_erased_is_forgotten(
    standings: Standings, append: Append, session: Session, has_gone_on: bool
) -> None:
    standings.hold(session.pk)
    last = append(session, OPENED, note("words"), ev.StateChanged(state="listening"))
    standings.of(session.pk)
    erase_session(session)
    if has_gone_on:
        last = append(session, ev.DecisionMade(verdict="advance", reason="", by="Rae", decision_id=1))
    standing = standings.of(session.pk)
    assert (standing.seq, standing.notes, standing.fold.state.plan.questions) == (last, (), ())


def test_lines_that_are_gone_or_erased_one_by_one_are_forgotten(
    standings: Standings, append: Append, session: Session
) -> None:
    standings.hold(session.pk)
    append(session, note("one"), note("two"), note("three"))
    standings.of(session.pk)
    Event.objects.filter(session=session, seq=2).update(payload=None, salt=None)
    assert [one["text"] for one in standings.of(session.pk).notes] == ["one", "three"]
    Event.objects.filter(session=session, seq=1).delete()
    append(session, note("four"))
    assert [one["text"] for one in standings.of(session.pk).notes] == ["three", "four"]


def test_what_only_a_newer_version_understands_is_passed_over(
    standings: Standings, append: Append, session: Session
) -> None:
    standings.hold(session.pk)
    append(session, note("one"))
    newer = {"type": "from.the.future", "at": AT, "payload": {}, "digest": "", "hash": ""}
    Event.objects.create(session=session, seq=2, **newer)
    first = standings.of(session.pk)
    assert (first.seq, len(first.notes)) == (2, 1)
    assert standings.of(session.pk).fold.state is first.fold.state


def test_it_is_kept_as_long_as_anybody_watches(
    standings: Standings, append: Append, session: Session
) -> None:
    append(session, OPENED)
    for _ in range(2):
        standings.hold(session.pk)
    first = standings.of(session.pk).fold.state
    standings.release(session.pk)
    assert standings.of(session.pk).fold.state is first
    standings.release(session.pk)
    assert len(standings) == 0
    assert standings.of(session.pk).fold.state == first
    assert len(standings) == 0  # asked, but not watched


def test_only_so_many_folds_are_kept(append: Append, make_session: Callable[..., Session]) -> None:
    standings = Standings(most_kept=2)
    watched = [make_session() for _ in range(3)]
    for session in watched:
        append(session, OPENED)
        standings.hold(session.pk)
    first, second, third = [standings.of(session.pk).fold.state for session in watched]
    assert standings.of(watched[2].pk).fold.state is third
    assert standings.of(watched[1].pk).fold.state is second
    assert standings.of(watched[0].pk).fold.state is not first
    assert standings.of(watched[0].pk).fold.state == first


def test_of_many_who_come_at_once_one_reads_the_log(
    standings: Standings, append: Append, session: Session
) -> None:
    append(session, OPENED, *(note(str(number)) for number in range(50)))
    standings.hold(session.pk)

    def ask(_: int) -> object:
        try:
            return standings.of(session.pk).fold.state
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len({id(one) for one in pool.map(ask, range(12))}) == 1


def test_what_differs_between_those_who_watch_is_not_shared(
    standings: Standings, append: Append, session: Session
) -> None:
    standings.hold(session.pk)
    append(session, OPENED, ev.LineStarted(), ev.StateChanged(state="listening"))
    append(session, ev.TakeoverStarted(by="Rae", ref="rae-1"))
    now = AT + timedelta(seconds=10)
    mine = read_snapshot(session.pk, now, may_command=True, ref="rae-2", standings=standings)
    theirs = read_snapshot(session.pk, now, may_command=False, ref="vic-1", standings=standings)
    assert mine.takeover == {"by": "Rae", "ref": "rae-1", "is_mine": True}
    assert theirs.takeover == {"by": "Rae", "ref": "rae-1", "is_mine": False}
    assert (mine.may_command, theirs.may_command) == (True, False)
    later = read_snapshot(session.pk, now + timedelta(seconds=5), may_command=True, standings=standings)
    assert mine.time_left_ms - later.time_left_ms == 5_000


def test_a_snapshot_that_goes_on_says_what_one_from_the_beginning_says(
    standings: Standings, append: Append, session: Session
) -> None:
    standings.hold(session.pk)
    now = timezone.now()
    for event in (OPENED, ev.CandidateConnected(), note("one"), ev.StateChanged(state="listening")):
        append(session, event)
        kept = read_snapshot(session.pk, now, may_command=True, standings=standings)
        assert asdict(kept) == asdict(read_snapshot(session.pk, now, may_command=True, standings=Standings()))
