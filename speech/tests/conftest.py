"""Models and recordings for the tests of hearing."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from speech.backends.miniature import kept_model
from speech.backends.options import EngineOptions
from speech.clips import ANSWERS, Clip, shipped_clips
from speech.settings import SpeechSettings


@pytest.fixture(scope="session")
def mini_model(repo_root: Path) -> Path:
    """The miniature Whisper as a CTranslate2 directory, written once and kept between runs."""
    return kept_model(repo_root / "var" / "miniature")


@pytest.fixture(scope="session")
def answers_dir() -> Path:
    return ANSWERS


@pytest.fixture(scope="session")
def clips() -> list[Clip]:
    """Six utterances and their words."""
    return shipped_clips(6)


@pytest.fixture
def speech_settings(tmp_path: Path, mini_model: Path) -> SpeechSettings:
    """One worker on the miniature, with the findings and places of this test alone."""
    return SpeechSettings(
        engine="faster_whisper",
        whisper_model=str(mini_model),
        window="tight",
        workers=1,
        capacity=10,
        cache_dir=str(tmp_path / "cache"),
        run_dir=str(tmp_path / "run"),
    )


@pytest.fixture
def engine_options(speech_settings: SpeechSettings) -> EngineOptions:
    return EngineOptions(settings=speech_settings, label="mini", model=speech_settings.whisper_model)


def _noise(seconds: float, level: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, level, int(seconds * 16_000))


def _silence() -> np.ndarray:
    return np.zeros(3 * 16_000)


def _hiss() -> np.ndarray:
    return _noise(4, 0.05)


def _hum() -> np.ndarray:
    return 0.2 * np.sin(2 * np.pi * 100 * np.arange(4 * 16_000) / 16_000)


def _music() -> np.ndarray:
    """A chord with overtones, struck twice a second."""
    t = np.arange(6 * 16_000) / 16_000
    chord = sum(np.sin(2 * np.pi * f * h * t) / h for f in (220, 277, 330) for h in (1, 2, 3, 4))
    return 0.1 * chord * np.exp(-4 * (t % 0.5))


def _typing() -> np.ndarray:
    """Forty clicks in six seconds."""
    rng = np.random.default_rng(2)
    sound = np.zeros(6 * 16_000)
    for at in rng.integers(0, len(sound) - 800, 40):
        sound[at : at + 800] += rng.normal(0, 0.3, 800) * np.exp(-np.arange(800) / 100)
    return sound


def _slam() -> np.ndarray:
    """A door: a crack and a boom."""
    n = np.arange(8_000)
    crack = np.random.default_rng(3).normal(0, 0.8, 8_000) * np.exp(-n / 900)
    boom = 0.9 * np.sin(2 * np.pi * 60 * n / 16_000) * np.exp(-n / 2_500)
    return np.concatenate([np.zeros(8_000), crack + boom, np.zeros(16_000)])


WORDLESS: dict[str, Callable[[], np.ndarray]] = {
    "silence": _silence,
    "hiss": _hiss,
    "hum": _hum,
    "music": _music,
    "typing": _typing,
    "slam": _slam,
}


@pytest.fixture(params=sorted(WORDLESS))
def wordless(request: pytest.FixtureRequest) -> np.ndarray:
    """Sounds without a word, float32 at 16 kHz."""
    return WORDLESS[request.param]().clip(-1, 1).astype(np.float32)
