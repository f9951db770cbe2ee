"""CMU Sphinx with the English model of its wheel: no download, about two words in three of clear speech."""

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
# Of 32768. Bringing human recordings there lowered their word errors from 35 % to 26 % (2026-11).
LOUDEST = 20_000
_NOT_A_WORD = re.compile(r"^[<\[+].*")  # <s>, <sil>, [NOISE], ++UM++
_VARIANT = re.compile(r"\(\d+\)$")  # "the(2)" is the second way to say "the"


class PocketsphinxTranscriber:
    """One Sphinx decoder.

    It is sure of every word (its posteriors were 1.00 throughout), so there is no confidence to give, and the
    voice detector alone refuses noise.
    """

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
        words = () if evidence.is_weak else self._decode(samples)
        decode_ms = round((time.perf_counter() - started) * 1000)
        text = " ".join(word.text for word in words)
        if is_invented(Reading(text, 0.0), evidence):
            return Transcript("", engine=self.name, decode_ms=decode_ms)
        return Transcript(text, words=words, engine=self.name, decode_ms=decode_ms)

    def _decode(self, samples: Samples) -> tuple[Word, ...]:
        loudest = float(np.max(np.abs(samples), initial=0.0)) or 1.0
        pcm = (samples * (LOUDEST / loudest)).astype("<i2").tobytes()
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(pcm, full_utt=True)
        finally:
            self._decoder.end_utt()
        return tuple(
            Word(_VARIANT.sub("", part.word), part.start_frame * FRAME_MS, part.end_frame * FRAME_MS)
            for part in self._decoder.seg() or ()
            if not _NOT_A_WORD.match(part.word)
        )


def load(options: EngineOptions) -> PocketsphinxTranscriber:
    """This will load the model of the wheel. Raises EngineError when the wheel is damaged."""
    try:
        return PocketsphinxTranscriber(options.label)
    except RuntimeError as error:
        raise EngineError(f"The embedded recogniser could not start: {error}", permanent=True) from None
