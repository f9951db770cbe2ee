"""Picks one of several wordings, the same one each time, and none that was said before."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from interviews.interviewer.sentences import split_sentences
from interviews.spoken_words import words


def choose(wordings: Sequence[str], seed: str, said: frozenset[str]) -> str:
    """One of `wordings` by `seed`, going on to the next while a whole sentence of it was already said.

    When all of them were said the seed's own choice comes again: better than silence.
    """
    start = int.from_bytes(sha256(seed.encode()).digest()[:4], "big") % len(wordings)
    order = [wordings[(start + step) % len(wordings)] for step in range(len(wordings))]
    return next((wording for wording in order if not said & as_said([wording])), order[0])


def as_said(texts: Iterable[str]) -> frozenset[str]:
    """The sentences of `texts` in a form in which punctuation and case don't matter."""
    return frozenset(" ".join(words(sentence)) for text in texts for sentence in split_sentences(text))
