"""Turns a recording that somebody uploaded into text: decoded apart, cut at its pauses, heard in its turn."""

from collections.abc import Iterator, Sequence

import numpy as np
from asgiref.sync import async_to_sync
from msgspec import Struct

from speech.decoding import Decoded, Limits, decode
from speech.endpointing import Endpointer, UtteranceClosed
from speech.listening_settings import ListeningSettings
from speech.recognizer import Recognizer
from speech.sample_clock import FRAME_SAMPLES
from speech.transcript import SAMPLE_RATE_HZ, Samples, Transcript
from speech.vad import VoiceActivityModel

LIMITS = Limits(most_bytes=25 * 1024 * 1024, most_s=300)
FRAMES_AT_ONCE = 100
FULL_SCALE = 32_768


class Heard(Struct, frozen=True):
    """One stretch of speech with its words."""

    start_ms: int
    end_ms: int
    transcript: Transcript


class Upload(Struct, frozen=True):
    duration_ms: int
    container: str
    heard: tuple[Heard, ...]
    pcm: bytes = b""  # mono s16le at 16 kHz

    @property
    def text(self) -> str:
        return " ".join(one.transcript.text for one in self.heard if one.transcript.text)

    @property
    def confidence(self) -> float | None:
        """The mean over the speech; None where the engine gives none."""
        known = [
            (one.transcript.confidence, max(1, one.end_ms - one.start_ms))
            for one in self.heard
            if one.transcript.confidence is not None
        ]
        total = sum(length for _, length in known)
        return round(sum(value * length for value, length in known) / total, 3) if total else None


def transcribe_upload(
    data: bytes, *, recognizer: Recognizer, voice_activity: VoiceActivityModel, key: str, language: str
) -> Upload:
    """This will block until all of it is heard; call it from a request's own thread.

    `key` names the sender in the recogniser's fair line. Raises DecodingError and EngineError.
    """
    decoded = decode(data, LIMITS)
    samples = _samples(decoded)
    spans = list(_speech(samples, voice_activity))

    async def hear() -> list[Transcript]:
        return [
            await recognizer.transcribe(
                decoded.pcm[2 * span.start : 2 * span.end], session=key, kind="final", language=language
            )
            for span in spans
        ]

    # From a request's thread this runs on the server's own event loop, where the recogniser lives.
    transcripts = async_to_sync(hear)()
    heard = tuple(
        Heard(_ms(span.first), _ms(span.last), transcript)
        for span, transcript in zip(spans, transcripts, strict=True)
        if transcript.text
    )
    return Upload(decoded.duration_ms, decoded.container, heard, decoded.pcm)


def _samples(decoded: Decoded) -> Samples:
    whole = np.frombuffer(decoded.pcm, dtype="<i2").astype(np.float32) / FULL_SCALE
    return np.pad(whole, (0, -len(whole) % FRAME_SAMPLES))


def _speech(samples: Samples, voice_activity: VoiceActivityModel) -> Iterator[UtteranceClosed]:
    detector, endpointer = voice_activity.open(), Endpointer(ListeningSettings())
    for at in range(0, len(samples), FRAMES_AT_ONCE * FRAME_SAMPLES):
        block = samples[at : at + FRAMES_AT_ONCE * FRAME_SAMPLES]
        loudness = np.mean(block.reshape(-1, FRAME_SAMPLES) ** 2, axis=1)
        for probability, loud in zip(detector.probabilities(block), loudness, strict=True):
            yield from _closed(endpointer.push(probability, float(loud)))
    last = endpointer.close_now()
    yield from _closed([last] if last is not None else [])


def _closed(found: Sequence[object]) -> Iterator[UtteranceClosed]:
    return (one for one in found if isinstance(one, UtteranceClosed) and one.is_speech)


def _ms(offset: int) -> int:
    return offset * 1000 // SAMPLE_RATE_HZ
