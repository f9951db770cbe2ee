"""The reply's voice: order, prefetching, cancelling, failures, pages that are slow, gone or back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from interviews.live.speaking import FRAME_BYTES, MOST_UNSENT_BYTES, SAMPLE, Speaker
from interviews.live.tests.scripted_voice import RATE, SHORT, ScriptedVoice


class Scene:
    def __init__(self, make_outlet: Callable[[], Any]) -> None:
        self.voice = ScriptedVoice()
        self.page: Any = make_outlet()
        self.make_outlet = make_outlet
        self.speaker = Speaker(self.voice, lambda: self.page)

    async def states(self, count: int) -> list[tuple[int, int, str]]:
        """Reply, index and state of the page's `reply.audio` messages, once there are so many."""
        await self.page.until(lambda: len(self.page.of("reply.audio")) >= count)
        return [(one["reply_id"], one["index"], one["state"]) for one in self.page.of("reply.audio")]

    async def until(self, is_so: Callable[[], Any]) -> None:
        async with asyncio.timeout(5):
            while not is_so():  # noqa: ASYNC110 (a voice says nothing when it is asked or left)
                await asyncio.sleep(0)


@pytest.fixture
async def scene(make_outlet: Callable[[], Any]) -> AsyncIterator[Scene]:
    one = Scene(make_outlet)
    yield one
    await one.speaker.aclose()


