"""The VAD follows each line on its own, whatever the size of its chunks."""

import numpy as np
import pytest

from speech.backends.silero import silero_model
from speech.clips import Clip
from speech.sample_clock import FRAME_SAMPLES, as_floats


def whole_frames(clip: Clip) -> np.ndarray:
    samples = as_floats(clip.pcm)
    return samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES]


def test_the_size_of_chunks_changes_nothing(clips: list[Clip]) -> None:
    samples = whole_frames(clips[0])
    at_once = silero_model().open().probabilities(samples)
    detector, in_pieces = silero_model().open(), []
    for at in range(0, len(samples), 3 * FRAME_SAMPLES):
        in_pieces += detector.probabilities(samples[at : at + 3 * FRAME_SAMPLES])
    assert in_pieces == pytest.approx(at_once, abs=1e-5)


def test_lines_do_not_disturb_each_other(clips: list[Clip]) -> None:
    samples = whole_frames(clips[0])
    alone = silero_model().open().probabilities(samples)
    one, other, beside = silero_model().open(), silero_model().open(), []
    for at in range(0, len(samples), FRAME_SAMPLES):
        beside += one.probabilities(samples[at : at + FRAME_SAMPLES])
        other.probabilities(samples[::-1][at : at + FRAME_SAMPLES].copy())
    assert beside == pytest.approx(alone, abs=1e-5)


def test_speech_is_told_from_silence(clips: list[Clip]) -> None:
    detector = silero_model().open()
    assert max(detector.probabilities(whole_frames(clips[0]))) > 0.9
    assert max(detector.probabilities(np.zeros(30 * FRAME_SAMPLES, np.float32))[10:]) < 0.35


def test_a_reset_forgets_the_past(clips: list[Clip]) -> None:
    samples = whole_frames(clips[0])
    detector = silero_model().open()
    first = detector.probabilities(samples)
    assert detector.probabilities(samples) != first
    detector.reset()
    assert detector.probabilities(samples) == first


def test_no_samples_have_no_frames() -> None:
    assert silero_model().open().probabilities(np.zeros(0, np.float32)) == []


def test_the_network_is_loaded_once() -> None:
    assert silero_model() is silero_model()
