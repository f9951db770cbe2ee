"""The client against a real server on a socket that speaks the speech API, well and badly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from speech.assembly import build_voice
from speech.backends.openai_voice import TRIES, OpenAIVoice
from speech.settings import SpeechSettings
from speech.speaking import Spoken
from speech.tests.voice_server import PIECE_BYTES, Answer, VoiceServer, tone, wav_bytes
from speech.transcript import EngineError

TEXT = "Could you tell me about it?"
SOUND = tone(0.5)


@pytest.fixture
async def server() -> AsyncIterator[VoiceServer]:
    one = VoiceServer()
    listening = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    yield one
    listening.close()


@pytest.fixture
async def voice(server: VoiceServer) -> AsyncIterator[OpenAIVoice]:
    settings = SpeechSettings(voice="openai", openai_api_key="sk-test", voice_base_url=server.address)
    one = OpenAIVoice(settings, first_within_s=0.5)
    yield one
    await one.aclose()


async def spoken(voice: OpenAIVoice, text: str = TEXT, **options: float) -> list[Spoken]:
    return [piece async for piece in voice.speak(text, **options)]


def joined(pieces: list[Spoken]) -> bytes:
    return b"".join(piece.pcm for piece in pieces)


async def test_what_is_asked_for(voice: OpenAIVoice, server: VoiceServer) -> None:
    server.usual = Answer(SOUND)
    await spoken(voice)
    await spoken(voice, speed=0.8)
    plain, slow = server.asked
    assert plain == {
        "line": "POST /v1/audio/speech HTTP/1.1",
        "key": "Bearer sk-test",
        "model": "gpt-4o-mini-tts",
        "voice": "alloy",
        "input": TEXT,
        "response_format": "pcm",
    }
    assert (slow["speed"], "slowly" in slow["instructions"]) == (0.8, True)


async def test_pieces_come_before_the_whole_is_made(voice: OpenAIVoice, server: VoiceServer) -> None:
    server.usual = Answer(SOUND, hangs_after=1)
    async with aclosing(voice.speak(TEXT)) as pieces:
        first = await anext(pieces)
    assert first == Spoken(24_000, SOUND[:PIECE_BYTES])


@pytest.mark.parametrize(
    ("answer", "rate_hz"),
    [
        (Answer(SOUND), 24_000),
        (Answer(SOUND, kind="audio/pcm;rate=16000"), 16_000),
        (Answer(SOUND, rate_hz=22_050), 22_050),
        (Answer(SOUND, kind="application/octet-stream"), 24_000),
        (Answer(wav_bytes(SOUND), kind="audio/wav"), 16_000),
        (Answer(wav_bytes(SOUND) + b"LIST\4\0\0\0note"), 16_000),
        (Answer(wav_bytes(SOUND)[:40] + b"\xff\xff\xff\xff" + SOUND), 16_000),
        (Answer(wav_bytes(SOUND)[:40] + b"\0\0\0\x20" + SOUND), 16_000),
        (Answer(wav_bytes(SOUND)[:12] + b"JUNK\4\0\0\0none" + wav_bytes(SOUND)[12:]), 16_000),
    ],
    ids=[
        "bare",
        "rate in the type",
        "rate in a header",
        "octets",
        "wav",
        "note at the end",
        "streamed wav",
        "wav that promises too much",
        "note before",
    ],
)
async def test_samples_are_found_whatever_they_come_in(
    voice: OpenAIVoice, server: VoiceServer, answer: Answer, rate_hz: int
) -> None:
    server.usual = answer
    pieces = await spoken(voice)
    assert {piece.rate_hz for piece in pieces} == {rate_hz}
    assert joined(pieces) == SOUND
    assert all(len(piece.pcm) % 2 == 0 for piece in pieces)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b""),
        Answer(b"ID3\x04\x00\x00" + SOUND),
        Answer(b'{"error": "no voice"}'),
        Answer(b"<html><body>busy</body></html>", kind="text/html"),
        Answer(b'{"error": "no voice"}', kind="application/json"),
        Answer(SOUND, kind="audio/mpeg"),
        Answer(SOUND, kind="audio/pcm;rate=4000"),
        Answer(wav_bytes(SOUND)[:22] + b"\x02\x00" + wav_bytes(SOUND)[24:]),
        Answer(wav_bytes(SOUND)[:36]),
        Answer(SOUND, cut_after=2),
        Answer(SOUND + b"\x01"),
        Answer(wav_bytes(SOUND)[:-4_000]),
        Answer(SOUND, hangs_after=0),
        Answer(SOUND, hangs_after=2),
    ],
    ids=[
        "nothing", "mp3", "json in disguise", "html", "json", "mpeg", "a rate nobody plays", "stereo",
        "only a header", "cut off", "half a sample", "half a file", "never", "never more",
    ],
)  # fmt: skip
async def test_whatever_is_no_whole_sentence_is_an_error(
    voice: OpenAIVoice, server: VoiceServer, answer: Answer
) -> None:
    server.usual = answer
    started = asyncio.get_running_loop().time()
    with pytest.raises(EngineError, match="voice server") as raised:
        await spoken(voice)
    assert not raised.value.permanent
    assert asyncio.get_running_loop().time() - started < 2


@pytest.mark.parametrize(
    ("status", "asked", "is_permanent"),
    [(401, 1, True), (400, 1, True), (307, 2, False), (429, 2, False), (503, 2, False)],
)
async def test_a_refusal_is_met_once_more_where_that_may_help(
    voice: OpenAIVoice, server: VoiceServer, status: int, asked: int, is_permanent: bool
) -> None:
    server.usual = Answer(b"secret details of the server", status=status, kind="text/plain")
    with pytest.raises(EngineError, match=str(status)) as raised:
        await spoken(voice)
    assert (len(server.asked), raised.value.permanent) == (asked, is_permanent)
    assert "secret" not in str(raised.value)


async def test_who_was_busy_for_a_moment_speaks(voice: OpenAIVoice, server: VoiceServer) -> None:
    server.answers = [Answer(b"", status=503), Answer(SOUND)]
    assert joined(await spoken(voice)) == SOUND


async def test_nothing_is_said_twice_when_it_broke_in_the_middle(
    voice: OpenAIVoice, server: VoiceServer
) -> None:
    server.usual = Answer(SOUND, cut_after=2)
    heard: list[Spoken] = []

    async def listen() -> None:
        heard.extend([piece async for piece in voice.speak(TEXT)])

    with pytest.raises(EngineError):
        await listen()
    assert len(server.asked) < TRIES


async def test_whoever_stops_listening_frees_the_connection(voice: OpenAIVoice, server: VoiceServer) -> None:
    server.usual = Answer(SOUND, hangs_after=1)
    begun = asyncio.Event()

    async def listen() -> None:
        async with aclosing(voice.speak(TEXT)) as pieces:
            async for _ in pieces:
                begun.set()

    listening = asyncio.create_task(listen())
    async with asyncio.timeout(10):
        await begun.wait()
        listening.cancel()
        await asyncio.wait({listening})
        while server.open_requests:
            server.changed.clear()
            await server.changed.wait()


async def test_a_server_that_is_not_there_is_an_error(free_port: int) -> None:
    voice = build_voice(SpeechSettings(voice="openai", voice_base_url=f"http://127.0.0.1:{free_port}/v1"))
    assert isinstance(voice, OpenAIVoice)
    with pytest.raises(EngineError, match="can't be reached"):
        await spoken(voice)
    await voice.aclose()


async def test_a_server_without_an_end_is_left(voice: OpenAIVoice, server: VoiceServer) -> None:
    server.usual = Answer(bytes(24_000 * 2 * 125))
    with pytest.raises(EngineError, match="does not come to an end"):
        await spoken(voice)


def test_pages_that_speak_by_themselves_need_none() -> None:
    assert build_voice(SpeechSettings()) is None
