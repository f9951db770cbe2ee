"""Makes recordings worse in the ways lines and rooms do, the same each time; for tests and benchmarks."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from speech.sample_clock import SAMPLE_RATE_HZ

Samples = NDArray[np.float64]
TELEPHONE_HZ = (300.0, 3400.0)  # ITU-T G.712
DROPOUT_SAMPLES = SAMPLE_RATE_HZ * 40 // 1000  # two packets of 20 ms
REVERBERATION_S = 0.7  # a bare office
FULL_SCALE = 32_767


def degrade(pcm: bytes, how: str, *, others: bytes = b"") -> bytes:
    """A worse copy of `pcm` (mono s16le 16 kHz), of the same length; `how` is one of DEGRADATIONS.

    `others` is speech for the talking in the background. Raises KeyError.
    """
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    background = np.frombuffer(others, "<i2").astype(np.float64)
    worse = DEGRADATIONS[how](samples, background)
    return np.clip(np.round(worse), -FULL_SCALE - 1, FULL_SCALE).astype("<i2").tobytes()


def _with_noise(snr_db: float) -> Callable[[Samples, Samples], Samples]:
    def add(samples: Samples, _: Samples) -> Samples:
        noise = np.random.default_rng(len(samples)).normal(0, 1, len(samples))
        return samples + noise * _level_for(samples, noise, snr_db)

    return add


def _with_talking(snr_db: float) -> Callable[[Samples, Samples], Samples]:
    def add(samples: Samples, others: Samples) -> Samples:
        layers = [np.resize(np.roll(others, shift), len(samples)) for shift in (0, 31_000, 74_000, 120_000)]
        babble: Samples = np.sum(layers, axis=0)
        return samples + babble * _level_for(samples, babble, snr_db)

    return add


def _level_for(samples: Samples, noise: Samples, snr_db: float) -> float:
    loud = samples[np.abs(samples) > 0.05 * np.max(np.abs(samples), initial=1.0)]
    speech_power = float(np.mean(loud**2)) if len(loud) else 0.0
    noise_power = float(np.mean(noise**2)) or 1.0
    return float(np.sqrt(speech_power / noise_power / 10 ** (snr_db / 10)))


def _telephone(samples: Samples, _: Samples) -> Samples:
    spectrum = np.fft.rfft(samples)
    at_hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE_HZ)
    spectrum[(at_hz < TELEPHONE_HZ[0]) | (at_hz > TELEPHONE_HZ[1])] = 0
    return np.fft.irfft(spectrum, len(samples))


def _clipped(samples: Samples, _: Samples) -> Samples:
    peak = float(np.max(np.abs(samples), initial=1.0))
    return np.clip(samples * 10 * FULL_SCALE / peak, -FULL_SCALE, FULL_SCALE)


def _faint(samples: Samples, _: Samples) -> Samples:
    return samples / 60  # some 36 dB down: a few steps of the converter


def _with_dropouts(share: float) -> Callable[[Samples, Samples], Samples]:
    def drop(samples: Samples, _: Samples) -> Samples:
        blocks = len(samples) // DROPOUT_SAMPLES + 1
        is_lost = np.random.default_rng(len(samples)).random(blocks) < share
        return samples * ~np.repeat(is_lost, DROPOUT_SAMPLES)[: len(samples)]

    return drop


def _in_a_bare_room(samples: Samples, _: Samples) -> Samples:
    length = int(REVERBERATION_S * SAMPLE_RATE_HZ)
    decay = np.exp(-6.9 * np.arange(length) / length)  # 60 dB at the end
    room = np.random.default_rng(1).normal(0, 1, length) * decay * 0.06
    room[0] = 1.0
    size = len(samples) + length
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(room, size), size)[: len(samples)]


DEGRADATIONS: Mapping[str, Callable[[Samples, Samples], Samples]] = {
    "none": lambda samples, _: samples,
    "noise 20 dB": _with_noise(20),
    "noise 15 dB": _with_noise(15),
    "noise 10 dB": _with_noise(10),
    "noise 5 dB": _with_noise(5),
    "noise 0 dB": _with_noise(0),
    "talking 15 dB": _with_talking(15),
    "talking 10 dB": _with_talking(10),
    "talking 5 dB": _with_talking(5),
    "telephone": _telephone,
    "clipped": _clipped,
    "faint": _faint,
    "dropouts 10 %": _with_dropouts(0.1),
    "dropouts 25 %": _with_dropouts(0.25),
    "bare room": _in_a_bare_room,
}
