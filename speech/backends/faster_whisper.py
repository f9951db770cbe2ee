"""Whisper by CTranslate2, encoding only what was said.

`WhisperModel.transcribe()` pads everything to 30 s, so a 4 s answer costs as much as 30. Here its own feature
extractor, tokenizer and CTranslate2 model are used with a window as long as the utterance. What then looks
wrong is decoded once more in the window the model was trained with: docs/decisions/speech-windows.md.
"""

import time
import zlib
from typing import Any

import ctranslate2
import faster_whisper
import numpy as np
from faster_whisper.tokenizer import Tokenizer
from msgspec import Struct
from numpy.typing import NDArray

from speech.backends.options import EngineOptions
from speech.backends.voice_evidence import weigh
from speech.guard import (
    Evidence,
    Reading,
    find_flaw,
    is_invented,
    without_loops,
)
from speech.transcript import SAMPLE_RATE_HZ, EngineError, Samples, Transcript, Word

FULL_WINDOW_S = 30
FULL_WINDOW_SAMPLES = FULL_WINDOW_S * SAMPLE_RATE_HZ
PADDING_SAMPLES = SAMPLE_RATE_HZ // 2  # half a second of silence, so that the last word is not cut
# Fast English reaches 6 tokens a second; a decoder that runs on is stopped at twice that.
TOKENS_PER_S = 12
TOKENS_AT_LEAST = 24
MOST_TOKENS = 224  # half of Whisper's context, its own limit for one window
# Tried in turn while the result looks wrong; 0 is greedy. Each costs one decoding, the encoding is shared.
TEMPERATURES = (0.0, 0.3, 0.6)
PREPENDED, APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


class _Decoded(Struct, frozen=True):
    reading: Reading
    tokens: tuple[int, ...]
    encoded: Any
    frames: int  # feature frames that hold audio, 10 ms each
    flaw: str

    @property
    def rank(self) -> tuple[bool, float]:
        return not self.flaw, self.reading.log_probability


