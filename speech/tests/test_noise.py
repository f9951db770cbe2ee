"""The noise of a line and how far speech stands above it."""

import numpy as np
import pytest

from speech.endpointing import Endpointer, UtteranceClosed
from speech.listening_settings import ListeningSettings
from speech.noise import BEST_DB, WINDOW_FRAMES, NoiseFloor, signal_to_noise_db
from speech.sample_clock import FRAME_SAMPLES


def loudness_of(level: float, frames: int, seed: int = 1) -> list[float]:
    """Frames of white noise whose samples have the standard deviation `level`."""
    samples = np.random.default_rng(seed).normal(0, level, (frames, FRAME_SAMPLES))
    return [float(one) for one in np.mean(samples**2, axis=1)]


def test_the_floor_is_that_of_the_gaps_however_much_is_spoken():
    floor = NoiseFloor()
    for loudness in loudness_of(0.3, 200) + loudness_of(0.01, 30, seed=2) + loudness_of(0.3, 80):
        floor.push(loudness)
    assert floor.loudness == pytest.approx(0.01**2, rel=0.15)


def test_the_floor_forgets():
    floor = NoiseFloor()
    for loudness in loudness_of(0.001, 50) + loudness_of(0.1, WINDOW_FRAMES):
        floor.push(loudness)
    assert floor.loudness == pytest.approx(0.1**2, rel=0.2)


def test_nothing_heard_is_no_noise():
    assert NoiseFloor().loudness == 0.0


@pytest.mark.parametrize(
    ("speech", "noise", "expected"),
    [(1.1, 0.1, 10.0), (0.2, 0.1, 0.0), (1.0, 0.0, BEST_DB), (0.1, 0.1, -BEST_DB), (0.0, 0.0, -BEST_DB)],
)
def test_the_ratio_in_decibels(speech, noise, expected):
    assert signal_to_noise_db(speech, noise) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("noise_level", [0.001, 0.01, 0.05])
def test_an_utterance_knows_how_far_it_stood_above_the_noise(noise_level):
    endpointer, speech_level = Endpointer(ListeningSettings()), 0.1
    found = []
    for loudness in loudness_of(noise_level, 60):
        found += endpointer.push(0.01, loudness)
    for loudness in loudness_of(np.hypot(speech_level, noise_level), 60, seed=2):
        found += endpointer.push(0.95, loudness)
    for loudness in loudness_of(noise_level, 60, seed=3):
        found += endpointer.push(0.01, loudness)
    closed = [one for one in found if isinstance(one, UtteranceClosed)]
    assert [one.snr_db for one in closed] == pytest.approx(
        [20 * np.log10(speech_level / noise_level)], abs=1.5
    )


def test_both_parts_of_a_cut_stretch_have_a_figure_of_their_own():
    settings = ListeningSettings()
    endpointer, found = Endpointer(settings), []
    frames = settings.longest_utterance_ms * 16 // FRAME_SAMPLES + 60
    for loudness in loudness_of(0.01, 40) + loudness_of(0.1, frames, seed=2) + loudness_of(0.01, 60, seed=3):
        found += endpointer.push(0.95 if loudness > 0.001 else 0.01, loudness)
    closed = [one for one in found if isinstance(one, UtteranceClosed)]
    assert [one.is_cut for one in closed] == [True, False]
    assert closed[1].snr_db == pytest.approx(20, abs=2)
