"""Ears without models: what is loud is speech, and the turn model says what its script says. For tests."""

from collections.abc import Callable, Iterable

import numpy as np

from speech.sample_clock import FRAME_SAMPLES, SAMPLE_RATE_HZ
from speech.transcript import Samples

LOUD_FROM = 0.05  # mean absolute amplitude


class ScriptedVoiceActivity:
    """A voice activity model that takes loudness for speech."""

    def open(self) -> "ScriptedDetector":
        return ScriptedDetector()


class ScriptedDetector:
    def __init__(self) -> None:
        self.resets = 0

    def probabilities(self, samples: Samples) -> list[float]:
        loudness = np.abs(samples.reshape(-1, FRAME_SAMPLES)).mean(axis=1)
        return [0.99 if one >= LOUD_FROM else 0.01 for one in loudness]

    def reset(self) -> None:
        self.resets += 1


class ScriptedTurnModel:
    """Gives its opinions one after the other, the last one for ever."""

    def __init__(self, *opinions: float | None) -> None:
        self._opinions = list(opinions)
        self.asked_samples: list[int] = []

    async def completeness(self, pcm: bytes) -> float | None:
        self.asked_samples.append(len(pcm) // 2)
        return self._opinions.pop(0) if len(self._opinions) > 1 else self._opinions[0]

    def describe(self) -> str:
        return "scripted"


def tones(*stretches: tuple[str, int], level: int = 8_000) -> bytes:
    """This will give PCM of stretches like ("speech", 1_000) and ("quiet", 500), in ms."""
    parts: Iterable[bytes] = (_stretch(kind, ms, level) for kind, ms in stretches)
    return b"".join(parts)


def _stretch(kind: str, ms: int, level: int) -> bytes:
    samples = ms * SAMPLE_RATE_HZ // 1_000
    shapes: dict[str, Callable[[int], Samples]] = {"speech": np.ones, "quiet": np.zeros}
    return (shapes[kind](samples) * level).astype("<i2").tobytes()
