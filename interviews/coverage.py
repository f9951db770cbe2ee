"""Which expected points an answer has named so far, found by words alone, at once, after each utterance.

A point counts as covered when one of its cues is found in one sentence:

- `small batches`   these words in this order, up to two others between them; endings don't matter
- `compar*`         a word that begins so
- `script + row*`   both, in any order

What lexical matching cannot do: it hears no paraphrase that the cues don't foresee, and it takes whoever
reads the expected points aloud for somebody who knows them. It never judges whether what is said is true,
so accuracy and depth are not scored from it. It does not fall for the commonest accident, a cue inside a
denial: "I don't know anything about indexes" covers nothing, nor does "I would not use an index".
"""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from interviews.phrases import load_phrases
from interviews.plan import PlannedQuestion
from interviews.spoken_words import FILLERS, Token, stem, tokens

MAX_GAP = 2  # other words between two words of a cue: "compared [every single] row"
NEGATION_REACH = 2  # words before a cue, articles aside: "not use an index"
ENOUGH_FRACTION = 0.5  # with so many points and words the turn may well be over: a hint to endpointing
ENOUGH_WORDS = 15
ENOUGH_WORDS_WITHOUT_POINTS = 20

# "no" and "without" are left out: "no downtime" names downtime and mostly means well by it.
_NEGATORS = frozenset({"not", "never", "nor", "neither"})
_ARTICLES = frozenset({"a", "an", "the", "any", "much", "really"})
_DENIALS = tuple(tuple(phrase.split()) for phrase in load_phrases().denials)
_DENIALS_BY_FIRST = {first[0]: tuple(one for one in _DENIALS if one[0] == first[0]) for first in _DENIALS}


class PointCoverage(Struct, frozen=True):
    is_covered: bool
    start: int = 0  # characters in the text that was given: the words that show it
    end: int = 0


class Coverage(Struct, frozen=True):
    points: tuple[PointCoverage, ...]
    word_count: int

    @property
    def covered(self) -> tuple[int, ...]:
        return tuple(i for i, point in enumerate(self.points) if point.is_covered)

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(i for i, point in enumerate(self.points) if not point.is_covered)

    @property
    def fraction(self) -> float:
        """The share of points covered, 0..1; 1 where none are expected."""
        return len(self.covered) / len(self.points) if self.points else 1.0

    @property
    def is_enough(self) -> bool:
        """Whether a candidate who falls silent now has probably finished. A hint, never a verdict."""
        if not self.points:
            return self.word_count >= ENOUGH_WORDS_WITHOUT_POINTS
        return self.fraction >= ENOUGH_FRACTION and self.word_count >= ENOUGH_WORDS


def cover(question: PlannedQuestion, text: str) -> Coverage:
    """Look for every expected point of `question` in `text`, all that was answered to it so far."""
    said = tuple(token for token in tokens(text) if token.word not in FILLERS)
    sentences = _sentences(said, _denied(said))
    points = tuple(_first_evidence(point.cues, sentences, said) for point in question.expected_points)
    return Coverage(points, len(said))


def places(question: PlannedQuestion, text: str) -> tuple[dict[int, PointCoverage], ...]:
    """For every expected point the sentences of `text` that state it, by number: the words of its first cue.

    A point is covered where it has one, by the same rules as in `cover`.
    """
    said = tuple(token for token in tokens(text) if token.word not in FILLERS)
    sentences = _sentences(said, _denied(said))
    found = (
        {number: _first_evidence(point.cues, [one], said) for number, one in enumerate(sentences)}
        for point in question.expected_points
    )
    return tuple({number: one for number, one in each.items() if one.is_covered} for each in found)


