import asyncio
import os
import signal

import pytest

from speech.backends.options import EngineOptions
from speech.backends.scripted import ScriptedLane
from speech.clips import Clip
from speech.lanes import Lane
from speech.recognizer import Crew, Recognizer
from speech.transcript import EngineError, SupersededError, Transcript
from speech.workers import ProcessLane

SECOND = b"\x00\x10" * 16_000


class HeldLane:
    """Answers with the audio's length in ms, when the test lets it; keeps what it was given, in order."""

    is_remote = True

    def __init__(self) -> None:
        self.given: list[tuple[int, bool]] = []
        self.gate = asyncio.Event()
        self.fails: list[EngineError] = []
        self.is_closed = False

    async def start(self) -> None:
        pass

    async def transcribe(self, pcm: bytes, *, language: str, is_partial: bool) -> Transcript:
        self.given.append((len(pcm) // 32, is_partial))
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop(0)
        return Transcript(f"{len(pcm) // 32} {language}", 0.9)

    async def close(self) -> None:
        self.is_closed = True


class DeadLane(HeldLane):
    async def start(self) -> None:
        raise EngineError("no weights", permanent=True)


async def started(*lanes: Lane, **crew: int) -> Recognizer:
    async def prepare() -> Crew:
        return Crew(lanes=lanes, **crew)

    recognizer = Recognizer(prepare)
    await recognizer.start()
    return recognizer


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_final_comes_back_with_its_words() -> None:
    lane = HeldLane()
    lane.gate.set()
    recognizer = await started(lane)
    transcript = await recognizer.transcribe(SECOND, session="a", kind="final", language="de")
    assert transcript.text == "1000 de"
    await recognizer.close()
    assert lane.is_closed


async def test_what_is_asked_before_the_model_is_loaded_waits() -> None:
    lane = HeldLane()
    lane.gate.set()
    loaded = asyncio.Event()

    async def prepare() -> Crew:
        await loaded.wait()
        return Crew(lanes=[lane])

    recognizer = Recognizer(prepare)
    starting = asyncio.ensure_future(recognizer.start())
    asked = asyncio.ensure_future(recognizer.transcribe(SECOND, session="a", kind="final"))
    await settle()
    assert recognizer.health()["state"] == "loading"
    assert not asked.done()
    loaded.set()
    await starting
    assert (await asked).text == "1000 en"
    await recognizer.close()


async def test_finals_overtake_partials_and_newer_partials_replace_older() -> None:
    lane = HeldLane()
    recognizer = await started(lane)
    first = asyncio.ensure_future(recognizer.transcribe(SECOND, session="a", kind="final"))
    await settle()
    old = asyncio.ensure_future(recognizer.transcribe(SECOND[:3_200], session="b", kind="partial"))
    await settle()
    new = asyncio.ensure_future(recognizer.transcribe(SECOND[:6_400], session="b", kind="partial"))
    late = asyncio.ensure_future(recognizer.transcribe(SECOND * 2, session="c", kind="final"))
    with pytest.raises(SupersededError):
        await old
    lane.gate.set()
    await asyncio.gather(first, new, late)
    assert lane.given == [(1000, False), (2000, False), (200, True)]
    assert recognizer.health()["done"]["superseded"] == 1
    await recognizer.close()


async def test_a_cancelled_wait_is_never_given_to_a_lane() -> None:
    lane = HeldLane()
    recognizer = await started(lane)
    running = asyncio.ensure_future(recognizer.transcribe(SECOND, session="a", kind="final"))
    waiting = asyncio.ensure_future(recognizer.transcribe(SECOND * 2, session="b", kind="final"))
    await settle()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    lane.gate.set()
    await running
    assert lane.given == [(1000, False)]
    assert recognizer.health()["waiting"] == {"finals": 0, "partials": 0}
    await recognizer.close()


async def test_a_cancelled_call_leaves_its_lane_in_order() -> None:
    lane = HeldLane()
    recognizer = await started(lane)
    running = asyncio.ensure_future(recognizer.transcribe(SECOND, session="a", kind="final"))
    await settle()
    running.cancel()
    lane.gate.set()
    transcript = await recognizer.transcribe(SECOND * 3, session="b", kind="final")
    assert transcript.text == "3000 en"
    await recognizer.close()


async def test_what_may_pass_is_tried_again_and_what_stays_is_not() -> None:
    lane = HeldLane()
    lane.gate.set()
    recognizer = await started(lane)
    lane.fails = [EngineError("died"), EngineError("died")]
    assert (await recognizer.transcribe(SECOND, session="a", kind="final")).text == "1000 en"
    assert len(lane.given) == 3
    lane.fails = [EngineError("no such model", permanent=True)]
    with pytest.raises(EngineError, match="no such model"):
        await recognizer.transcribe(SECOND, session="a", kind="final")
    lane.fails = [EngineError("died") for _ in range(3)]
    with pytest.raises(EngineError, match="died"):
        await recognizer.transcribe(SECOND, session="a", kind="final")
    lane.fails = [EngineError("died")]
    with pytest.raises(EngineError, match="died"):
        await recognizer.transcribe(SECOND, session="a", kind="partial")
    assert recognizer.health()["done"]["retries"] == 4
    await recognizer.close()


async def test_one_lane_that_can_not_start_is_left_out_and_two_are_an_error() -> None:
    lane = HeldLane()
    lane.gate.set()
    recognizer = await started(DeadLane(), lane)
    assert (await recognizer.transcribe(SECOND, session="a", kind="final")).text == "1000 en"
    await recognizer.close()
    with pytest.raises(EngineError, match="no weights"):
        await started(DeadLane(), DeadLane())


async def test_who_waits_for_an_engine_that_can_not_start_is_told() -> None:
    failed = asyncio.Event()

    async def prepare() -> Crew:
        await failed.wait()
        raise EngineError("no engine", permanent=True)

    recognizer = Recognizer(prepare)
    starting = asyncio.ensure_future(recognizer.start())
    asked = asyncio.ensure_future(recognizer.transcribe(SECOND, session="a", kind="final"))
    await settle()
    failed.set()
    for task in (starting, asked):
        with pytest.raises(EngineError):
            await task
    assert (recognizer.health()["state"], recognizer.health()["error"]) == ("failed", "no engine")
    with pytest.raises(EngineError, match="not running"):
        await recognizer.transcribe(SECOND, session="a", kind="final")
    await recognizer.close()


async def test_a_server_elsewhere_carries_several_at_once() -> None:
    lane = HeldLane()
    recognizer = await started(lane, at_once=3)
    asked = [
        asyncio.ensure_future(recognizer.transcribe(SECOND, session=str(n), kind="final")) for n in range(4)
    ]
    await settle()
    assert len(lane.given) == 3
    lane.gate.set()
    await asyncio.gather(*asked)
    await recognizer.close()


@pytest.mark.parametrize("pcm", [b"\x00", SECOND * 31])
async def test_odd_and_endless_audio_is_refused(pcm: bytes) -> None:
    recognizer = await started(ScriptedLane(["yes"]))
    with pytest.raises(EngineError) as raised:
        await recognizer.transcribe(pcm, session="a", kind="final")
    assert raised.value.permanent
    await recognizer.close()


async def test_closing_tells_everyone_who_waits() -> None:
    lane = HeldLane()
    recognizer = await started(lane)
    asked = [
        asyncio.ensure_future(recognizer.transcribe(SECOND, session=str(n), kind="final")) for n in range(3)
    ]
    await settle()
    await recognizer.close()
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(result, EngineError) for result in results)


async def test_an_utterance_survives_the_death_of_its_worker(
    engine_options: EngineOptions, clips: list[Clip]
) -> None:
    """Both workers are killed with a whole line of utterances in front of them."""
    lanes = [ProcessLane("speech.backends.faster_whisper", engine_options) for _ in range(2)]
    recognizer = await started(*lanes)
    try:
        asked = [
            asyncio.ensure_future(recognizer.transcribe(clip.pcm, session=clip.text, kind="final"))
            for clip in clips
        ]
        await settle()
        for lane in lanes:
            assert lane.process_id is not None
            os.kill(lane.process_id, signal.SIGKILL)
        heard = [transcript.text for transcript in await asyncio.gather(*asked)]
        assert [text.strip(".") for text in heard] == [clip.text.strip(".") for clip in clips]
        assert recognizer.health()["restarts"] >= 2
    finally:
        await recognizer.close()


async def test_health_names_what_is_live(engine_options: EngineOptions) -> None:
    async def prepare() -> Crew:
        return Crew(lanes=[ScriptedLane(["yes"])], capacity=7, facts={"engine": "scripted"})

    async def never(recognizer: Recognizer) -> int:
        raise AssertionError("a given capacity is not measured")

    recognizer = Recognizer(prepare, never)
    await recognizer.start()
    health = recognizer.health()
    assert (health["engine"], health["state"], health["capacity"]) == ("scripted", "ready", 7)
    await recognizer.close()
