"""When an answer was recognised too badly to be scored: the thresholds, all in this one place.

An answer that fails one of them is "not scorable". It is never a low score: what could not be heard says
nothing about the candidate. In the interview the same test first brings a request to say it once more.
Typed answers always pass.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from interviews.evaluation.facts import SaidUtterance
from interviews.spoken_words import words

# A recogniser invents fluent words in noise and is sure of many: the noisier the line, the surer it must be.
# (signal to noise from, confidence that is then needed). Tuned on 2026-11-21 with the miniature Whisper on
# 195 copies of 13 recordings: noise, talking, dropouts and so on (`python -m bench degraded`). Of 111 with
# more than 30 % wrong words none passes; of 73 with less than 10 % six are lost, five of them at 10 dB or
# less. Real models were not measured.
CONFIDENCE_NEEDED = ((20.0, 0.62), (10.0, 0.8), (float("-inf"), 0.9))
MAX_DOUBTFUL_SHARE = 0.3  # of the time of speech; about as many words may then be wrong
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
    snr_db: float | None = None
    doubtful_share: float = (
        0.0  # of the speech, by time: recognised with less certainty than its noise asks for
    )


def measure(utterances: Sequence[SaidUtterance]) -> RecognitionFacts:
    spoken = [said for said in utterances if said.channel == "voice"]
    speech_ms = sum(_length_ms(said) for said in spoken)
    spoken_words = sum(len(words(said.text)) for said in spoken)
    return RecognitionFacts(
        word_count=sum(len(words(said.text)) for said in utterances),
        speech_ms=speech_ms,
        words_per_s=round(spoken_words * 1000 / speech_ms, 2) if speech_ms else None,
        confidence=_mean_confidence(spoken),
        wordless_share=_share(spoken, lambda said: not said.text.strip()),
        is_typed=bool(utterances) and not spoken,
        snr_db=_mean([(said.snr_db, _length_ms(said)) for said in spoken], digits=1),
        doubtful_share=_share(spoken, is_doubtful),
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


def is_doubtful(said: SaidUtterance) -> bool:
    """Whether one stretch of speech was recognised with less certainty than the noise around it asks for."""
    if said.confidence is None or said.engine in UNRATED_ENGINES or not said.text.strip():
        return False
    snr_db = CONFIDENCE_NEEDED[0][0] if said.snr_db is None else said.snr_db
    return said.confidence < next(needed for from_db, needed in CONFIDENCE_NEEDED if snr_db >= from_db)


def _problem_of_confidence(facts: RecognitionFacts) -> str | None:
    if facts.doubtful_share <= MAX_DOUBTFUL_SHARE:
        return None
    if facts.snr_db is not None and facts.snr_db < CONFIDENCE_NEEDED[0][0]:
        return "There was too much noise to be certain of the words."
    return "The words were recognised with too little certainty."


def _length_ms(said: SaidUtterance) -> int:
    return max(said.end_ms - said.start_ms, 0)


def _share(spoken: Sequence[SaidUtterance], has_it: Callable[[SaidUtterance], bool]) -> float:
    total = sum(_length_ms(said) for said in spoken)
    return round(sum(_length_ms(said) for said in spoken if has_it(said)) / total, 3) if total else 0.0


def _mean(values: Sequence[tuple[float | None, int]], *, digits: int) -> float | None:
    """The mean of what is known, weighted by the length of speech."""
    known = [(value, max(length_ms, 1)) for value, length_ms in values if value is not None]
    if not known:
        return None
    return round(sum(value * length for value, length in known) / sum(length for _, length in known), digits)


def _mean_confidence(spoken: Sequence[SaidUtterance]) -> float | None:
    rated = [said for said in spoken if said.text.strip() and said.engine not in UNRATED_ENGINES]
    return _mean([(said.confidence, _length_ms(said)) for said in rated], digits=3)
