"""The words of a text that say something about its subject, as stems."""

from interviews.phrases import load_phrases
from interviews.spoken_words import stem, words

_FILL = frozenset(load_phrases().empty_words.split()) | frozenset(load_phrases().fill_words.split())
_PLAIN = frozenset(
    "after also always because been before but by each every few first good got had has he her his into make"  # noqa: SIM905
    " makes made many most must need needs new often only other own people per put said says see she should"
    " since someone something still such take taken them themselves those too two under until up use used way"
    " where while who whom whose without yet".split()
)
_FILL_STEMS = frozenset(stem(word) for word in _FILL | _PLAIN) | _FILL | _PLAIN


def content_stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text)) - _FILL_STEMS
