"""How many sessions may speak at once on this machine, measured with the lanes that will serve them."""

import asyncio
import logging
import os
from collections.abc import Sequence

from speech.clips import Clip, shipped_clips
from speech.recognizer import Recognizer

logger = logging.getLogger(__name__)

CLIPS = 6
# The least cost of each clip counts: a server often starts while the machine is busy with other things.
ROUNDS = 3
# Of what the lanes can do, the part that finals may use. The rest is for partials (about twice the work of
# finals when none is dropped), thrown-away speculations, the voice detector, the turn model and the server
# itself. With the cost of `base` on two quiet cores, 0.025 to 0.03 of real time, it gives 20 to 24 sessions.
SHARE_FOR_FINALS = 0.3
MOST = 150  # sockets of one daphne process that were served with a p95 of 56 ms; 300 had 126
REMOTE = 50  # a server elsewhere is not measured: it may cost money; set SPEECH_CAPACITY


async def measure(recognizer: Recognizer) -> int:
    """This will recognise some typical utterances on all lanes, a few times, and derive the capacity."""
    clips = await asyncio.to_thread(shipped_clips, CLIPS)
    await _round(recognizer, clips)  # first calls allocate
    rounds = [await _round(recognizer, clips) for _ in range(ROUNDS)]
    cost = least_cost(clips, rounds)
    lanes = min(recognizer.lanes, os.cpu_count() or 1)
    capacity = derive(cost, lanes)
    logger.info("a second of speech costs %.3f s of %d lanes: room for %d sessions", cost, lanes, capacity)
    return capacity


def least_cost(clips: Sequence[Clip], rounds: Sequence[Sequence[int]]) -> float:
    """This will give seconds of work for a second of audio, from the `rounds`' ms of work for each clip."""
    least_ms: int = sum(min(of_one) for of_one in zip(*rounds, strict=True))
    return least_ms / sum(clip.audio_ms for clip in clips)


def derive(cost: float, lanes: int) -> int:
    """This will give the sessions that `lanes` can follow in real time, at least one."""
    return max(1, min(MOST, int(lanes * SHARE_FOR_FINALS / max(cost, 1e-6))))


async def _round(recognizer: Recognizer, clips: Sequence[Clip]) -> list[int]:
    transcripts = await asyncio.gather(
        *(
            recognizer.transcribe(clip.pcm, session=f"measuring-{at}", kind="final")
            for at, clip in enumerate(clips)
        )
    )
    return [transcript.decode_ms for transcript in transcripts]
