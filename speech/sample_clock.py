"""Positions on an audio line: samples, milliseconds and VAD frames."""

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1_000
BYTES_PER_SAMPLE = 2
FRAME_SAMPLES = 512  # what the Silero VAD takes at 16 kHz
FRAME_MS = FRAME_SAMPLES / SAMPLES_PER_MS
FULL_SCALE = 32_768.0


def ms_of(samples: int) -> int:
    return samples // SAMPLES_PER_MS


def samples_of(ms: float) -> int:
    return round(ms * SAMPLES_PER_MS)


def in_frames(ms: float) -> int:
    """The whole number of frames, as samples, that comes nearest to `ms`; at least one frame."""
    return max(1, round(ms / FRAME_MS)) * FRAME_SAMPLES


def as_floats(pcm: bytes | bytearray | memoryview) -> NDArray[np.float32]:
    """Mono s16le bytes as float32 in -1..1."""
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)
