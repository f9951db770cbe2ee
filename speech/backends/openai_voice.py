"""Any server that offers the OpenAI speech API: OpenAI itself, speaches, Kokoro-FastAPI, vLLM."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import openai

from speech.settings import SpeechSettings
from speech.sound_stream import SoundStream
from speech.speaking import BYTES_PER_SAMPLE, Spoken
from speech.transcript import EngineError

# With these the same request would fail again: bad key, no such model or voice, refused text.
PERMANENT_STATUSES = {400, 401, 403, 404, 405, 413, 415, 422}
CONNECT_WITHIN_S = 2.0
FIRST_WITHIN_S = 4.0  # judged: both tries together, no longer than a live session waits for a slow voice
NEXT_WITHIN_S = 5.0
LONGEST_S = 120.0  # of sound: a sentence has at most half of that, the rest is a server that has lost itself
PIECE_BYTES = 4_800  # a tenth of a second at the usual rate
TRIES = 2
# Models that follow instructions pay no heed to `speed`.
SLOWLY = "Speak slowly and clearly, with a short pause after each phrase."


class OpenAIVoice:
    """Asks for one text at a time as streamed PCM; what a server says of its mistakes is not passed on."""

    def __init__(self, settings: SpeechSettings, *, first_within_s: float = FIRST_WITHIN_S) -> None:
        self._settings = settings
        self._first_within_s = first_within_s
        self._next_within_s = min(NEXT_WITHIN_S, first_within_s)
        self._client: openai.AsyncOpenAI | None = None  # made on the loop that will use it

    async def speak(self, text: str, *, speed: float = 1.0) -> AsyncGenerator[Spoken, None]:
        """See Voice. A server that fails before its first byte is asked once more."""
        async with AsyncExitStack() as open_answer:
            try:
                async with asyncio.timeout(self._first_within_s):
                    answer = await self._first(self._request(text, speed), open_answer)
                yield answer.first
                samples = len(answer.first.pcm) // BYTES_PER_SAMPLE
                while (piece := await self._next(answer)) is not None:
                    samples += len(piece.pcm) // BYTES_PER_SAMPLE
                    if samples > LONGEST_S * piece.rate_hz:
                        raise EngineError("The voice server does not come to an end.")
                    yield piece
            except (openai.OpenAIError, httpx2.HTTPError, TimeoutError, ValueError) as error:
                raise _as_engine_error(error) from None

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _connect(self) -> openai.AsyncOpenAI:
        settings = self._settings
        return openai.AsyncOpenAI(
            api_key=settings.openai_api_key or "none",  # local servers want none, the client insists on one
            base_url=settings.voice_base_url or None,
            timeout=openai.Timeout(self._first_within_s, connect=min(CONNECT_WITHIN_S, self._first_within_s)),
            max_retries=0,  # asking again is bounded in time here, and the client's own is not
            # What is said goes to the host that people were told, and to no other.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    def _request(self, text: str, speed: float) -> dict[str, Any]:
        settings = self._settings
        request: dict[str, Any] = {
            "model": settings.voice_model,
            "voice": settings.voice_name,
            "input": text,
            "response_format": "pcm",
        }
        if speed != 1.0:
            request["speed"] = speed
            if speed < 1.0 and settings.voice_model.startswith("gpt-"):
                request["instructions"] = SLOWLY
        return request

    async def _first(self, request: dict[str, Any], open_answer: AsyncExitStack) -> "_Answer":
        for tries_left in reversed(range(TRIES)):
            try:
                return await self._ask(request, open_answer)
            except (openai.OpenAIError, httpx2.HTTPError, EngineError) as error:
                await open_answer.aclose()
                if not tries_left or _as_engine_error(error).permanent:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")

    async def _ask(self, request: dict[str, Any], open_answer: AsyncExitStack) -> "_Answer":
        """Give the answer with its first samples."""
        client = self._client = self._client or self._connect()
        response = await open_answer.enter_async_context(
            client.audio.speech.with_streaming_response.create(**request)
        )
        headers = response.headers
        stream = SoundStream(headers.get("content-type", ""), headers.get("x-sample-rate", ""))
        pieces = response.iter_bytes(PIECE_BYTES)
        async for data in pieces:
            spoken = stream.push(data)
            if spoken is not None:
                return _Answer(spoken, stream, aiter(pieces))
        stream.end()
        raise EngineError("The voice server answered no sound.")

    async def _next(self, answer: "_Answer") -> Spoken | None:
        while True:
            async with asyncio.timeout(self._next_within_s):
                data = await anext(answer.pieces, None)
            if data is None:
                answer.stream.end()
                return None
            spoken = answer.stream.push(data)
            if spoken is not None:
                return spoken


class _Answer:
    def __init__(self, first: Spoken, stream: SoundStream, pieces: Any) -> None:
        self.first = first
        self.stream = stream
        self.pieces = pieces


def _as_engine_error(error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    if isinstance(error, openai.APIStatusError):
        is_permanent = error.status_code in PERMANENT_STATUSES
        return EngineError(f"The voice server answered {error.status_code}.", permanent=is_permanent)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException | TimeoutError):
        return EngineError("The voice server did not answer in time.")
    if isinstance(error, openai.APIConnectionError):
        return EngineError("The voice server can't be reached.")
    return EngineError("The voice server broke off.")