class FasterWhisperTranscriber:
    """One Whisper model, `window` "tight" or "full". Not to be used by two threads at once."""

    def __init__(self, model: Any, name: str, *, is_tight: bool) -> None:
        self.name = name
        self._whisper = model
        self._is_tight = is_tight
        self._tokenizers: dict[str, Tokenizer] = {}

    def transcribe(self, samples: Samples, *, language: str, is_partial: bool) -> Transcript:
        """This will recognise up to 30 s; a partial is decoded once, a final again where it looks wrong."""
        started = time.perf_counter()
        if len(samples) > FULL_WINDOW_SAMPLES:
            raise EngineError("Whisper takes 30 s of audio at a time.", permanent=True)
        evidence = weigh(samples)
        decoded = None if evidence.is_silent else self._decode(samples, language, evidence, is_partial)
        if decoded is None or is_invented(decoded.reading, evidence):
            return Transcript("", engine=self.name, decode_ms=_ms_since(started))
        words = () if is_partial else self._words(decoded, language, evidence.audio_ms)
        return Transcript(
            text=without_loops(decoded.reading.text),
            confidence=round(float(np.exp(min(0.0, decoded.reading.log_probability))), 3),
            words=words if decoded.flaw != "repetition" else (),
            engine=self.name,
            decode_ms=_ms_since(started),
        )

    def _decode(self, samples: Samples, language: str, evidence: Evidence, is_partial: bool) -> _Decoded:
        window = self._window(samples)
        first = self._read(samples, window, language, evidence, TEMPERATURES[:1])
        if is_partial or not first.flaw:
            return first
        window = FULL_WINDOW_SAMPLES
        temperatures = TEMPERATURES if self._is_tight else TEMPERATURES[1:]
        ctranslate2.set_random_seed(zlib.crc32(samples.tobytes()))  # the same audio gives the same text
        return max(
            first,
            self._read(samples, window, language, evidence, temperatures),
            key=lambda decoded: decoded.rank,
        )

    def _window(self, samples: Samples) -> int:
        return (
            min(FULL_WINDOW_SAMPLES, len(samples) + PADDING_SAMPLES)
            if self._is_tight
            else FULL_WINDOW_SAMPLES
        )

    def _read(
        self,
        samples: Samples,
        window: int,
        language: str,
        evidence: Evidence,
        temperatures: tuple[float, ...],
    ) -> _Decoded:
        tokenizer = self._tokenizer(language)
        encoded = self._whisper.encode(self._features(samples, window))
        limit = min(MOST_TOKENS, TOKENS_AT_LEAST + TOKENS_PER_S * evidence.audio_ms // 1000)
        best: _Decoded | None = None
        for temperature in temperatures:
            reading, tokens = self._generate(encoded, tokenizer, temperature, limit)
            frames = len(samples) // self._whisper.feature_extractor.hop_length
            made = _Decoded(reading, tokens, encoded, frames, find_flaw(reading, evidence))
            best = made if best is None else max(best, made, key=lambda decoded: decoded.rank)
            if not best.flaw:
                break
        assert best is not None  # noqa: S101 (there is at least one temperature)
        return best

    def _features(self, samples: Samples, window: int) -> NDArray[np.float32]:
        padded = np.pad(samples, (0, max(0, window - len(samples))))
        features = self._whisper.feature_extractor(padded)
        even = min(features.shape[1], window // self._whisper.feature_extractor.hop_length) // 2 * 2
        clipped: NDArray[np.float32] = features[:, :even]  # the encoder halves the frames
        return clipped

    def _generate(
        self, encoded: Any, tokenizer: Tokenizer, temperature: float, limit: int
    ) -> tuple[Reading, tuple[int, ...]]:
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        sampling = {"sampling_topk": 0, "sampling_temperature": temperature} if temperature else {}
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            max_length=len(prompt) + limit,
            return_scores=True,
            return_no_speech_prob=True,
            **sampling,
        )[0]
        tokens = tuple(result.sequences_ids[0])
        # CTranslate2 gives the mean over the tokens; Whisper's thresholds count the end token as well.
        likelihood = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text = tokenizer.decode(list(tokens)).strip()
        return Reading(text, likelihood, result.no_speech_prob), tokens

    def _words(self, decoded: _Decoded, language: str, audio_ms: int) -> tuple[Word, ...]:
        """Where the words lie, from the model's attention; none where the model has no alignment heads."""
        tokenizer = self._tokenizer(language)
        tokens = [token for token in decoded.tokens if token < tokenizer.eot]
        try:
            found = self._whisper.find_alignment(tokenizer, [tokens], decoded.encoded, decoded.frames)
        except (RuntimeError, IndexError, ValueError):
            return ()
        aligned = found[0] if found else []
        faster_whisper.transcribe.merge_punctuations(aligned, PREPENDED, APPENDED)
        return tuple(_word(item, audio_ms) for item in aligned if item["word"].strip())

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            if language not in self._whisper.supported_languages:
                raise EngineError(
                    f"This Whisper model does not know the language {language!r}.", permanent=True
                )
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer,
                self._whisper.model.is_multilingual,
                task="transcribe",
                language=language,
            )
        return self._tokenizers[language]


def _word(item: dict[str, Any], audio_ms: int) -> Word:
    start = min(audio_ms, round(item["start"] * 1000))
    return Word(item["word"].strip(), start, min(audio_ms, max(start, round(item["end"] * 1000))))


def _ms_since(started: float) -> int:
    return round((time.perf_counter() - started) * 1000)


def load(options: EngineOptions) -> FasterWhisperTranscriber:
    """This will load the model directory `options.model` on the CPU with int8 weights. Raises EngineError."""
    try:
        model = faster_whisper.WhisperModel(
            options.model, device="cpu", compute_type="int8", cpu_threads=options.threads
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise EngineError(
            f"No Whisper model could be loaded from {options.model}: {error}", permanent=True
        ) from None
    return FasterWhisperTranscriber(model, options.label, is_tight=options.window == "tight")
