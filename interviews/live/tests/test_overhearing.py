"""What the runner lets observers hear, and when."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.bus import Notice, Overheard
from interviews.live.commands import submit
from interviews.live.listening_in import ListenIn, frame_of, to_line_rate
from interviews.live.signals import Coverage
from interviews.models import Session

CHUNK = 1_600
AGREED = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=False, listening=True)
WITHDRAWN = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=False, listening=False)


def tone(offset: int, samples: int = CHUNK) -> bytes:
    return b"".join(((offset + i) % 3_000).to_bytes(2, "little") for i in range(samples))


class Observers:
    """Whatever the session's process would pass on."""

    def __init__(self, stage: Any) -> None:
        self.notices: list[Notice] = []
        self.stage = stage
        self._came = asyncio.Event()
        stage.registry.services.bus.subscribe(self._take)

    def _take(self, notice: Notice) -> None:
        self.notices.append(notice)
        self._came.set()

    @property
    def frames(self) -> list[bytes]:
        return [one.frame for one in self.notices if isinstance(one, Overheard)]

    async def hear(self, count: int) -> list[bytes]:
        async with asyncio.timeout(10):
            while len(self.frames) < count:
                self._came.clear()
                await self._came.wait()
        return self.frames

    async def listen(self, session: Session, *, listening: bool = True) -> None:
        kind = "listen.start" if listening else "listen.stop"
        payload = {"ref": "r-1", "role": "recruiter"}
        await database_sync_to_async(submit)(
            session, command_id=kind, kind=kind, payload=payload, by_name="Dana"
        )
        self.stage.registry.services.bus.nudge_commands(session.pk)


@pytest.fixture
async def observers(stage: Any) -> Observers:
    return Observers(stage)


async def begin(stage: Any, session: Session, outlet: Any) -> Any:
    attachment = await stage.registry.attach(session.pk, outlet)
    attachment.offer(AGREED)
    attachment.offer(inp.CandidateReadied())
    await outlet.receives("reply.finished")
    return attachment


async def say(stage: Any, attachment: Any, start: int, chunks: int = 1) -> int:
    end = start + chunks * CHUNK
    for offset in range(start, end, CHUNK):
        attachment.offer_audio(offset, tone(offset))
    await stage.ear.hears(end)
    return end


async def test_the_candidate_is_heard_in_order_as_the_chunks_come(
    stage: Any, session: Session, outlet: Any, observers: Observers
) -> None:
    attachment = await begin(stage, session, outlet)
    at = await say(stage, attachment, 0, 3)
    assert observers.frames == []  # nobody listens: nothing is framed
    await observers.listen(session)
    assert (await outlet.receives("participant.joined"))["listening"] is True
    for number in range(3):
        at = await say(stage, attachment, at)
        assert len(await observers.hear(number + 1)) == number + 1  # before the next is spoken
    assert observers.frames == [frame_of(0, n * CHUNK, tone(n * CHUNK)) for n in (3, 4, 5)]


async def test_withdrawn_consent_silences_the_line_at_once_and_is_seen(
    stage: Any, session: Session, outlet: Any, observers: Observers
) -> None:
    attachment = await begin(stage, session, outlet)
    await observers.listen(session)
    await outlet.receives("participant.joined")
    at = await say(stage, attachment, 0, 2)
    await observers.hear(2)
    attachment.offer(WITHDRAWN)
    await say(stage, attachment, at, 3)
    seen = await outlet.receives("participant.joined", 2)
    assert (seen["ref"], seen.get("listening", False)) == ("r-1", False)
    assert len(observers.frames) == 2


async def test_who_stops_to_listen_hears_nothing_more(
    stage: Any, session: Session, outlet: Any, observers: Observers
) -> None:
    attachment = await begin(stage, session, outlet)
    await observers.listen(session)
    await outlet.receives("participant.joined")
    at = await say(stage, attachment, 0)
    await observers.listen(session, listening=False)
    await outlet.receives("participant.joined", 2)
    await say(stage, attachment, at)
    assert len(observers.frames) == 1


