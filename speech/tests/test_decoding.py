"""Uploads as people send them and as nobody should; PyAV's own encoders make the files."""

import io
import socket
import struct
import threading
import time
import wave
from collections.abc import Iterator

import av
import numpy as np
import pytest

from speech.decoding import DecodingError, Limits, decode, sniff

TONE_HZ = 440
FORMATS = [  # container, codec, rate, what the first bytes announce
    ("wav", "pcm_s16le", 16_000, "wav"),
    ("wav", "pcm_f32le", 48_000, "wav"),
    ("flac", "flac", 44_100, "flac"),
    ("mp3", "libmp3lame", 44_100, "mp3"),
    ("ogg", "libopus", 48_000, "ogg"),
    ("webm", "libopus", 48_000, "matroska"),
    ("mp4", "aac", 44_100, "mov"),
    ("ipod", "aac", 44_100, "mov"),
    ("adts", "aac", 16_000, "aac"),
]


def record(container: str, codec: str, rate: int, seconds: float = 2.0) -> bytes:
    """A tone in stereo."""
    out = io.BytesIO()
    tone = 8_000 * np.sin(2 * np.pi * TONE_HZ * np.arange(int(rate * seconds)) / rate)
    with av.open(out, "w", format=container) as writer:
        stream = writer.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(
            np.repeat(tone.astype(np.int16), 2).reshape(1, -1), format="s16", layout="stereo"
        )
        frame.sample_rate = rate
        shape = av.AudioResampler(
            stream.codec_context.format.name,
            "stereo",
            rate,
            frame_size=stream.codec_context.frame_size or 1_024,
        )
        for piece in [*shape.resample(frame), *shape.resample(None)]:
            writer.mux(stream.encode(piece))
        writer.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("container", "codec", "rate", "announced"), FORMATS)
def test_what_people_send_becomes_mono_at_16_khz(
    container: str, codec: str, rate: int, announced: str
) -> None:
    decoded = decode(record(container, codec, rate))
    assert decoded.container == announced
    assert abs(decoded.duration_ms - 2_000) < 150  # codecs pad
    samples = np.frombuffer(decoded.pcm, "<i2").astype(float)[4_000:28_000]
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) * 16_000 / len(samples) - TONE_HZ) < 5
    assert 6_000 < samples.max() < 10_000


