from pathlib import Path

import numpy as np
import pytest

from speech.backends import faster_whisper
from speech.backends.options import EngineOptions
from speech.clips import Clip
from speech.decoding_process import read_pcm
from speech.transcript import EngineError
from speech.word_errors import WordErrors, count_errors


def as_samples(pcm: bytes) -> np.ndarray:
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)


@pytest.fixture(scope="module")
def transcribers(mini_model: Path) -> dict[str, faster_whisper.FasterWhisperTranscriber]:
    from speech.settings import SpeechSettings  # noqa: PLC0415 (a fixture of its own scope)

    def load(window: str) -> faster_whisper.FasterWhisperTranscriber:
        options = EngineOptions(settings=SpeechSettings(), label="mini", model=str(mini_model), window=window)  # type: ignore[arg-type]
        return faster_whisper.load(options)

    return {window: load(window) for window in ("tight", "full")}


@pytest.fixture
def tight(transcribers: dict) -> faster_whisper.FasterWhisperTranscriber:
    return transcribers["tight"]


@pytest.mark.parametrize("window", ["tight", "full"])
def test_words_of_the_shipped_answers_are_recognised(
    transcribers: dict, clips: list[Clip], window: str
) -> None:
    errors = WordErrors()
    for clip in clips:
        transcript = transcribers[window].transcribe(as_samples(clip.pcm), language="en", is_partial=False)
        errors += count_errors(clip.text, transcript.text)
    assert errors.words > 50
    assert errors.rate <= 0.02


def test_a_transcript_says_how_sure_it_is_and_where_its_words_lie(
    tight: faster_whisper.FasterWhisperTranscriber, clips: list[Clip]
) -> None:
    transcript = tight.transcribe(as_samples(clips[0].pcm), language="en", is_partial=False)
    assert transcript.engine == "mini"
    assert transcript.confidence is not None
    assert 0.9 < transcript.confidence <= 1.0
    assert " ".join(word.text for word in transcript.words) == transcript.text
    starts = [word.start_ms for word in transcript.words]
    assert starts == sorted(starts)
    assert transcript.words[-1].end_ms <= clips[0].audio_ms
    assert all(word.start_ms <= word.end_ms for word in transcript.words)


def test_a_partial_has_the_text_without_word_times(
    tight: faster_whisper.FasterWhisperTranscriber, clips: list[Clip]
) -> None:
    transcript = tight.transcribe(as_samples(clips[0].pcm), language="en", is_partial=True)
    assert count_errors(clips[0].text, transcript.text).total == 0
    assert transcript.words == ()


def test_sounds_without_words_give_no_words(
    tight: faster_whisper.FasterWhisperTranscriber, wordless: np.ndarray
) -> None:
    assert tight.transcribe(wordless, language="en", is_partial=False).text == ""
    assert tight.transcribe(wordless, language="en", is_partial=True).text == ""


@pytest.mark.shared
@pytest.mark.parametrize("name", ["noise1", "noise2", "noise3", "noise4"])
def test_recorded_street_and_room_noise_give_no_words(
    tight: faster_whisper.FasterWhisperTranscriber, shared_dir: Path, name: str
) -> None:
    samples = as_samples(read_pcm(shared_dir / "audio" / f"{name}.flac"))
    for part in (samples, samples[:64_000], samples[32_000:], samples[48_000:80_000]):
        assert tight.transcribe(part, language="en", is_partial=False).text == ""


@pytest.mark.shared
def test_voices_it_can_not_understand_get_a_low_confidence(
    tight: faster_whisper.FasterWhisperTranscriber, shared_dir: Path
) -> None:
    """The miniature knows synthetic voices only; what matters is that nothing sounds sure."""
    samples = as_samples(read_pcm(shared_dir / "audio" / "spk1_snt1.flac"))
    transcript = tight.transcribe(samples, language="en", is_partial=False)
    assert transcript.confidence is not None
    assert transcript.confidence < 0.6


def test_the_same_audio_gives_the_same_text(tight: faster_whisper.FasterWhisperTranscriber) -> None:
    """Also where fallback samples at a temperature: babble made of two voices at once."""
    pcm = read_pcm(Path(faster_whisper.__file__).parents[1] / "miniature" / "answers" / "conflict.flac")
    samples = as_samples(pcm)
    babble = (samples[16_000:96_000] + samples[96_000:176_000]) / 2
    heard = {tight.transcribe(babble, language="en", is_partial=False).text for _ in range(3)}
    assert len(heard) == 1


def test_a_language_the_model_lacks_is_refused_not_guessed(
    tight: faster_whisper.FasterWhisperTranscriber, clips: list[Clip]
) -> None:
    with pytest.raises(EngineError, match="'de'") as raised:
        tight.transcribe(as_samples(clips[0].pcm), language="de", is_partial=False)
    assert raised.value.permanent


def test_more_than_a_window_is_refused(tight: faster_whisper.FasterWhisperTranscriber) -> None:
    with pytest.raises(EngineError, match="30 s"):
        tight.transcribe(np.zeros(31 * 16_000, np.float32), language="en", is_partial=False)


@pytest.mark.parametrize("samples", [0, 1, 200, 511, 512, 1_600])
def test_tiny_pieces_are_no_words_and_no_crash(
    tight: faster_whisper.FasterWhisperTranscriber, samples: int
) -> None:
    piece = np.full(samples, 0.1, np.float32)
    assert tight.transcribe(piece, language="en", is_partial=False).text == ""


def test_a_directory_without_a_model_is_an_error_in_a_sentence(
    tmp_path: Path, engine_options: EngineOptions
) -> None:
    options = EngineOptions(settings=engine_options.settings, label="none", model=str(tmp_path))
    with pytest.raises(EngineError, match="No Whisper model") as raised:
        faster_whisper.load(options)
    assert raised.value.permanent
