"""How hard a text is to follow, as a school grade: the Flesch-Kincaid formula (Kincaid et al., 1975)."""

import re

from interviews.spoken_words import words

_SENTENCE_END = re.compile(r"[.?!]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")


def grade_of(text: str) -> float:
    """The school year from which `text` is followed easily; terms of the trade count like any word."""
    said = words(text)
    if not said:
        return 0.0
    sentences = max(len(_SENTENCE_END.findall(text)), 1)
    syllables = sum(syllables_of(word) for word in said)
    return round(0.39 * len(said) / sentences + 11.8 * syllables / len(said) - 15.59, 1)


def syllables_of(word: str) -> int:
    """An estimate by groups of vowels, good to about one in ten words."""
    bare = _SILENT_END.sub("", word) if len(word) > 3 else word
    return max(len(_VOWELS.findall(bare)), 1)
