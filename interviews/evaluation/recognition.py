"""When an answer was recognised too badly to be scored: the thresholds, all in this one place.

An answer that fails one of them is "not scorable". It is never a low score: what could not be heard says
nothing about the candidate. In the interview the same test first brings a request to say it once more.
Typed answers always pass.
"""

from collections.abc import Sequence

from msgspec import Struct

from interviews.evaluation.facts import SaidUtterance
from interviews.spoken_words import words

# Mean confidence, weighted by the length of speech. Measured on 2026-11-21 with the miniature Whisper on 13
# recordings, clean and in 20 copies with white noise at 15 to 0 dB: of 104 with more than 30 % wrong words 3
# lay above, of 125 with less than 10 % wrong words 3 lay below. No threshold separates them wholly.
MIN_CONFIDENCE = 0.62
# Their confidence is a posterior on another scale, low even where the words are right.
UNRATED_ENGINES = frozenset({"pocketsphinx"})
MAX_WORDLESS_SHARE = 0.4  # of the time in which speech was detected but no words were found
MIN_WORDS_PER_S = 0.6  # below: words were lost; slow speakers with long pauses inside still reach 1
MAX_WORDS_PER_S = 7.0  # above: nobody speaks so; the words were invented
MIN_JUDGED_SPEECH_MS = 1500  # shorter answers ("Yes, twice.") have no rate worth judging


class RecognitionFacts(Struct, frozen=True):
    """How well an answer was understood, as plain figures for the report."""

    word_count: int
    speech_ms: int
    words_per_s: float | None
    confidence: float | None
    wordless_share: float
    is_typed: bool


def measure(utterances: Sequence[SaidUtterance]) -> RecognitionFacts:
    spoken = [said for said in utterances if said.channel == "voice"]
    speech_ms = sum(_length_ms(said) for said in spoken)
    wordless_ms = sum(_length_ms(said) for said in spoken if not said.text.strip())
    spoken_words = sum(len(words(said.text)) for said in spoken)
    return RecognitionFacts(
        word_count=sum(len(words(said.text)) for said in utterances),
        speech_ms=speech_ms,
        words_per_s=round(spoken_words * 1000 / speech_ms, 2) if speech_ms else None,
        confidence=_mean_confidence(spoken),
        wordless_share=round(wordless_ms / speech_ms, 3) if speech_ms else 0.0,
        is_typed=bool(utterances) and not spoken,
    )


def find_problem(facts: RecognitionFacts) -> str | None:
    """Why an answer with these figures must not be scored, as a sentence, or None."""
    if facts.is_typed or facts.speech_ms < MIN_JUDGED_SPEECH_MS:
        return _problem_of_confidence(facts) if not facts.is_typed else None
    if facts.wordless_share > MAX_WORDLESS_SHARE:
        return "In too much of the speech no words could be recognised."
    if facts.words_per_s is not None and facts.words_per_s < MIN_WORDS_PER_S:
        return "Far fewer words were recognised than were spoken."
    if facts.words_per_s is not None and facts.words_per_s > MAX_WORDS_PER_S:
        return "More words were recognised than anybody can speak in that time."
    return _problem_of_confidence(facts)


def is_poorly_recognised(utterances: Sequence[SaidUtterance]) -> bool:
    """Whether a turn should be asked for once more before anything is made of it."""
    return bool(utterances) and find_problem(measure(utterances)) is not None


def _problem_of_confidence(facts: RecognitionFacts) -> str | None:
    if facts.confidence is not None and facts.confidence < MIN_CONFIDENCE:
        return "The words were recognised with too little certainty."
    return None


def _length_ms(said: SaidUtterance) -> int:
    return max(said.end_ms - said.start_ms, 0)


def _mean_confidence(spoken: Sequence[SaidUtterance]) -> float | None:
    known = [
        (said.confidence, max(_length_ms(said), 1))
        for said in spoken
        if said.confidence is not None and said.text.strip() and said.engine not in UNRATED_ENGINES
    ]
    if not known:
        return None
    return round(sum(value * length for value, length in known) / sum(length for _, length in known), 3)
