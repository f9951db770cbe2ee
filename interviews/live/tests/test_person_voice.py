"""The voice of somebody who has taken over, between their microphone, an ear and the candidate's page."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import person_voice as pv
from interviews.live.hearing import Ear
from interviews.live.person_voice import PersonVoice
from interviews.live.tests.conftest import ScriptedEar, ScriptedOutlet
from speech.listening import (
    Heard,
    PartialHeard,
    SpeechStarted,
    SpeechStopped,
    TurnEndHeard,
    UtteranceEmpty,
    UtteranceHeard,
)

TENTH = 3_200
REF = "dana-1"


class Wires:
    """Everything that a voice is connected with."""

    def __init__(self) -> None:
        self.ears: list[ScriptedEar] = []
        self.inputs: list[inp.Input] = []
        self.outlet: Any = ScriptedOutlet()
        self.overheard: list[tuple[bytes, str]] = []
        self.voice = PersonVoice(
            self.make_ear,
            put=self.inputs.append,
            outlet=lambda: self.outlet,
            overheard=lambda pcm, ref: self.overheard.append((pcm, ref)),
        )

    def make_ear(self, emit: Callable[[Heard], None]) -> Ear:
        self.ears.append(ScriptedEar(emit, 0))
        return self.ears[-1]

    def say(self, tenths: int, value: int = 1) -> None:
        for _ in range(tenths):
            self.voice.hear(REF, bytes([value]) * TENTH)

    @property
    def sent(self) -> bytes:
        return b"".join(pcm for _, _, pcm in self.outlet.audio)


@pytest.fixture
async def wires() -> Any:
    one = Wires()
    yield one
    await one.voice.aclose()


async def test_the_page_hears_it_from_a_little_before_it_began(wires: Wires) -> None:
    wires.say(20, 0)
    wires.say(2)
    wires.ears[0].emit(SpeechStarted(at_ms=2_000))
    assert wires.inputs == [inp.PersonBeganToSpeak(ref=REF)]
    wires.say(3)  # while the machine makes a reply of it
    wires.voice.begin_relay(7)
    wires.say(1)
    assert wires.sent == bytes(2 * TENTH) + b"\x01" * 6 * TENTH
    assert {(reply, rate) for reply, rate, _ in wires.outlet.audio} == {(7, 16_000)}
    wires.voice.end_relay()
    states = [one["state"] for one in wires.outlet.of("reply.audio")]
    assert states == ["begins", "ends"]
    assert wires.outlet.of("reply.audio")[-1]["samples"] == 8 * TENTH // 2
    assert b"".join(pcm for pcm, _ in wires.overheard) == wires.sent


async def test_nothing_is_relayed_or_kept_without_a_reply(wires: Wires) -> None:
    wires.say(600, 0)
    assert wires.outlet.messages == []
    assert wires.overheard == []
    wires.ears[0].emit(SpeechStarted(at_ms=60_000))
    wires.say(600)
    wires.voice.begin_relay(7)
    assert len(wires.sent) <= pv.MOST_WAITING_BYTES


async def test_a_page_that_comes_back_is_told_anew_and_one_that_does_not_read_is_not_flooded(
    wires: Wires,
) -> None:
    wires.say(1)
    wires.voice.begin_relay(7)
    former, wires.outlet = wires.outlet, ScriptedOutlet()
    wires.say(1)
    assert len(former.of("reply.audio")) == 1
    assert [one["state"] for one in wires.outlet.of("reply.audio")] == ["begins"]
    wires.outlet.unsent_bytes = 10**6
    wires.say(5)
    assert len(wires.sent) == TENTH
    wires.outlet = None
    wires.say(1)
    wires.voice.end_relay()


async def test_words_and_pauses_are_told_to_the_machine(wires: Wires) -> None:
    wires.say(1)
    ear = wires.ears[0]
    ear.emit(SpeechStarted(at_ms=0))
    assert wires.voice.is_behind
    ear.emit(PartialHeard(1, "Hello th", 5))
    ear.emit(SpeechStopped(at_ms=900, speech_ms=900))
    ear.emit(UtteranceHeard(1, 0, 900, "Hello there.", 0.9))
    assert not wires.voice.is_behind
    ear.emit(UtteranceEmpty(2, 1_000, 1_200))
    ear.emit(TurnEndHeard(at_ms=900, silence_ms=700, reason="endpoint"))
    assert wires.inputs[1:] == [
        inp.PersonWasPartlyHeard(text="Hello th", stable_chars=5),
        inp.PersonWasHeard(text="Hello there."),
        inp.PersonWasNotUnderstood(),
        inp.PersonFellSilent(),
    ]
    assert ear.calls == ["open_turn", "open_turn"]


async def test_a_voice_that_stops_in_mid_word_is_finished(wires: Wires) -> None:
    wires.voice = PersonVoice(
        wires.make_ear,
        put=wires.inputs.append,
        outlet=lambda: wires.outlet,
        overheard=lambda pcm, ref: None,
        dry_after_s=0.01,
    )
    wires.say(1)
    async with asyncio.timeout(5):
        while "pause" not in wires.ears[-1].calls:  # noqa: ASYNC110 (a timer of its own)
            await asyncio.sleep(0.005)


async def test_after_the_hand_back_last_words_still_come_and_a_new_take_over_has_a_new_ear(
    wires: Wires,
) -> None:
    wires.say(1)
    wires.voice.note(ev.TakeoverEnded(by="Dana", ref=REF))
    wires.ears[0].emit(UtteranceHeard(1, 0, 900, "Over to you.", 0.9))
    assert wires.inputs == [inp.PersonWasHeard(text="Over to you.")]
    wires.say(1)
    assert len(wires.ears) == 2
    await wires.voice.aclose()
    assert all(ear.is_closed for ear in wires.ears)
