from pathlib import Path

import numpy as np
import pytest

from speech.backends import pocketsphinx
from speech.backends.options import EngineOptions
from speech.clips import Clip
from speech.settings import SpeechSettings
from speech.transcript import EngineError
from speech.word_errors import WordErrors, count_errors


@pytest.fixture(scope="module")
def sphinx() -> pocketsphinx.PocketsphinxTranscriber:
    return pocketsphinx.load(EngineOptions(settings=SpeechSettings(), label="pocketsphinx"))


def as_samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


def test_clear_english_is_mostly_understood(
    sphinx: pocketsphinx.PocketsphinxTranscriber, clips: list[Clip]
) -> None:
    errors = WordErrors()
    for clip in clips:
        transcript = sphinx.transcribe(as_samples(clip.pcm), language="en", is_partial=False)
        assert transcript.confidence is None
        assert " ".join(word.text for word in transcript.words) == transcript.text
        assert transcript.words[-1].end_ms <= clip.audio_ms
        errors += count_errors(clip.text, transcript.text)
    assert errors.rate < 0.5


@pytest.mark.shared
def test_a_human_reader_is_mostly_understood(
    sphinx: pocketsphinx.PocketsphinxTranscriber, shared_dir: Path
) -> None:
    from speech.decoding_process import read_pcm  # noqa: PLC0415

    pcm = read_pcm(shared_dir / "audio" / "lj.flac")
    transcript = sphinx.transcribe(as_samples(pcm), language="en", is_partial=False)
    assert "formal review of activities" in transcript.text


def test_sounds_without_words_give_no_words(
    sphinx: pocketsphinx.PocketsphinxTranscriber, wordless: np.ndarray
) -> None:
    assert sphinx.transcribe(wordless, language="en", is_partial=False).text == ""


def test_other_languages_are_refused(sphinx: pocketsphinx.PocketsphinxTranscriber) -> None:
    with pytest.raises(EngineError, match="English only"):
        sphinx.transcribe(np.zeros(16_000, np.float32), language="fr", is_partial=False)
