"""Clarity as structure: is there enough to follow, is it ordered and reasoned, is there a concrete case?

Never fluency, accent, grammar, speed or hesitation: "um" and "uh" count neither for nor against, and words
are counted, not sentences, because a recogniser may give no punctuation. Signals are everyday ones, so that
plain speech reaches the full score.
"""

import re

from msgspec import Struct

from interviews.spoken_words import FILLERS, words

FULL_WORDS = 30  # about ten seconds of speech; from here on length earns nothing more
LENGTH_WEIGHT = 40
SIGNAL_WEIGHT = 20  # for each of the first three kinds of signal that are found
_SIGNALS: dict[str, re.Pattern[str]] = {
    "the steps in their order": re.compile(
        r"\b(first|firstly|second|secondly|then|next|after that|afterwards|finally|before|once|when)\b"
    ),
    "reasons": re.compile(
        r"\b(because|so|so that|therefore|that is why|in order to|the reason|which means"
        r"|as a result)\b"
    ),
    "a concrete case": re.compile(
        r"\b(for example|for instance|such as|one time|once|last (year|month|week)|we had|i had|i was|we was"
        r"|we were"
        r"|i led|i made|i wrote|i built|i asked|i told|i used|we used|we moved|imagine|suppose)\b"
    ),
    "an outcome": re.compile(
        r"\b(in the end|finally|the result|outcome|since then|turned out|(?:it|that) worked|solved"
        r"|learned|learnt|improved|reduced|saved|zero|percent|decided|chose)\b"
    ),
    "a weighing of sides": re.compile(
        r"\b(however|although|on the other hand|instead|rather|while|whereas|trade off|depends"
        r"|better|slower|faster"
        r"|rather than)\b"
    ),
}


# (least share of the expected points, highest score): however well built, an answer beside the question is
# not clear about it. Words alone miss paraphrases, so half of the points lift the limit.
CLARITY_BY_SHARE = ((0.5, 100), (0.25, 80), (0.001, 60), (0.0, 20))


class Clarity(Struct, frozen=True):
    score: int  # 0..100
    found: tuple[str, ...]  # kinds of structure that were heard
    missing: tuple[str, ...]


def judge_clarity(text: str, share: float = 1.0) -> Clarity:
    """How well `text` is built, as far as its `share` of the expected points (0..1) lets it count."""
    said = [word for word in words(text) if word not in FILLERS]
    line = " ".join(said)
    found = tuple(name for name, pattern in _SIGNALS.items() if pattern.search(line))
    length = LENGTH_WEIGHT * min(len(said) / FULL_WORDS, 1.0)
    limit = next(highest for least, highest in CLARITY_BY_SHARE if share >= least)
    score = min(round(length + SIGNAL_WEIGHT * min(len(found), 3)), limit)
    return Clarity(score, found, tuple(name for name in _SIGNALS if name not in found))
