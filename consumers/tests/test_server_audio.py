"""The interviewer's voice on the candidate's socket, over real TCP."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from consumers.codec import decode_server_audio
from interviews.live.signals import ReplyAudio
from interviews.live.speaking import FRAME_BYTES, MOST_UNSENT_BYTES, Speaker
from speech.speaking import Spoken

RATE = 24_000
PIECES, PIECE = 5, bytes(1024 * 1024)  # a sentence that two minutes would not do for


class FastVoice:
    """Makes sound much faster than anybody can hear it."""

    def __init__(self) -> None:
        self.made = 0

    async def speak(self, text: str, *, speed: float = 1.0) -> AsyncGenerator[Spoken, None]:
        for _ in range(PIECES):
            yield Spoken(RATE, PIECE)
            self.made += len(PIECE)
            await asyncio.sleep(0)

    async def aclose(self) -> None: ...


async def test_audio_comes_as_binary_between_its_messages(enter: Any, server: Any) -> None:
    client = await enter()
    outlet = server.sessions.latest.outlet

    def speak() -> None:
        outlet.send_signal(ReplyAudio(reply_id=3, index=0, state="begins"))
        outlet.send_audio(3, RATE, b"\x01\x02\x03\x04")
        outlet.send_signal(ReplyAudio(reply_id=3, index=0, state="ends", samples=2))

    server.call(speak)
    begins, frame, ends = [await client.connection.recv() for _ in range(3)]
    assert json.loads(begins)["state"] == "begins"
    assert frame[:8] == b"\x03\0\0\0\xc0\x5d\0\0"
    assert decode_server_audio(frame) == (3, RATE, b"\x01\x02\x03\x04")
    assert json.loads(ends) == {
        "type": "reply.audio",
        "reply_id": 3,
        "index": 0,
        "state": "ends",
        "samples": 2,
    }


async def test_what_a_page_lacks_is_handed_over(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    await client.send(type="reply.audio.wanted", reply_id=4, from_index=2)
    await client.send(type="reply.audio.wanted", reply_id=0)
    await until(lambda: len(server.sessions.latest.wanted) == 2)
    assert server.sessions.latest.wanted == [(4, 2), (0, 0)]


async def test_a_wish_that_makes_no_sense_is_an_error(enter: Any, server: Any) -> None:
    client = await enter()
    for nonsense in ({}, {"reply_id": -1}, {"reply_id": 1, "from_index": 10_001}, {"reply_id": "one"}):
        await client.send(type="reply.audio.wanted", **nonsense)
        assert (await client.next("error"))["code"] == "bad_message"
    assert server.sessions.latest.wanted == []


async def test_a_wish_to_a_full_session_is_refused_as_any_other(enter: Any, server: Any) -> None:
    client = await enter()
    server.sessions.latest.is_full = True
    await client.send(type="reply.audio.wanted", reply_id=4)
    assert (await client.closed())[0] == 4429


async def test_a_page_that_does_not_read_makes_nothing_grow_and_loses_nothing(
    enter: Any, server: Any, until: Any
) -> None:
    client = await enter()
    outlet = server.sessions.latest.outlet
    voice = FastVoice()
    speaker = Speaker(voice, lambda: outlet)

    def speak() -> None:
        for index in range(3):
            speaker.say(3, index, f"Sentence {index}.")

    server.call(speak)
    await until(lambda: outlet.unsent_bytes > MOST_UNSENT_BYTES - FRAME_BYTES)
    peak = 0
    for _ in range(20):
        await asyncio.sleep(0)
        peak = max(peak, outlet.unsent_bytes)
    assert peak <= MOST_UNSENT_BYTES + 1_024  # and the messages in between
    assert voice.made < 3 * PIECES * len(PIECE)
    heard = 0
    while heard < 3 * PIECES * len(PIECE):
        said = await client.connection.recv()
        if isinstance(said, bytes):
            heard += len(decode_server_audio(said)[2])
    assert json.loads(await client.connection.recv())["samples"] == PIECES * len(PIECE) // 2
    server.call(lambda: speaker.keep_only(0))
