"""Any server that offers the OpenAI transcription API: OpenAI itself, vLLM, speaches, our own Ray Serve."""

import asyncio
import io
import json
import math
import time
import wave
from typing import Any

import numpy as np
import openai
from numpy.typing import NDArray

from speech.backends.options import EngineOptions
from speech.guard import Evidence, Reading, is_invented, without_loops
from speech.transcript import BYTES_PER_SAMPLE, SAMPLE_RATE_HZ, EngineError, Transcript, Word

# With these the same request would fail again: bad key, no such model, refused content.
PERMANENT_STATUSES = {400, 401, 403, 404, 405, 413, 415, 422}
CONNECT_TIMEOUT_S = 3.0
SILENCE_RMS = 3.0  # of 32768: digital silence; anything louder is for the server to judge


class OpenAILane:
    """Sends one utterance as one WAV file; carries as many at a time as its callers send.

    The recogniser above retries, so the client does not: a slow server would be asked three times over.
    """

    is_remote = True

    def __init__(self, client: openai.AsyncOpenAI, options: EngineOptions) -> None:
        self._client = client
        self._label = options.label
        self._model = options.settings.openai_model
        self._timeout_s = options.settings.openai_timeout_s
        self._gives_details = True

    async def start(self) -> None:
        """There is nothing to load; whether the server answers shows with the first utterance."""

    async def transcribe(self, pcm: bytes, *, language: str, is_partial: bool) -> Transcript:
        """This will ask the server, for `openai_timeout_s` at the most. Raises EngineError."""
        samples = np.frombuffer(pcm, "<i2")
        if not len(samples) or float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) < SILENCE_RMS:
            return Transcript("", engine=self._label)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._timeout_s):  # the client's own limit starts anew with every byte
                answer = await self._ask(_wav(pcm), language)
        except TimeoutError:
            raise EngineError(f"The speech server took longer than {self._timeout_s:g} s.") from None
        decode_ms = round((time.perf_counter() - started) * 1000)
        return _transcript(answer, samples, self._label, decode_ms, with_words=not is_partial)

    async def close(self) -> None:
        await self._client.close()

    async def _ask(self, wav: bytes, language: str) -> dict[str, Any]:
        try:
            return await self._request(wav, language)
        except openai.BadRequestError as error:
            if not self._gives_details:
                raise _as_engine_error(error) from None
        except (openai.OpenAIError, ValueError) as error:
            raise _as_engine_error(error) from None
        # gpt-4o-transcribe and some servers know plain `json` only: from now on without details.
        self._gives_details = False
        return await self._ask(wav, language)

    async def _request(self, wav: bytes, language: str) -> dict[str, Any]:
        detail: dict[str, Any] = {"response_format": "json"}
        if self._gives_details:
            detail = {"response_format": "verbose_json", "timestamp_granularities": ["segment", "word"]}
        raw = await self._client.audio.transcriptions.with_raw_response.create(
            file=("utterance.wav", wav, "audio/wav"),
            model=self._model,
            language=language,
            temperature=0.0,
            **detail,
        )
        answer = json.loads(raw.http_response.content)
        if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
            raise ValueError("no text")  # noqa: TRY004 (handled like an answer that is no JSON)
        return answer


def _wav(pcm: bytes) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(BYTES_PER_SAMPLE)
        writer.setframerate(SAMPLE_RATE_HZ)
        writer.writeframes(pcm)
    return out.getvalue()


def _transcript(
    answer: dict[str, Any], samples: NDArray[np.int16], label: str, decode_ms: int, *, with_words: bool
) -> Transcript:
    audio_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
    text = without_loops(answer["text"].strip())
    likelihood, no_speech = _likelihood(answer)
    reading = Reading(text, likelihood or 0.0, no_speech)
    if is_invented(reading, Evidence(audio_ms=audio_ms, speech_ms=audio_ms, clear_ms=audio_ms)):
        return Transcript("", engine=label, decode_ms=decode_ms)
    confidence = None if likelihood is None else round(math.exp(min(0.0, likelihood)), 3)
    words = _words(answer, audio_ms) if with_words else ()
    return Transcript(text, confidence, words, label, decode_ms)


def _items(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = answer.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _number(item: dict[str, Any], name: str) -> float | None:
    value = item.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number and value is not None else None


def _likelihood(answer: dict[str, Any]) -> tuple[float | None, float]:
    """The mean log-probability of the segments, and the least of their no-speech probabilities."""
    segments = _items(answer, "segments")
    likely = [value for item in segments if (value := _number(item, "avg_logprob")) is not None]
    silent = [value for item in segments if (value := _number(item, "no_speech_prob")) is not None]
    return (sum(likely) / len(likely) if likely else None), min(silent, default=0.0)


def _words(answer: dict[str, Any], audio_ms: int) -> tuple[Word, ...]:
    words = []
    for item in _items(answer, "words"):
        text, start, end = item.get("word"), _number(item, "start"), _number(item, "end")
        if not isinstance(text, str) or not text.strip() or start is None or end is None:
            continue
        start_ms = min(audio_ms, max(0, round(start * 1000)))
        words.append(Word(text.strip(), start_ms, min(audio_ms, max(start_ms, round(end * 1000)))))
    return tuple(words)


def _as_engine_error(error: Exception) -> EngineError:
    """Says what happened without the server's own words, which may hold anything."""
    if isinstance(error, openai.APIStatusError):
        is_permanent = error.status_code in PERMANENT_STATUSES
        return EngineError(f"The speech server answered {error.status_code}.", permanent=is_permanent)
    if isinstance(error, openai.APITimeoutError):
        return EngineError("The speech server did not answer in time.")
    if isinstance(error, openai.APIConnectionError):
        return EngineError("The speech server can't be reached.")
    return EngineError("The speech server answered something that is no transcript.")


def connect(options: EngineOptions) -> OpenAILane:
    """This will make a client for the server of the settings; nothing is sent yet."""
    settings = options.settings
    client = openai.AsyncOpenAI(
        api_key=settings.openai_api_key or "none",  # local servers want none, the client insists on one
        base_url=settings.openai_base_url or None,
        timeout=openai.Timeout(settings.openai_timeout_s, connect=CONNECT_TIMEOUT_S),
        max_retries=0,
    )
    return OpenAILane(client, options)