def matching_cues(cues: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of `cues` that are found in `text`; for checking that questions don't hold their own answers."""
    said = tokens(text)
    sentences = _sentences(said, [False] * len(said))
    return tuple(cue for cue in cues if _find_cue(cue, sentences, said) is not None)


def asserted_tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` without those that stand behind "I don't know" and the like."""
    said = tokens(text)
    return tuple(token for token, is_denied in zip(said, _denied(said), strict=True) if not is_denied)


class _Sentence:
    """The words of one sentence that count, with their places in the whole."""

    def __init__(self, places: list[int], said: tuple[Token, ...]) -> None:
        self.places = places
        self.tokens = [said[place] for place in places]
        self.known = {token.stem for token in self.tokens} | {token.word for token in self.tokens}

    def may_hold(self, part: tuple[str, ...]) -> bool:
        return all(piece.endswith("*") or piece in self.known for piece in part)


def _sentences(said: tuple[Token, ...], denied: list[bool]) -> list[_Sentence]:
    places: dict[int, list[int]] = {}
    for place, token in enumerate(said):
        if not denied[place]:
            places.setdefault(token.sentence, []).append(place)
    return [_Sentence(found, said) for found in places.values()]


def _first_evidence(
    cues: tuple[str, ...], sentences: list[_Sentence], said: tuple[Token, ...]
) -> PointCoverage:
    """The words of the first cue that is found: cues stand in the bank with the plainest first."""
    for cue in cues:
        span = _find_cue(cue, sentences, said)
        if span is not None:
            return PointCoverage(is_covered=True, start=span[0], end=span[1])
    return PointCoverage(is_covered=False)


def _find_cue(cue: str, sentences: list[_Sentence], said: tuple[Token, ...]) -> tuple[int, int] | None:
    parts = _parsed(cue)
    for sentence in sentences:
        if not all(sentence.may_hold(part) for part in parts):
            continue
        spans = [_find_part(part, sentence, said) for part in parts]
        hits = [span for span in spans if span is not None]
        if hits and len(hits) == len(parts):
            return min(hit[0] for hit in hits), max(hit[1] for hit in hits)
    return None


def _find_part(part: tuple[str, ...], sentence: _Sentence, said: tuple[Token, ...]) -> tuple[int, int] | None:
    is_negative = any(piece in _NEGATORS for piece in part)
    for first, token in enumerate(sentence.tokens):
        if not _is(part[0], token):
            continue
        last = _follow(part[1:], sentence.tokens, first)
        if last is not None and (is_negative or not _is_negated(sentence.places[first], said)):
            return token.start, sentence.tokens[last].end
    return None


def _follow(rest: tuple[str, ...], within: list[Token], at: int) -> int | None:
    for piece in rest:
        reach = range(at + 1, min(at + 2 + MAX_GAP, len(within)))
        found = next((i for i in reach if _is(piece, within[i])), None)
        if found is None:
            return None
        at = found
    return at


def _is(piece: str, token: Token) -> bool:
    if piece.endswith("*"):
        return token.word.startswith(piece[:-1])
    return piece in (token.stem, token.word)


def _is_negated(place: int, said: tuple[Token, ...]) -> bool:
    clause = said[place].clause
    here = [other for other in said[max(place - 2 * NEGATION_REACH, 0) : place] if other.clause == clause]
    before = [other for other in here if other.word not in _ARTICLES][-NEGATION_REACH:]
    is_only = any(other.word == "only" for other in before)  # "not only the index"
    return not is_only and any(other.word in _NEGATORS for other in before)


def _denied(said: tuple[Token, ...]) -> list[bool]:
    """For each token whether it stands behind "I don't know" and the like in the same clause."""
    denied_from: dict[int, int] = {}
    for at, token in enumerate(said):
        phrases = _DENIALS_BY_FIRST.get(token.word, ())
        if any(_begins(phrase, said, at) for phrase in phrases):
            denied_from.setdefault(token.clause, at)
    return [at >= denied_from.get(token.clause, len(said)) for at, token in enumerate(said)]


def _begins(phrase: tuple[str, ...], said: tuple[Token, ...], at: int) -> bool:
    here = said[at : at + len(phrase)]
    return len(here) == len(phrase) and all(
        token.word == word and token.clause == said[at].clause
        for token, word in zip(here, phrase, strict=True)
    )


@lru_cache(maxsize=8192)
def _parsed(cue: str) -> tuple[tuple[str, ...], ...]:
    parts = [part.split() for part in cue.lower().split("+")]
    return tuple(tuple(_piece(word) for word in part) for part in parts if part)


def _piece(word: str) -> str:
    return word if word.endswith("*") else stem(word)
