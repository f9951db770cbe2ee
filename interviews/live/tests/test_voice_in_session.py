"""A live session whose server speaks: the voice follows the reply, and the log knows nothing of it."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async

from interviews.live import inputs as inp
from interviews.live.events import type_of
from interviews.live.log import read_events
from interviews.live.speaking import SAMPLE
from interviews.live.tests.scripted_voice import ScriptedVoice
from interviews.models import Session
from speech.listening import SpeechStarted, UtteranceHeard

CONSENT = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False)


@pytest.fixture
def voice(stage: Any) -> ScriptedVoice:
    stage.voice = ScriptedVoice()
    return stage.voice


async def begin(attachment: Any, outlet: Any) -> int:
    """Give the number of the first reply, all of which was sent."""
    attachment.offer(CONSENT)
    attachment.offer(inp.CandidateReadied())
    return int((await outlet.receives("reply.finished"))["reply_id"])


def whole(outlet: Any, reply_id: int) -> list[int]:
    audio = outlet.of("reply.audio")
    return [one["index"] for one in audio if (one["reply_id"], one["state"]) == (reply_id, "ends")]


async def test_every_sentence_is_spoken_as_it_is_sent(
    stage: Any, session: Session, outlet: Any, voice: ScriptedVoice
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    reply_id = await begin(attachment, outlet)
    sentences = [one["text"] for one in outlet.of("reply.sentence")]
    await outlet.until(lambda: len(whole(outlet, reply_id)) == len(sentences))
    assert voice.ended == sentences
    assert whole(outlet, reply_id) == list(range(len(sentences)))
    logged = await database_sync_to_async(read_events)(session.pk, 0)
    assert not [one for one in logged if "audio" in type_of(one.event)]


@pytest.mark.parametrize("how", ["barge-in", "button", "skip", "end"])
async def test_the_voice_ends_with_its_reply(
    stage: Any, session: Session, outlet: Any, voice: ScriptedVoice, how: str
) -> None:
    voice.holds_everything = True
    attachment = await stage.registry.attach(session.pk, outlet)
    reply_id = await begin(attachment, outlet)
    await outlet.until(lambda: outlet.audio)
    spoken = voice.begun[0]
    attachment.offer(inp.PlaybackStarted(reply_id=reply_id))
    if how == "barge-in":
        stage.ear.emit(SpeechStarted(at_ms=6_000))
        stage.ear.emit(UtteranceHeard(1, 6_000, 9_000, "Let me stop you there for a moment", 0.9))
    elif how == "button":
        attachment.offer(inp.PlaybackStopped(reply_id=reply_id, heard_chars=5))
    elif how == "skip":
        attachment.offer(inp.SkipPressed())
    else:
        attachment.offer(inp.EndRequested(reason="ended_by_candidate"))
    async with asyncio.timeout(10):
        while spoken not in voice.cancelled:  # noqa: ASYNC110 (the voice does not say when it is left)
            await asyncio.sleep(0.01)


async def test_a_page_that_comes_back_asks_for_the_running_reply(
    stage: Any, session: Session, outlet: Any, make_outlet: Any, voice: ScriptedVoice
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    reply_id = await begin(attachment, outlet)
    count = len(outlet.of("reply.sentence"))
    await outlet.until(lambda: len(whole(outlet, reply_id)) == count)
    again = make_outlet()
    returned = await stage.registry.attach(session.pk, again)
    await again.until(lambda: again.snapshots)
    returned.want_audio(reply_id + 1, 0)  # there is no such reply
    returned.want_audio(0, 0)  # and no sample while one is running
    returned.want_audio(reply_id, 0)
    await again.until(lambda: len(whole(again, reply_id)) == count)
    assert len(voice.begun) == count
    assert {one["reply_id"] for one in again.of("reply.audio")} == {reply_id}
    assert sum(len(pcm) for *_, pcm in again.audio) == sum(len(pcm) for *_, pcm in outlet.audio)


async def test_before_the_interview_the_sample_can_be_heard(
    stage: Any, session: Session, outlet: Any, voice: ScriptedVoice
) -> None:
    session.accommodations = {"slow_voice": True}
    await database_sync_to_async(session.save)()
    attachment = await stage.registry.attach(session.pk, outlet)
    attachment.want_audio(0, 0)
    await outlet.until(lambda: whole(outlet, 0) == [0])
    attachment.offer(CONSENT)
    assert (voice.begun, voice.speeds) == ([SAMPLE], [0.8])


async def test_an_interview_goes_on_without_its_voice(
    stage: Any, session: Session, outlet: Any, voice: ScriptedVoice
) -> None:
    voice.breaks_everything = True
    attachment = await stage.registry.attach(session.pk, outlet)
    reply_id = await begin(attachment, outlet)
    sentences = len(outlet.of("reply.sentence"))
    await outlet.until(
        lambda: [one["state"] for one in outlet.of("reply.audio")].count("failed") == sentences
    )
    attachment.offer(inp.PlaybackStarted(reply_id=reply_id))
    attachment.offer(inp.PlaybackFinished(reply_id=reply_id))
    await outlet.until(lambda: outlet.of("state.changed")[-1]["state"] == "listening")
