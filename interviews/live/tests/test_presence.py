"""Observers whose process has died are taken off the list, others never."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from channels.db import database_sync_to_async

from interviews.live import events as ev
from interviews.live import presence
from interviews.live.commands import submit
from interviews.live.log import read_events
from interviews.live.presence import GONE_AFTER, clear_up
from interviews.models import Presence, Session


async def come(session: Session, ref: str, *, seen: timedelta) -> None:
    """Somebody whose process was last heard of so long ago."""

    def write() -> None:
        payload = {"ref": ref, "name": "Dana", "role": "recruiter"}
        submit(session, command_id=f"joined.{ref}", kind="observer.joined", payload=payload)
        presence.arrive(session.pk, ref, f"process of {ref}", datetime.now(UTC) - seen)

    await database_sync_to_async(write)()


async def who_left(session: Session) -> list[str]:
    logged = await database_sync_to_async(read_events)(session.pk)
    return [one.event.ref for one in logged if isinstance(one.event, ev.ParticipantLeft)]


async def who_is_listed() -> list[str]:
    return [ref async for ref in Presence.objects.values_list("ref", flat=True)]


@pytest.fixture
async def watched(session: Session) -> Session:
    await come(session, "dead", seen=GONE_AFTER + timedelta(seconds=1))
    await come(session, "slow", seen=GONE_AFTER - timedelta(seconds=5))
    return session


async def test_nobody_stays_listed_whose_process_was_killed(stage: Any, watched: Session) -> None:
    assert await clear_up(stage.registry.services) == 1
    assert await who_left(watched) == ["dead"]
    assert await who_is_listed() == ["slow"]
    assert await clear_up(stage.registry.services) == 0


async def test_the_candidate_sees_it_where_they_are(stage: Any, watched: Session, outlet: Any) -> None:
    await stage.registry.attach(watched.pk, outlet)
    await outlet.receives("participant.joined", 2)
    await clear_up(stage.registry.services)
    assert (await outlet.receives("participant.left"))["ref"] == "dead"


async def test_who_says_that_they_are_there_is_there(stage: Any, watched: Session) -> None:
    known = await database_sync_to_async(presence.beat)("process of dead", datetime.now(UTC))
    assert known == {"dead"}
    assert await clear_up(stage.registry.services) == 0
    await database_sync_to_async(presence.leave)("dead")
    assert await who_is_listed() == ["slow"]


async def test_an_interview_that_is_over_needs_no_farewell(stage: Any, watched: Session) -> None:
    await Session.objects.filter(pk=watched.pk).aupdate(status=Session.Status.COMPLETED)
    assert await clear_up(stage.registry.services) == 1
    assert await who_left(watched) == []