@pytest.mark.parametrize(
    ("container", "codec", "rate"), [given[:3] for given in FORMATS if given[3] != "mov"]
)
def test_a_file_cut_off_gives_what_is_there(container: str, codec: str, rate: int) -> None:
    whole = record(container, codec, rate)
    assert 300 < decode(whole[: len(whole) // 2]).duration_ms < 1_600


def test_an_mp4_cut_off_lacks_its_table_and_says_so() -> None:
    whole = record("mp4", "aac", 44_100)
    with pytest.raises(DecodingError, match="cut off") as raised:
        decode(whole[: len(whole) // 2])
    assert raised.value.code == "damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"hello, this is not a recording",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"PK\x03\x04" + bytes(64),
        b"%PDF-1.7 " + bytes(64),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\nhttp://127.0.0.1/x.ts\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\xff\xff\xff\xff" + bytes(64),
    ],
)
def test_what_is_no_recording_is_refused_by_its_first_bytes(data: bytes) -> None:
    with pytest.raises(DecodingError) as raised:
        decode(data)
    assert raised.value.code == "unsupported"


@pytest.mark.parametrize(
    "head", [b"RIFF\x00\x00\x00\x00WAVE", b"fLaC", b"OggS", b"\x1aE\xdf\xa3", b"ID3\x04", b"\xff\xfb\x90\x00"]
)
def test_a_right_beginning_with_rubbish_behind_is_damaged(head: bytes) -> None:
    rubbish = np.random.default_rng(1).integers(0, 256, 20_000, np.uint8).tobytes()
    with pytest.raises(DecodingError) as raised:
        decode(head + rubbish)
    assert raised.value.code in {"damaged", "no_audio", "unsupported", "too_long", "too_large"}


@pytest.fixture
def trap() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what connected to it."""
    caught: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        is_over = threading.Event()

        def listen() -> None:
            while not is_over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    caught.append(b"somebody")

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], caught
        is_over.set()
        thread.join()


@pytest.mark.parametrize(
    "magic", [b"", b"OggS", b"\x1aE\xdf\xa3", b"ID3\x04\x00\x00\x00\x00\x00\x00", b"fLaC"]
)
def test_a_playlist_under_another_name_fetches_nothing(trap: tuple[int, list[bytes]], magic: bytes) -> None:
    port, caught = trap
    playlist = (
        f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"
    )
    with pytest.raises(DecodingError):
        decode(magic + playlist.encode())
    assert caught == []


def _silence(seconds: int) -> bytes:
    """Eight channels of nothing at 192 kHz, which cost FLAC almost nothing: a megabyte holds gigabytes."""
    out = io.BytesIO()
    with av.open(out, "w", format="flac") as writer:
        stream = writer.add_stream("flac", rate=192_000)
        stream.layout = "7.1"
        size = stream.codec_context.frame_size or 4_608
        empty = av.AudioFrame.from_ndarray(np.zeros((1, 8 * size), np.int16), format="s16", layout="7.1")
        empty.sample_rate = 192_000
        for index in range(seconds * 192_000 // size):
            empty.pts = index * size
            writer.mux(stream.encode(empty))
        writer.mux(stream.encode(None))
    return out.getvalue()


def test_a_bomb_is_stopped_at_the_longest_length_whatever_its_header_says() -> None:
    bomb = bytearray(_silence(120))
    at = bomb.index(b"fLaC") + 8
    bomb[at + 13] &= 0xF0  # the header's count of samples: unknown
    bomb[at + 14 : at + 18] = bytes(4)
    before = time.monotonic()
    with pytest.raises(DecodingError) as raised:
        decode(bytes(bomb), Limits(most_s=20))
    assert raised.value.code == "too_long"
    assert time.monotonic() - before < 20


def test_a_recording_that_says_it_is_too_long_is_not_decoded() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(bytes(32_000 * 5))
    with pytest.raises(DecodingError, match="longer than 4 seconds") as raised:
        decode(out.getvalue(), Limits(most_s=4))
    assert raised.value.code == "too_long"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(DecodingError, match="larger than 1 MB") as raised:
        decode(b"fLaC" + bytes(1024 * 1024), Limits(most_bytes=1024 * 1024))
    assert raised.value.code == "too_large"


def test_a_header_of_absurd_channels_is_refused() -> None:
    data = bytearray(record("wav", "pcm_s16le", 16_000, seconds=0.5))
    at = data.index(b"fmt ") + 8
    struct.pack_into("<HI", data, at + 2, 60_000, 4_000_000_000)
    with pytest.raises(DecodingError):
        decode(bytes(data))


def test_memory_has_a_bound_and_the_server_lives() -> None:
    with pytest.raises(DecodingError) as raised:
        decode(record("flac", "flac", 44_100), Limits(memory_bytes=64 * 1024 * 1024))
    assert raised.value.code in {"too_large", "damaged"}


def test_time_has_a_bound() -> None:
    with pytest.raises(DecodingError) as raised:
        decode(record("flac", "flac", 44_100), Limits(within_s=0.01))
    assert raised.value.code == "too_slow"


def test_silence_of_no_length_holds_no_sound() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(b"")
    with pytest.raises(DecodingError) as raised:
        decode(out.getvalue())
    assert raised.value.code in {"no_audio", "damaged"}


def test_a_film_without_sound_has_no_audio() -> None:
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as writer:
        stream = writer.add_stream("mjpeg", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuvj420p"
        for _ in range(3):
            writer.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), "rgb24")))
        writer.mux(stream.encode(None))
    with pytest.raises(DecodingError) as raised:
        decode(out.getvalue())
    assert raised.value.code == "no_audio"


def test_mpeg_frames_are_told_from_other_bytes() -> None:
    assert sniff(b"\xff\xfb\x90\x00") == "mp3"
    assert sniff(b"\xff\xf1\x50\x80") == "aac"
    assert sniff(b"\xff\xfb\xf0\x00") == ""
    assert sniff(b"\xff\xfe") == ""
