"""Who gets which work, and what becomes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from interviews.background import rows
from interviews.models import Task

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KINDS = ("judge",)


def later(**by: float) -> datetime:
    return NOW + timedelta(**by)


def claimed(owner: str = "a", most: int = 5, now: datetime = NOW) -> list[rows.Claimed]:
    return rows.claim(owner, most, now=now, kinds=KINDS)


def test_work_is_claimed_once_and_gone_when_done():
    rows.want("judge", "1", {"session": 1}, now=NOW)
    (mine,) = claimed("a")
    assert mine.payload == {"session": 1}
    assert claimed("b") == []
    rows.finish("a", mine)
    assert not Task.objects.exists()


def test_the_oldest_come_first_and_no_more_than_fit():
    for number in range(3):
        rows.want("judge", str(number), {}, now=later(seconds=-number))
    rows.want("other", "x", {}, now=NOW)
    rows.want("judge", "tomorrow", {}, now=later(days=1))
    assert [one.key for one in claimed(most=2)] == ["2", "1"]
    assert [one.key for one in claimed("b")] == ["0"]


def test_what_a_dead_process_claimed_is_taken_up():
    rows.want("judge", "1", {}, now=NOW)
    (lost,) = claimed("a")
    assert claimed("b", now=later(minutes=2)) == []
    rows.keep("a", [lost.pk], now=later(minutes=2))
    assert claimed("b", now=later(minutes=4)) == []
    (taken,) = claimed("b", now=later(minutes=6))
    rows.finish("a", lost)  # it was only slow: what is another's now is left alone
    assert Task.objects.get().claimed_by == "b"
    rows.finish("b", taken)
    assert not Task.objects.exists()


def test_a_wish_made_meanwhile_is_not_lost():
    rows.want("judge", "1", {"n": 1}, now=NOW)
    (mine,) = claimed()
    rows.want("judge", "1", {"n": 2}, now=later(seconds=1))
    rows.finish("a", mine)
    (again,) = claimed(now=later(seconds=2))
    assert again.payload == {"n": 2}
    rows.finish("a", again)
    assert not Task.objects.exists()


def test_what_fails_is_put_off_longer_each_time_and_then_given_up():
    rows.want("judge", "1", {}, now=NOW)
    now, waits = NOW, []
    while Task.objects.get().status == Task.Status.OPEN:
        (mine,) = claimed(now=now)
        rows.put_off("a", mine, "ValueError: " + "x" * 500, now=now)
        due_at = Task.objects.get().due_at
        waits.append(due_at - now)
        assert claimed(now=due_at - timedelta(seconds=1)) == []
        now = due_at
    assert waits == sorted(waits)
    assert len(waits) == len(rows.PUT_OFF) + 1
    assert rows.figures() == rows.Figures(open=0, failed=1)
    assert Task.objects.get().error.startswith("ValueError: xxx")
    assert claimed(now=later(days=9)) == []
    assert rows.run_again([Task.objects.get().pk], now=now) == 1
    (again,) = claimed(now=now)
    assert again.attempts == 0


def test_a_final_failure_is_not_tried_again_until_it_is_wished_for_anew():
    rows.want("judge", "1", {}, now=NOW)
    (mine,) = claimed()
    rows.put_off("a", mine, "wrong key", now=NOW, is_final=True)
    assert rows.figures().failed == 1
    rows.want("judge", "1", {}, now=later(hours=1))
    assert len(claimed(now=later(hours=1))) == 1


def test_a_wish_made_while_it_failed_begins_anew_at_once():
    rows.want("judge", "1", {}, now=NOW)
    (mine,) = claimed()
    rows.want("judge", "1", {"n": 2}, now=NOW)
    rows.put_off("a", mine, "busy", now=NOW)
    (again,) = claimed()
    assert (again.attempts, again.payload) == (0, {"n": 2})


def test_when_the_next_is_due():
    assert rows.next_due(now=NOW, kinds=KINDS) is None
    rows.want("judge", "1", {}, now=later(minutes=5))
    assert rows.next_due(now=NOW, kinds=KINDS) == later(minutes=5)
    claimed(now=later(minutes=5))
    assert rows.next_due(now=later(minutes=5), kinds=KINDS) is None
