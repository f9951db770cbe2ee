"""Judges what a recogniser wrote: does it look wrong, is it made up? Arithmetic on text and likelihoods."""

import re
import zlib

from msgspec import Struct

# Whisper's own thresholds (openai/whisper, transcribe.py).
MOST_COMPRESSION = 2.4
LEAST_LOG_PROBABILITY = -1.0
MOST_NO_SPEECH = 0.6

# Silero's probabilities of a 32 ms frame. Measured 2026-11: windows of 2 to 4 s of street and room noise
# reach 0.5 in up to eight frames and 0.8 in one at the most; the shortest answers reach 0.8 in 35 frames or
# more.
SPEECH_PROBABILITY, CLEAR_PROBABILITY = 0.5, 0.8
LEAST_SPEECH_MS, LEAST_CLEAR_MS = 96, 64
# Below this the voice detector alone does not convince: the words must be likely too. "Yes" lasts about 250
# ms.
WEAK_CLEAR_MS = 160
WEAK_LOG_PROBABILITY = -0.6

# People speak 2 to 4 words a second between pauses; outside of these bounds words were dropped or made up.
SLOWEST_WORDS_PER_S = 0.7
FASTEST_WORDS_PER_S = 8.0
RATE_COUNTS_FROM_MS = 2_000
MOST_REPEATS = 3
LOOP_SIZES = (1, 2, 3)
PUNCTUATION = ".,?!"
# Thai, Lao, Burmese, Japanese, Chinese.
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")


class Evidence(Struct, frozen=True):
    """What is known of the audio itself: its length, and how much of it is speech, and clearly so."""

    audio_ms: int
    speech_ms: int
    clear_ms: int

    @property
    def is_silent(self) -> bool:
        return self.speech_ms < LEAST_SPEECH_MS or self.clear_ms < LEAST_CLEAR_MS

    @property
    def is_weak(self) -> bool:
        return self.clear_ms < WEAK_CLEAR_MS


class Reading(Struct, frozen=True):
    """One decoding of one audio: its text and how likely the model finds it (mean logarithm per token)."""

    text: str
    log_probability: float
    no_speech_probability: float = 0.0


def compression_ratio(text: str) -> float:
    """This will tell how repetitive a text is; ordinary sentences stay below 2."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def _repeats(words: list[str], at: int, size: int) -> int:
    """How often the run of `size` words at `at` stands there in a row."""
    run, count = words[at : at + size], 1
    while words[at + count * size : at + (count + 1) * size] == run:
        count += 1
    return count


def longest_loop(words: list[str]) -> int:
    """This will count how often the most repeated run of one to three words follows upon itself."""
    return max(
        (_repeats(words, at, size) for size in LOOP_SIZES for at in range(len(words) - size + 1)), default=0
    )


def without_loops(text: str) -> str:
    """This will cut runs that follow upon themselves more than three times down to one."""
    words = text.split()
    for size in LOOP_SIZES:
        folded = [word.casefold().strip(PUNCTUATION) for word in words]
        kept: list[str] = []
        at = 0
        while at < len(words):
            repeats = _repeats(folded, at, size) if at + size <= len(words) else 1
            step = repeats * size if repeats > MOST_REPEATS else 1
            kept += words[at : at + size] if step > 1 else words[at : at + 1]
            at += step
        words = kept
    return " ".join(words)


def count_words(text: str) -> int:
    """This will count words; where a script has no spaces, two characters stand for one."""
    return len(text.split()) + len(_WITHOUT_SPACES.findall(text)) // 2


def find_flaw(reading: Reading, evidence: Evidence) -> str:
    """This will name what looks wrong with a reading, or give "" where nothing does."""
    words = [word.casefold().strip(PUNCTUATION) for word in reading.text.split()]
    if reading.log_probability < LEAST_LOG_PROBABILITY:
        return "unlikely"
    if compression_ratio(reading.text) > MOST_COMPRESSION or longest_loop(words) > MOST_REPEATS:
        return "repetition"
    if evidence.speech_ms < RATE_COUNTS_FROM_MS:
        return ""
    rate = count_words(reading.text) * 1000 / evidence.speech_ms
    if rate < SLOWEST_WORDS_PER_S:
        return "too few words"
    return "too many words" if rate > FASTEST_WORDS_PER_S else ""


def is_invented(reading: Reading, evidence: Evidence) -> bool:
    """This will tell whether the words of a reading were made up from silence, noise or music."""
    if evidence.is_silent or not any(letter.isalnum() for letter in reading.text):
        return True
    is_unlikely = reading.log_probability < LEAST_LOG_PROBABILITY
    if is_unlikely and reading.no_speech_probability > MOST_NO_SPEECH:
        return True
    return evidence.is_weak and reading.log_probability < WEAK_LOG_PROBABILITY
