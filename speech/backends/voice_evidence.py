"""Weighs how much of a piece of audio is speech, with the voice detector that faster-whisper ships."""

import numpy as np
from faster_whisper.vad import get_vad_model

from speech.guard import CLEAR_PROBABILITY, SPEECH_PROBABILITY, Evidence
from speech.transcript import SAMPLE_RATE_HZ, Samples

FRAME_SAMPLES = 512  # what the detector takes at a time
FRAME_MS = 32


def weigh(samples: Samples) -> Evidence:
    """This will count the speech in `samples`; all frames at once, about 1 ms for a second of audio."""
    padded = np.pad(samples, (0, FRAME_SAMPLES - len(samples) % FRAME_SAMPLES))  # it writes into its input
    chances = get_vad_model()(padded)
    return Evidence(
        audio_ms=len(samples) * 1000 // SAMPLE_RATE_HZ,
        speech_ms=int(np.count_nonzero(chances > SPEECH_PROBABILITY)) * FRAME_MS,
        clear_ms=int(np.count_nonzero(chances > CLEAR_PROBABILITY)) * FRAME_MS,
    )
