"""Uploaded recordings become text, through the process's own recogniser."""

import io
import wave
from typing import Any

import av
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient

from interviews.live.process import get_process
from speech.decoding import decode

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/api/conversations/voice_to_text/"


def silence(seconds: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.zeros(seconds * 16_000, "<i2").tobytes())
    return buffer.getvalue()


async def send(
    browser: AsyncClient, guest: Any, data: bytes, field: str = "audio_file", **fields: str
) -> Any:
    body = {field: SimpleUploadedFile("speech.wav", data), **fields}
    return await browser.post(f"{ADDRESS}?t={guest.made['public_token']}", body)


async def test_speech_becomes_text(guest: Any, hearing: AsyncClient, spoken: bytes, told: Any) -> None:
    heard = told(await send(hearing, guest, spoken), 200)
    assert heard["text"].startswith("Hello there.")
    assert heard["engine"] == "scripted"
    assert heard["duration_seconds"] > 1
    first = heard["segments"][0]
    assert 0 <= first["start_ms"] < first["end_ms"]
    assert 0 < heard["confidence"] <= 1


async def test_silence_has_no_words(guest: Any, hearing: AsyncClient, told: Any) -> None:
    heard = told(await send(hearing, guest, silence(3), "file"), 200)
    assert (heard["text"], heard["segments"]) == ("", [])


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"#EXTM3U\nhttp://127.0.0.1/secret\n", 415, "unsupported"),
        (b"RIFF\x00\x00\x00\x00WAVEjunk", 400, "damaged"),
        (b"\x1aE\xdf\xa3" + bytes(100), 400, "damaged"),
    ],
)
async def test_files_that_are_no_recording(
    guest: Any, hearing: AsyncClient, told: Any, data: bytes, status: int, code: str
) -> None:
    assert told(await send(hearing, guest, data), status)["code"] == code


async def test_too_long(guest: Any, hearing: AsyncClient, told: Any) -> None:
    assert told(await send(hearing, guest, silence(301)), 413)["code"] == "too_long"


async def test_without_a_file(guest: Any, hearing: AsyncClient, told: Any) -> None:
    answer = await hearing.post(f"{ADDRESS}?t={guest.made['public_token']}", {"language": "en"})
    assert "audio_file" in told(answer, 400)["fields"]


async def test_without_an_engine(guest: Any, hearing: AsyncClient, spoken: bytes, told: Any) -> None:
    await get_process().recognizer.close()
    assert told(await send(hearing, guest, spoken), 503)["code"] == "engine_unavailable"


def test_too_large_is_told_by_its_announced_length(guest: Any, told: Any) -> None:
    refused = guest.post(ADDRESS, {}, format="multipart", CONTENT_LENGTH=str(40 * 1024 * 1024))
    told(refused, 413)


def test_nobody_is_not_heard(anyone: Any, told: Any) -> None:
    body = {"audio_file": SimpleUploadedFile("speech.wav", silence(1))}
    told(anyone.post(ADDRESS, body, format="multipart"), 401)


async def test_health_says_which_engine_is_live(hearing: AsyncClient, told: Any) -> None:
    health = told(await hearing.get("/api/health/"), 200)
    assert (health["status"], health["ready"], health["database"]) == ("ok", True, "ok")
    assert health["speech"]["label"] == "scripted"
    assert health["speech"]["capacity"] == 2
    assert told(await hearing.get("/api/health/ready/"), 200)["ready"]
    await get_process().recognizer.close()
    assert told(await hearing.get("/api/health/"), 200)["status"] == "degraded"
    assert (await hearing.get("/api/health/ready/")).status_code == 503


def test_health_tells_no_secret(anyone: Any, settings: Any) -> None:
    settings.REDIS_URL = "redis://:hunter2@127.0.0.1:1/0"
    shown = anyone.get("/api/health/").content.decode()
    assert "hunter2" not in shown
    assert settings.SECRET_KEY not in shown
    assert '"redis":"unavailable"' in shown


FORMATS = [
    ("wav", "pcm_s16le"),
    ("mp3", "libmp3lame"),
    ("ogg", "libopus"),
    ("webm", "libopus"),
    ("ipod", "aac"),  # M4A
    ("flac", "flac"),
]


def recorded_as(spoken: bytes, container: str, codec: str) -> bytes:
    """The first two seconds of `spoken`, as another program would have recorded them."""
    samples = np.frombuffer(decode(spoken).pcm, "<i2")[: 2 * 16_000]
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = 16_000
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        stream: Any = target.add_stream(codec, rate=48_000)
        stream.layout = "mono"
        shape = av.AudioResampler(
            stream.codec_context.format.name,
            "mono",
            48_000,
            frame_size=stream.codec_context.frame_size or 1_024,
        )
        for piece in [*shape.resample(frame), *shape.resample(None)]:
            target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return out.getvalue()


async def test_every_container_that_people_record_in(
    guest: Any, hearing: AsyncClient, spoken: bytes, told: Any
) -> None:
    for container, codec in FORMATS:
        heard = told(await send(hearing, guest, recorded_as(spoken, container, codec)), 200)
        assert heard["segments"], container
        assert 1.5 < heard["duration_seconds"] < 2.6, container
