"""What a candidate's turn asks of the interviewer, where it asks at all; when in doubt it is an answer.

An intent is only believed when, beside its phrase (`phrases.yaml`) and empty words, almost nothing else was
said: "I do not know the answer to that question" is a struggle, "I am not sure but I would guess it is a
network problem" is an answer.
"""

import re
from typing import Literal, cast

from interviews.phrases import load_phrases
from interviews.spoken_words import words

Intent = Literal[
    "answer",
    "empty",
    "dont_know",
    "repeat",
    "clarify",
    "assumption",  # a question about the task: how many users are there?
    "skip",
    "stop",
    "break",
    "reschedule",
    "type",
    "hold",
    "person",
    "question",  # about the job or the interview
    "thanks",
    "yes",
    "no",
]

MAX_OTHER_WORDS = 2  # content words that may stand beside an intent's phrase
MAX_YES_NO_WORDS = 7
MAX_QUESTION_WORDS = 25

_PHRASES = load_phrases()
_PATTERNS = _PHRASES.patterns
_HEDGED = re.compile(_PHRASES.hedges)
_ABOUT_THE_JOB = re.compile(_PHRASES.about_the_job.replace(" |", "|"))
_EMPTY = frozenset(_PHRASES.empty_words.split())
_YES = frozenset(_PHRASES.yes_words.split())
_NO = frozenset(_PHRASES.no_words.split())
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_INTERROGATIVE = re.compile(
    r"^(?:(?:and|so|okay|well|um|uh) )*"
    r"(what|how|when|who|where|why|which|is|are|do|does|did|can|could|will|would|may|should|shall|am)\b"
)

_WANTS_TO_KNOW = re.compile(
    r"\b(what|how|when|who|where|why|which|whether|if|question|wonder\w*|curious|tell me|know|ask|explain)\b"
)


def detect_intent(text: str) -> Intent:
    """Read one turn; everything that is not plainly something else is an "answer"."""
    said = words(text)
    if not said:
        return "empty"
    line = " ".join(said)
    if (short := _yes_or_no(said)) is not None:
        return short
    for intent, pattern in _PATTERNS:
        if pattern.search(line) and _is_nothing_else(pattern, line, intent):
            return cast("Intent", intent)
    return _question_kind(text, line, len(said))


def _is_nothing_else(pattern: re.Pattern[str], line: str, intent: str) -> bool:
    rest = pattern.sub(" ", line)
    if intent == "dont_know" and _HEDGED.search(rest):
        return False
    return sum(word not in _EMPTY for word in rest.split()) <= MAX_OTHER_WORDS


def _yes_or_no(said: tuple[str, ...]) -> Intent | None:
    if len(said) > MAX_YES_NO_WORDS or any(word not in _EMPTY | _YES | _NO for word in said):
        return None
    if said[0] in _NO:
        return "no"
    return "yes" if said[0] in _YES and "not" not in said else None


def _question_kind(text: str, line: str, count: int) -> Intent:
    is_one_sentence = len(_SENTENCE_END.findall(text.strip())) <= 1
    if count > MAX_QUESTION_WORDS or not is_one_sentence or not _INTERROGATIVE.match(line):
        return "answer"
    if not text.rstrip().endswith("?"):
        return "answer"
    return "question" if _ABOUT_THE_JOB.search(line) else "assumption"


def asks_something(text: str) -> bool:
    """Whether a question may be among what was said; recognised speech often lacks its question mark."""
    if "?" in text or _WANTS_TO_KNOW.search(" ".join(words(text))):
        return True
    return any(_INTERROGATIVE.match(" ".join(words(sentence))) for sentence in _SENTENCE_END.split(text))
