from pathlib import Path

import numpy as np
import pytest

from speech.backends import faster_whisper
from speech.backends.miniature import kept_model, main
from speech.backends.options import EngineOptions
from speech.clips import Clip
from speech.model_files import is_model
from speech.settings import SpeechSettings
from speech.word_errors import count_errors


def test_a_model_is_written_once(mini_model: Path, repo_root: Path) -> None:
    assert is_model(mini_model)
    written = (mini_model / "model.bin").stat().st_mtime_ns
    assert kept_model(repo_root / "var" / "miniature") == mini_model
    assert (mini_model / "model.bin").stat().st_mtime_ns == written


@pytest.mark.parametrize("shape", ["tiny"])
def test_an_inflated_model_costs_more_and_says_the_same(
    tmp_path: Path, mini_model: Path, clips: list[Clip], shape: str
) -> None:
    main([str(tmp_path / shape), "--shape", shape])
    assert (tmp_path / shape / "model.bin").stat().st_size > 4 * (mini_model / "model.bin").stat().st_size
    engine = faster_whisper.load(
        EngineOptions(settings=SpeechSettings(), label=shape, model=str(tmp_path / shape))
    )
    for clip in clips[:2]:
        samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(32768)
        assert (
            count_errors(clip.text, engine.transcribe(samples, language="en", is_partial=True).text).total
            == 0
        )
