"""Spoken text as comparable words: lower case, contractions opened, endings taken off lightly."""

import re
from functools import lru_cache

from msgspec import Struct

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLAUSE_END = re.compile(r"[.!?;:\n]+(?=\s|$)|\n")
_CONTRASTS = frozenset({"but", "however", "although", "though", "except"})
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}
_IRREGULAR_NOT = {"can't": "can", "cannot": "can", "won't": "will", "shan't": "shall", "ain't": "is"}
_SHORTENED = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
_KEPT = {"note": "note", "notes": "note", "theme": "theme", "themes": "theme"}  # not "not", not "them"
# Sounds of thinking: they say nothing and count neither for nor against anybody.
FILLERS = frozenset({"um", "uh", "er", "erm", "eh", "hm", "hmm", "mm"})
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_VOWEL = re.compile(r"[aeiouy]")


class Token(Struct, frozen=True):
    word: str  # lower case, as said
    stem: str
    start: int  # characters in the text
    end: int
    clause: int  # counts up at sentence ends and at contrasts ("but", "however")
    sentence: int


def tokens(text: str) -> tuple[Token, ...]:
    """Split `text`; "didn't" gives two tokens, did and not, over the same characters."""
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    found: list[Token] = []
    sentence = contrasts = 0
    for match in _WORD.finditer(text):
        while sentence < len(ends) and ends[sentence] < match.start():
            sentence += 1
        for word in _opened(match.group().lower().replace("’", "'")):
            contrasts += word in _CONTRASTS
            found.append(Token(word, stem(word), match.start(), match.end(), sentence + contrasts, sentence))
    return tuple(found)


def words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(text))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Take the commonest English endings off, so that batch/batches and move/moved/moving agree."""
    word = _NUMBERS.get(word, word)
    if word in _KEPT:
        return _KEPT[word]
    if len(word) <= 3 or not word.isascii():
        return word
    for ending, replacement in (("ies", "i"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + replacement
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 2 and _VOWEL.search(bare):
            return _ending(_DOUBLED.sub(r"\1", bare))
    return _ending(word)


def _ending(word: str) -> str:
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _opened(word: str) -> list[str]:
    if word in _IRREGULAR_NOT:
        return [_IRREGULAR_NOT[word], "not"]
    if word.endswith("n't"):
        return [word[:-3], "not"]
    for ending, full in _SHORTENED.items():
        if word.endswith(ending):
            return [word[: -len(ending)], full]
    return [word.split("'", maxsplit=1)[0]]
