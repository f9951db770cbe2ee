"""A live session from the first message to the last, over real tables."""

import asyncio
from typing import Any

from channels.db import database_sync_to_async

from interviews.live import inputs as inp
from interviews.live.commands import submit
from interviews.live.hash_chain import verify_chain
from interviews.live.log import read_chain, read_events
from interviews.live.recording import read_recording
from interviews.models import Session, Task, Turn
from speech.listening import AudioSettled, SpeechStarted, TurnEndHeard, UtteranceHeard, UtteranceLost

CONSENT = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False)
CHUNK = 1_600


def _tone(offset: int) -> bytes:
    return b"".join(((offset + i) % 3_000).to_bytes(2, "little") for i in range(CHUNK))


async def _begin(attachment: Any, outlet: Any) -> None:
    attachment.offer(CONSENT)
    attachment.offer(inp.CandidateReadied())
    await outlet.receives("reply.finished")


async def _play(attachment: Any, outlet: Any, reply_id: int) -> None:
    attachment.offer(inp.PlaybackStarted(reply_id=reply_id))
    attachment.offer(inp.PlaybackFinished(reply_id=reply_id))
    await outlet.until(
        lambda: outlet.of("state.changed") and outlet.of("state.changed")[-1]["state"] == "listening"
    )


def _answer(ear: Any, text: str, *, utterance_id: int = 1, start_ms: int = 500, end_ms: int = 2_000) -> None:
    ear.emit(SpeechStarted(at_ms=start_ms))
    ear.emit(UtteranceHeard(utterance_id, start_ms, end_ms, text, 0.9))
    ear.emit(AudioSettled(end_ms * 16))
    ear.emit(TurnEndHeard(at_ms=end_ms, silence_ms=700, reason="endpoint", endpoint_ms=700))


