"""How many sessions may speak at once on this machine, measured with the lanes that will serve them."""

import asyncio
import logging
import time

from speech.clips import Clip, shipped_clips
from speech.recognizer import Recognizer

logger = logging.getLogger(__name__)

CLIPS = 6
ROUNDS = 2  # the better counts: other processes start at the same moment
# Of what the lanes can do, the part that finals may use. The rest is for partials (about twice the work of
# finals when none is dropped), thrown-away speculations, the voice detector, the turn model and the server
# itself. Measured 2026-11, see docs/decisions/recogniser-workers.md.
SHARE_FOR_FINALS = 0.3
MOST = 150  # sockets of one daphne process that were served with a p95 of 56 ms; 300 had 126
REMOTE = 50  # a server elsewhere is not measured: it may cost money; set SPEECH_CAPACITY


async def measure(recognizer: Recognizer) -> int:
    """This will recognise some typical utterances at once, as fast as it goes, and derive the capacity."""
    clips = await asyncio.to_thread(shipped_clips, CLIPS)
    await _round(recognizer, clips)  # first calls allocate
    speed = max([await _round(recognizer, clips) for _ in range(ROUNDS)])
    capacity = max(1, min(MOST, int(speed * SHARE_FOR_FINALS)))
    logger.info(
        "recognition runs at %.0f times real time: room for %d sessions speaking at once", speed, capacity
    )
    return capacity


async def _round(recognizer: Recognizer, clips: list[Clip]) -> float:
    """Seconds of audio recognised in a second."""
    started = time.perf_counter()
    await asyncio.gather(
        *(
            recognizer.transcribe(clip.pcm, session=f"measuring-{at}", kind="final")
            for at, clip in enumerate(clips)
        )
    )
    return sum(clip.audio_ms for clip in clips) / 1000 / (time.perf_counter() - started)
