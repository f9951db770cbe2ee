"""A recognition without workers: one engine in one thread of this process, for benchmarks and tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from speech.sample_clock import as_floats
from speech.transcript import Kind, Transcriber, Transcript


class InProcessRecognition:
    """First come, first served. Call `close()` when done."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recognition")

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        """This will recognise `pcm` (mono s16le 16 kHz). Raises EngineError."""

        def work() -> Transcript:
            return self._transcriber.transcribe(
                as_floats(pcm), language=language, is_partial=kind == "partial"
            )

        return await asyncio.get_running_loop().run_in_executor(self._worker, work)

    def close(self) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)
