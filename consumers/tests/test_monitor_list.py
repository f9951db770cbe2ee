"""The live list, over real TCP."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from msgspec.structs import replace
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from interviews.live import events as ev
from interviews.live import log
from interviews.models import Session

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Step = Callable[..., Any]


@pytest.fixture
def running(make_session: Callable[..., Session]) -> Session:
    return make_session(status="in_progress", num_questions=6, started_at=AT)


@pytest.fixture
def append() -> Step:
    def write(session: Session, *events: ev.Event) -> None:
        log.append(session.pk, session.epoch, [replace(event, at=AT) for event in events], now=AT)

    return sync_to_async(write)


@pytest.fixture
def look(dial: Any) -> Step:
    async def go(user: User) -> Any:
        token = await sync_to_async(AccessToken.for_user)(user)
        client = await dial("/ws/monitor/", additional_headers={"Authorization": f"Bearer {token}"})
        return client, (await client.next("monitor.snapshot"))["sessions"]

    return go


async def test_the_list_shows_where_each_running_session_stands(
    look: Step, append: Step, running: Session, recruiter: User
) -> None:
    await append(
        running,
        ev.CandidateConnected(),
        ev.StateChanged(state="listening"),
        ev.QuestionStarted(number=2, total=5, text="Why?", kind="technical"),
        ev.CandidateLeft(),
        ev.CandidateConnected(is_return=True),
        ev.ParticipantJoined(role="recruiter", name="Rae", ref="r-1"),
    )
    _, sessions = await look(recruiter)
    assert sessions == [
        {
            "id": running.pk,
            "uuid": str(running.uuid),
            "title": "Backend interview",
            "role": "",
            "candidate_name": "Grace Hopper",
            "status": "in_progress",
            "state": "listening",
            "question_number": 2,
            "total_questions": 5,
            "is_connected": True,
            "drops": 1,
            "backlog_ms": 0,
            "observers": 1,
            "started_at": "2026-01-02T03:04:05+00:00",
            "state_since_at": "2026-01-02T03:04:05+00:00",
            "away_since_at": None,
            "time_left_ms": 1_800_000,
            "ends_at": None,
            "level": None,
            "latency_ms": None,
            "struggle": {
                "skips": 0,
                "repeats": 0,
                "helps": 0,
                "silences": 0,
                "asked_again": 0,
                "unheard": 0,
            },
            "trouble": 5,
            "owner_id": None,
        }
    ]


async def test_a_change_is_told(look: Step, append: Step, running: Session, recruiter: User) -> None:
    client, _ = await look(recruiter)
    await append(running, ev.StateChanged(state="thinking"))
    assert (await client.next("monitor.card"))["session"]["state"] == "thinking"


async def test_what_changes_nothing_on_a_card_is_not_told(
    look: Step, append: Step, running: Session, recruiter: User
) -> None:
    client, _ = await look(recruiter)
    await append(running, ev.MicChanged(muted=True))
    await append(running, ev.StateChanged(state="thinking"))
    assert (await client.next())["session"]["state"] == "thinking"


async def test_a_session_that_ends_leaves(look: Step, running: Session, recruiter: User) -> None:
    client, _ = await look(recruiter)
    await Session.objects.filter(pk=running.pk).aupdate(status="completed")
    assert await client.next() == {"type": "monitor.gone", "id": running.pk}


async def test_a_session_that_begins_comes(
    look: Step, make_session: Callable[..., Session], recruiter: User
) -> None:
    client, sessions = await look(recruiter)
    assert sessions == []
    begun = await sync_to_async(make_session)(status="in_progress")
    card = (await client.next("monitor.card"))["session"]
    assert (card["id"], card["total_questions"]) == (begun.pk, 5)


async def test_strangers_see_nothing_of_it(
    look: Step, running: Session, stranger: User, recruiter: User
) -> None:
    _, sessions = await look(stranger)
    assert sessions == []
    _, sessions = await look(recruiter)
    assert [card["id"] for card in sessions] == [running.pk]


async def test_two_lists_are_kept_apart(
    look: Step, append: Step, running: Session, recruiter: User, reviewer: User
) -> None:
    first, _ = await look(recruiter)
    second, _ = await look(reviewer)
    await append(running, ev.StateChanged(state="thinking"))
    for client in (first, second):
        assert (await client.next("monitor.card"))["session"]["state"] == "thinking"


async def test_a_list_takes_nothing_but_pings(look: Step, recruiter: User) -> None:
    client, _ = await look(recruiter)
    await client.send(type="ping", at_ms=3)
    assert await client.next("pong") == {"type": "pong", "at_ms": 3}
    await client.send(type="session.end", command_id="c-1")
    assert (await client.next("error"))["code"] == "unknown_type"
    await client.send_raw(b"audio")
    assert (await client.closed())[0] == 4400