async def test_sentences_go_out_in_order_whole_and_in_frames(scene: Scene) -> None:
    long = bytes(range(256)) * 400
    scene.voice.pieces["One."] = [long]
    scene.speaker.say(3, 0, "One.")
    scene.speaker.say(3, 1, "Two.")
    assert await scene.states(4) == [(3, 0, "begins"), (3, 0, "ends"), (3, 1, "begins"), (3, 1, "ends")]
    samples = [one["samples"] for one in scene.page.of("reply.audio")]
    assert samples == [0, len(long) // 2, 0, len(SHORT)]
    assert b"".join(pcm for _, _, pcm in scene.page.audio) == long + SHORT + SHORT
    assert {(reply, rate) for reply, rate, _ in scene.page.audio} == {(3, RATE)}
    assert max(len(pcm) for _, _, pcm in scene.page.audio) == FRAME_BYTES


async def test_the_first_piece_leaves_before_the_second_is_made(scene: Scene) -> None:
    gate = scene.voice.hold("One.")
    scene.speaker.say(3, 0, "One.")
    await scene.page.until(lambda: scene.page.audio)
    assert scene.voice.ended == []
    gate.set()
    assert (await scene.states(2))[-1] == (3, 0, "ends")


async def test_one_sentence_ahead_is_made_and_no_more(scene: Scene) -> None:
    gate = scene.voice.hold("One.")
    for index, text in enumerate(["One.", "Two.", "Three."]):
        scene.speaker.say(3, index, text)
    await scene.until(lambda: "Two." in scene.voice.ended)
    assert scene.voice.begun == ["One.", "Two."]
    gate.set()
    await scene.states(6)
    assert scene.voice.begun == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("what", ["over", "another reply", "closed"])
async def test_whatever_ends_a_reply_ends_its_voice_at_once(scene: Scene, what: str) -> None:
    scene.voice.hold("One.")
    scene.speaker.say(3, 0, "One.")
    await scene.page.until(lambda: scene.page.audio)
    sent = len(scene.page.audio)
    if what == "over":
        scene.speaker.keep_only(0)
    elif what == "another reply":
        scene.speaker.say(4, 0, "Four.")
        await scene.states(3)
    else:
        await scene.speaker.aclose()
    await scene.until(lambda: scene.voice.cancelled == ["One."])
    assert [pcm for reply, _, pcm in scene.page.audio if reply == 3] == [SHORT][:sent]


async def test_a_sentence_that_breaks_is_told_and_the_next_ones_do_not_wait(scene: Scene) -> None:
    scene.voice.broken.add("One.")
    scene.speaker.say(3, 0, "One.")
    assert await scene.states(2) == [(3, 0, "begins"), (3, 0, "failed")]
    scene.speaker.say(3, 1, "Two.")
    assert (await scene.states(3))[2:] == [(3, 1, "failed")]
    assert scene.voice.begun == ["One."]  # who just failed is left alone for a while


async def test_a_voice_that_has_rested_is_asked_again(scene: Scene) -> None:
    scene.speaker = Speaker(scene.voice, lambda: scene.page, rest_s=0)
    scene.voice.broken.add("One.")
    scene.speaker.say(3, 0, "One.")
    scene.speaker.say(3, 1, "Two.")
    assert (await scene.states(4))[1:] == [(3, 0, "failed"), (3, 1, "begins"), (3, 1, "ends")]
    await scene.speaker.aclose()


async def test_who_says_nothing_has_failed(scene: Scene) -> None:
    scene.voice.pieces["One."] = []
    scene.speaker.say(3, 0, "One.")
    assert await scene.states(1) == [(3, 0, "failed")]


async def test_a_page_that_comes_back_gets_what_it_lacks_out_of_what_is_kept(scene: Scene) -> None:
    gate = scene.voice.hold("Two.")
    scene.speaker.say(3, 0, "One.")
    scene.speaker.say(3, 1, "Two.")
    await scene.states(3)
    scene.page = None
    gate.set()
    scene.speaker.say(3, 2, "Three.")  # nobody hears it now, so nothing is bought
    scene.page = scene.make_outlet()
    scene.speaker.give(3, ("One.", "Two.", "Three."), 1)
    assert (await scene.states(4))[0] == (3, 1, "begins")
    assert [pcm for _, _, pcm in scene.page.audio][:2] == [SHORT + SHORT, SHORT + SHORT][
        : len(scene.page.audio)
    ]
    assert scene.voice.begun == ["One.", "Two.", "Three."]
    scene.speaker.say(3, 3, "Four.")
    assert (await scene.states(6))[-1] == (3, 3, "ends")


async def test_another_process_makes_it_again(scene: Scene) -> None:
    scene.speaker.give(3, ("One.", "Two."), 1)
    assert await scene.states(2) == [(3, 1, "begins"), (3, 1, "ends")]
    assert scene.voice.begun == ["Two."]


async def test_a_new_page_hears_what_is_new_even_if_it_asks_for_nothing(scene: Scene) -> None:
    scene.speaker.say(3, 0, "One.")
    await scene.states(2)
    scene.page = scene.make_outlet()
    scene.speaker.say(3, 1, "Two.")
    assert await scene.states(2) == [(3, 1, "begins"), (3, 1, "ends")]


async def test_a_slow_reader_is_waited_for(scene: Scene) -> None:
    scene.voice.pieces["One."] = [bytes(FRAME_BYTES)] * 6
    scene.page.unsent_bytes = MOST_UNSENT_BYTES
    scene.speaker.say(3, 0, "One.")
    await scene.states(1)
    for _ in range(20):
        await asyncio.sleep(0)
    assert scene.page.audio == []
    scene.page.unsent_bytes = 0
    assert (await scene.states(2))[-1] == (3, 0, "ends")


async def test_no_more_is_kept_than_is_good(scene: Scene) -> None:
    big = bytes(3 * 1024 * 1024)
    for index in range(4):
        scene.voice.pieces[f"{index}."] = [big]
        scene.speaker.say(3, index, f"{index}.")
    await scene.states(8)
    scene.speaker.give(3, ("0.", "1.", "2.", "3."), 0)
    await scene.states(16)
    assert scene.voice.begun == ["0.", "1.", "2.", "3.", "0.", "1."]


async def test_a_voice_without_an_end_is_left(scene: Scene) -> None:
    scene.voice.pieces["One."] = [bytes(1024 * 1024)] * 12
    scene.speaker.say(3, 0, "One.")
    assert (await scene.states(2))[-1] == (3, 0, "failed")


async def test_the_sample_is_bought_once_and_goes_when_the_interview_speaks(scene: Scene) -> None:
    scene.speaker.give_sample()
    await scene.states(2)
    scene.speaker.give_sample()
    assert [state for *_, state in await scene.states(4)] == ["begins", "ends"] * 2
    assert scene.voice.begun == [SAMPLE]
    scene.speaker.say(1, 0, "One.")
    assert (await scene.states(6))[-1] == (1, 0, "ends")


async def test_who_has_asked_for_it_gets_a_slow_voice(scene: Scene) -> None:
    scene.speaker.suit({"slow_voice": True})
    scene.speaker.say(3, 0, "One.")
    await scene.states(2)
    assert scene.voice.speeds == [0.8]


async def test_without_a_voice_nothing_is_sent(make_outlet: Callable[[], Any]) -> None:
    page = make_outlet()
    speaker = Speaker(None, lambda: page)
    speaker.say(3, 0, "One.")
    speaker.give_sample()
    await speaker.aclose()
    assert page.messages == []