async def test_what_is_sent_again_after_a_drop_is_not_played_late(
    stage: Any, session: Session, outlet: Any, make_outlet: Any, observers: Observers
) -> None:
    attachment = await begin(stage, session, outlet)
    await observers.listen(session)
    await outlet.receives("participant.joined")
    at = await say(stage, attachment, 0, 2)
    attachment.detach()
    again = make_outlet()
    back = await stage.registry.attach(session.pk, again, audio_from=at, audio_to=at + 20 * CHUNK)
    at = await say(stage, back, at, 20)
    await say(stage, back, at, 2)
    frames = await observers.hear(4)
    assert [int.from_bytes(frame[1:9], "little") // CHUNK for frame in frames] == [0, 1, 22, 23]


async def test_coverage_is_told_when_it_changes(
    stage: Any, session: Session, outlet: Any, observers: Observers
) -> None:
    attachment = await begin(stage, session, outlet)
    attachment.offer(inp.PlaybackStarted(reply_id=1))
    attachment.offer(inp.PlaybackFinished(reply_id=1))
    attachment.offer(inp.AnswerTyped(text="I keep services small so that nobody waits."))
    await outlet.receives("turn.ended")
    told = [one.signal for one in observers.notices if isinstance(getattr(one, "signal", None), Coverage)]
    assert [one.number for one in told] == sorted({one.number for one in told}, key=lambda n: n)
    assert told[0] == Coverage(number=1, covered=())


class Heard:
    """Frames of a session on its own, with the line standing at `at`."""

    def __init__(self) -> None:
        self.frames: list[tuple[bytes, str]] = []
        self.at = 0
        self.is_wanted = True
        self._came = asyncio.Event()
        self.listen_in = ListenIn(self._take, is_wanted=lambda: self.is_wanted, line_offset=lambda: self.at)

    def _take(self, frame: bytes, but_for: str) -> None:
        self.frames.append((frame, but_for))
        self._came.set()

    async def until(self, count: int) -> list[bytes]:
        async with asyncio.timeout(10):
            while len(self.frames) < count:
                self._came.clear()
                await self._came.wait()
        return [frame for frame, _ in self.frames]


async def test_a_reply_is_heard_at_the_pace_of_its_playback() -> None:
    heard = Heard()
    heard.listen_in.hear_reply(1, 16_000, tone(0, 4_800))
    assert heard.frames == []  # it was made, not played
    heard.at = 32_000
    heard.listen_in.note(ev.PlaybackBegan(reply_id=1))
    frames = await heard.until(3)
    assert frames == [frame_of(1, 32_000 + n * CHUNK, tone(n * CHUNK)) for n in range(3)]
    await heard.listen_in.aclose()


async def test_a_reply_that_is_stopped_is_heard_no_further() -> None:
    heard = Heard()
    heard.listen_in.note(ev.PlaybackBegan(reply_id=1))
    heard.listen_in.hear_reply(1, 16_000, tone(0, 16_000))
    await heard.until(1)
    heard.listen_in.note(ev.BargeInStarted(reply_id=1, at_ms=0))
    so_far = len(heard.frames)
    heard.listen_in.note(ev.PlaybackEnded(reply_id=1, outcome="barge_in", heard_chars=3))
    heard.listen_in.note(ev.PlaybackBegan(reply_id=2))
    heard.listen_in.hear_reply(2, 16_000, tone(7, CHUNK))
    frames = await heard.until(so_far + 1)
    assert frames[-1].endswith(tone(7, CHUNK))
    await heard.listen_in.aclose()


async def test_whoever_speaks_does_not_hear_themselves() -> None:
    heard = Heard()
    heard.at = 160
    heard.listen_in.hear_person(tone(0), "r-9")
    heard.is_wanted = False
    heard.listen_in.hear_person(tone(0), "r-9")
    assert heard.frames == [(frame_of(1, 160, tone(0)), "r-9")]


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 48_000])
def test_other_rates_are_brought_to_that_of_the_line(rate_hz: int) -> None:
    assert len(to_line_rate(bytes(2 * rate_hz), rate_hz)) == 32_000
