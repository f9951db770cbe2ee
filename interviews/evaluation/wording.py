"""Cleans what a model wrote before anybody reads it: no links, no markup, no orders, no verdict on a person.

Sentences that break a rule are left out whole; what remains is shortened at sentence or word ends.
"""

import re
import unicodedata

from interviews.coverage import matching_cues
from interviews.evaluation.content_words import content_stems
from interviews.interviewer.sentences import split_sentences
from interviews.plan import PlannedQuestion
from interviews.spoken_words import words

MOST_HIDDEN_WORDS = 1  # of an expected point that the candidate did not say, in one sentence
LEAST_SUPPORT = 0.34  # of a sentence's content words, how many the candidate must have said

_CONTROL = re.compile(
    r"[^\S ]|[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_MARKUP = re.compile(r"<[^<>]*>|[`*_#|{}\[\]<>\\]+")
_STRUCK = re.compile(
    r"https?:|www\.|\b[\w.-]+@[\w-]+\.\w+|\b[\w-]+\.(com|org|net|io|ru|cn)\b"
    # verdicts that are a person's to make
    r"|\b(hire|hired|hiring|reject|rejected|shortlist|unsuitable|not suitable|fail(ed)? the interview)\b"
    # scores are made by code, and orders are for nobody
    r"|\b(score[sd]?|points?|marks?|rating|anchor|grade)\b\D{0,20}\d|\b\d+\s*(/|out of)\s*\d+"
    r"|\b(ignore|disregard|override)\b.{0,40}\b(instruction|rubric|rule|prompt|previous|above)"
    r"|\bas an? (ai|language model)\b|\bsystem prompt\b",
    re.IGNORECASE,
)
# Nobody may judge these of a person; they may only be told where they are what the answer was about.
_OF_A_PERSON = re.compile(
    r"\b(accent|fluen\w+|grammar|pronunciation|native speaker|confiden(?:t|ce|tly)|nervous\w*|anxious"
    r"|charming|attractive|personality|gender|nationality|ethnic\w*|religio\w+|his age|her age|years old"
    r"|disabilit\w+)\b",
    re.IGNORECASE,
)


def clean(text: str, most_chars: int, said: str = "") -> str:
    """Plain sentences of at most `most_chars`, in one line; "" where nothing may stay.

    `said` is the answer that it is about.
    """
    flat = " ".join(_MARKUP.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFKC", text))).split())
    kept = [sentence.strip() for sentence in split_sentences(flat) if _may_stay(sentence, said.lower())]
    return shortened(" ".join(one for one in kept if one), most_chars)


def clean_line(text: str, most_chars: int) -> str:
    """`text` in one line without control characters, shortened; nothing else is taken out."""
    return shortened(" ".join(_CONTROL.sub(" ", text).split()), most_chars)


def _may_stay(sentence: str, said: str) -> bool:
    told = (match.group().lower() for match in _OF_A_PERSON.finditer(sentence))
    return not _STRUCK.search(sentence) and all(word in said for word in told)


def shortened(text: str, most_chars: int) -> str:
    if len(text) <= most_chars:
        return text
    cut = text[:most_chars]
    end = max(cut.rfind(". "), cut.rfind("! "), cut.rfind("? "))
    return cut[: end + 1] if end > most_chars // 2 else cut[: cut.rfind(" ")].rstrip(",;: ") + "…"


def supported(text: str, said: str) -> str:
    """Those sentences of `text` of which enough was really said."""
    known = content_stems(said)
    return " ".join(one.strip() for one in split_sentences(text) if _is_supported(one, known))


def _is_supported(sentence: str, known: frozenset[str]) -> bool:
    told = content_stems(sentence) - _ABOUT_ANSWERS
    return bool(told) and len(told & known) >= LEAST_SUPPORT * len(told)


_ABOUT_ANSWERS = content_stems(
    "candidate explains explained describes described mentions mentioned answer answered states stated gave"
    " gives named names example experience talks talked tells told account"
)


def without_echoes(text: str, said: str) -> str:
    """Those sentences of `text` that are not the candidate's own, handed back as if somebody had judged."""
    known = f" {_plain(said)} "
    kept = [one.strip() for one in split_sentences(text) if f" {_plain(one)} " not in known]
    return " ".join(one for one in kept if one)


def _plain(text: str) -> str:
    return " ".join(words(_MARKUP.sub(" ", _CONTROL.sub(" ", unicodedata.normalize("NFKC", text)))))


def without_expected(text: str, question: PlannedQuestion, said: str) -> str:
    """Those sentences of `text` that give away nothing expected that the candidate did not say."""
    kept = [one.strip() for one in split_sentences(text) if not _gives_away(one, question, said)]
    return " ".join(one for one in kept if one)


def _gives_away(sentence: str, question: PlannedQuestion, said: str) -> bool:
    told = content_stems(sentence) - content_stems(said) - content_stems(question.text)
    for point in question.expected_points:
        hidden = content_stems(" ".join((point.text, *point.cues)).replace("*", " "))
        if len(told & hidden) > MOST_HIDDEN_WORDS:
            return True
        if set(matching_cues(point.cues, sentence)) - set(matching_cues(point.cues, said)):
            return True
    return False
