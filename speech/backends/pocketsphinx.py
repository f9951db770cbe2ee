"""CMU Sphinx with the English model of its wheel: no download, about four words in five of clear speech."""

import math
import re
import time

import numpy as np
import pocketsphinx

from speech.backends.options import EngineOptions
from speech.backends.voice_evidence import weigh
from speech.guard import Reading, is_invented
from speech.transcript import EngineError, Samples, Transcript, Word

FRAME_MS = 10  # Sphinx counts in hundredths of a second
LANGUAGE = "en"
_NOT_A_WORD = re.compile(r"^[<\[+].*")  # <s>, <sil>, [NOISE], ++UM++
_VARIANT = re.compile(r"\(\d+\)$")  # "the(2)" is the second way to say "the"


class PocketsphinxTranscriber:
    """One Sphinx decoder. Its likelihoods are of little worth, so the voice detector alone refuses noise."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._decoder = pocketsphinx.Decoder(samprate=16000, loglevel="FATAL")

    def transcribe(self, samples: Samples, *, language: str, is_partial: bool) -> Transcript:
        """This will recognise English; partials cost what finals cost, 0.1 to 0.2 of real time."""
        if language != LANGUAGE:
            raise EngineError(
                f"The embedded recogniser knows English only, not {language!r}.", permanent=True
            )
        started = time.perf_counter()
        evidence = weigh(samples)
        found: list[tuple[Word, float]] = []
        if not evidence.is_silent and not evidence.is_weak:
            found = self._decode(samples)
        text = " ".join(word.text for word, _ in found)
        decode_ms = round((time.perf_counter() - started) * 1000)
        if is_invented(Reading(text, 0.0), evidence):
            return Transcript("", engine=self.name, decode_ms=decode_ms)
        confidence = math.exp(sum(math.log(max(chance, 1e-3)) for _, chance in found) / len(found))
        return Transcript(text, round(confidence, 3), tuple(word for word, _ in found), self.name, decode_ms)

    def _decode(self, samples: Samples) -> list[tuple[Word, float]]:
        pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(pcm, full_utt=True)
        finally:
            self._decoder.end_utt()
        log = self._decoder.get_logmath()
        return [
            (
                Word(
                    _VARIANT.sub("", segment.word),
                    segment.start_frame * FRAME_MS,
                    segment.end_frame * FRAME_MS,
                ),
                min(1.0, log.exp(segment.prob)),
            )
            for segment in self._decoder.seg() or ()
            if not _NOT_A_WORD.match(segment.word)
        ]


def load(options: EngineOptions) -> PocketsphinxTranscriber:
    """This will load the model of the wheel. Raises EngineError when the wheel is damaged."""
    try:
        return PocketsphinxTranscriber(options.label)
    except RuntimeError as error:
        raise EngineError(f"The embedded recogniser could not start: {error}", permanent=True) from None