async def test_a_page_gets_snapshot_then_events_in_order_then_replies(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    assert outlet.snapshots[0].state == "waiting"
    assert outlet.snapshots[0].seq < outlet.seqs[0]
    assert outlet.seqs == sorted(outlet.seqs)
    sentences = " ".join(message["text"] for message in outlet.of("reply.sentence"))
    assert outlet.of("reply.finished")[0]["text"] == sentences


async def test_spoken_words_are_in_the_log_before_their_audio_is_acknowledged(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    await _play(attachment, outlet, 1)
    for offset in range(0, 32_000, CHUNK):
        attachment.offer_audio(offset, _tone(offset))
    await stage.ear.hears(32_000)
    _answer(stage.ear, "We moved the data in small batches.")
    ack = await outlet.receives("audio.ack")
    assert ack["offset"] == 32_000
    order = [message["type"] for message in outlet.messages]
    assert order.index("transcript.final") < order.index("audio.ack")
    await outlet.receives("turn.ended")
    await outlet.receives("latency")
    stored = await database_sync_to_async(Session.objects.get)(pk=session.pk)
    assert stored.audio_acked == 32_000
    turn = await database_sync_to_async(Turn.objects.get)(session=session, speaker="candidate")
    assert turn.text == "We moved the data in small batches."
    pcm = await database_sync_to_async(read_recording)(stored)
    assert pcm == b"".join(_tone(offset) for offset in range(0, 32_000, CHUNK))


async def test_without_consent_nothing_is_recorded(stage: Any, session: Session, outlet: Any) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    attachment.offer(
        inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=False, listening=False)
    )
    attachment.offer(inp.CandidateReadied())
    await outlet.receives("reply.finished")
    attachment.offer_audio(0, _tone(0))
    await stage.ear.hears(CHUNK)
    stage.ear.emit(AudioSettled(CHUNK))
    await outlet.receives("audio.ack")
    assert await database_sync_to_async(read_recording)(session) == b""


async def test_a_gap_is_asked_for_and_what_is_gone_is_logged_as_silence(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    attachment.offer_audio(CHUNK * 3, _tone(0))
    attachment.offer_audio(CHUNK * 4, _tone(0))
    assert (await outlet.receives("audio.resend"))["offset"] == 0
    attachment.offer(inp.AudioGone(from_offset=0, to_offset=CHUNK * 3))
    attachment.offer_audio(CHUNK * 3, _tone(0))
    attachment.offer(inp.EndRequested())  # behind all of this in the inbox
    await outlet.receives("session.ended")
    assert stage.ear.offset == CHUNK * 4
    assert len(outlet.of("audio.resend")) == 1
    events = await database_sync_to_async(read_events)(session.pk)
    assert [one.event.to_offset for one in events if one.event.__class__.__name__ == "AudioMissed"] == [
        CHUNK * 3
    ]


async def test_a_newer_socket_takes_over_and_misses_nothing(
    stage: Any, session: Session, outlet: Any, make_outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    newer = make_outlet()
    await stage.registry.attach(session.pk, newer, last_seq=outlet.seqs[0])
    await newer.until(lambda: newer.snapshots)
    assert outlet.closed == (4409, "opened in another place")
    await newer.until(lambda: newer.seqs)
    assert newer.seqs[: len(outlet.seqs) - 1] == outlet.seqs[1:]
    assert newer.snapshots[0].reply["sentences"]


async def test_audio_that_only_a_former_page_held_keeps_nobody_waiting(
    stage: Any, session: Session, outlet: Any, make_outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    await _play(attachment, outlet, 1)
    await stage.registry.attach(session.pk, make_outlet(), audio_from=0, audio_to=CHUNK * 50)
    reloaded = make_outlet()
    attachment = await stage.registry.attach(session.pk, reloaded)
    attachment.offer(inp.AnswerTyped(text="We moved the data in small batches."))
    await reloaded.receives("reply.finished", 2)


async def test_what_was_asked_for_before_a_pause_is_asked_for_again_after_it(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    attachment.offer_audio(CHUNK * 3, _tone(0))
    attachment.offer(inp.PauseRequested())
    attachment.offer_audio(0, _tone(0))  # the page answers, but the line stands still by now
    attachment.offer(inp.ResumeRequested())
    attachment.offer_audio(CHUNK * 4, _tone(0))
    assert (await outlet.receives("audio.resend", 2))["offset"] == 0


async def test_who_arrives_while_the_interview_ends_is_told_that_it_is_over(
    stage: Any, session: Session, outlet: Any, make_outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    late = make_outlet()
    attachment.offer(inp.EndRequested())
    await asyncio.sleep(0)  # the end is being written
    await stage.registry.attach(session.pk, late)
    await late.until(lambda: late.closed)
    assert late.closed[0] == 4410


async def test_another_process_takes_over_after_a_crash_and_knows_every_word(
    stage: Any, session: Session, outlet: Any, make_stage: Any, make_outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    await _play(attachment, outlet, 1)
    stage.ear.emit(SpeechStarted(at_ms=500))
    stage.ear.emit(UtteranceHeard(1, 500, 1_500, "We moved the data", 0.9))
    stage.ear.emit(AudioSettled(24_000))
    await outlet.receives("transcript.final")
    other, page = make_stage("process-b"), make_outlet()
    again = await other.registry.attach(session.pk, page)
    await page.until(lambda: page.snapshots)
    assert page.snapshots[0].state == "candidate_speaking"
    assert other.ear.offset == page.snapshots[0].audio_offset
    _answer(
        other.ear, "in small batches and compared every row.", utterance_id=2, start_ms=2_000, end_ms=4_000
    )
    ended = await page.receives("turn.ended")
    assert ended["text"] == "We moved the data in small batches and compared every row."
    attachment.offer(inp.MicSwitched(muted=True))  # the first process still believes that it runs the session
    await outlet.until(lambda: outlet.closed)
    assert outlet.closed[0] == 4409
    again.detach()
    await other.registry.shutdown()


async def test_shutting_down_sends_the_page_away_and_frees_the_session(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    await stage.registry.shutdown()
    assert outlet.closed == (4012, "restarting")
    stored = await database_sync_to_async(Session.objects.get)(pk=session.pk)
    assert stored.lease_owner == ""
    assert stage.door.inside == []
    assert stage.ear.is_closed


async def test_what_an_observer_asks_for_is_done_once_and_answered(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)

    def ask() -> Any:
        return submit(session, command_id="c1", kind="time.extend", payload={"minutes": 5}, by_name="Dana")

    first = await database_sync_to_async(ask)()
    second = await database_sync_to_async(ask)()
    assert first.pk == second.pk
    before = len(outlet.of("settings.changed"))
    await outlet.receives("settings.changed", before + 1)
    await database_sync_to_async(first.refresh_from_db)()
    assert first.status == "done"
    events = await database_sync_to_async(read_events)(session.pk)
    given = [one.event for one in events if one.event.__class__.__name__ == "TimeExtended"]
    assert [(one.minutes, one.by) for one in given] == [(5, "Dana")]


async def test_words_on_their_way_at_the_end_are_waited_for(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    stage.ear.last_words = [
        UtteranceHeard(1, 9_000, 9_800, text="That is all.", confidence=0.9),
        UtteranceLost(2, 10_000, 10_400, "too slow"),
    ]
    attachment.offer(inp.EndRequested(reason="ended_by_candidate"))
    await outlet.until(lambda: outlet.closed)
    assert [one["text"] for one in outlet.of("transcript.final")] == ["That is all."]
    events = await database_sync_to_async(read_events)(session.pk)
    kinds = [type(one.event).__name__ for one in events]
    assert kinds.index("UtteranceMissed") < kinds.index("SessionEnded")


async def test_the_whole_interview_by_typing_ends_with_a_log_that_verifies(
    stage: Any, session: Session, outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    for count in range(1, 40):
        attachment.offer(inp.AnswerTyped(text=f"I have no further answer, number {count}. No, thank you."))
        await outlet.until(
            lambda count=count: (
                len(outlet.of("reply.finished")) > count or outlet.of("session.ended") or outlet.closed
            )
        )
        if outlet.of("session.ended") or outlet.of("reply.started")[-1]["kind"] == "closing":
            break
    attachment.offer(inp.PlaybackFinished(reply_id=outlet.of("reply.started")[-1]["reply_id"]))
    await outlet.until(lambda: outlet.closed)
    assert outlet.closed[0] == 4410
    stored = await database_sync_to_async(Session.objects.get)(pk=session.pk)
    assert stored.status == "completed"
    assert stage.work_waits.is_set()
    asked = await database_sync_to_async(lambda: set(Task.objects.values_list("kind", "key")))()
    assert ("judge.session", str(session.pk)) in asked
    assert ("judge.answer", f"{session.pk}/1") in asked
    chain = await database_sync_to_async(read_chain)(stored)
    verdicts, ends_in_head = verify_chain(str(stored.uuid), chain, stored.head_hash)
    assert set(verdicts) == {"intact"}
    assert ends_in_head
