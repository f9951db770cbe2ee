"""Which expected points an answer holds, from a model's claims and the candidate's own words.

A claim is believed as far as its quote carries it:

- A quote that nobody said is struck and counted; then the cues alone decide, as without a model.
- Words behind "I don't know" prove nothing.
- A quote that shares two content words with the point, beyond those of the question, or an answer in which a
  cue of the point is found, is strong evidence and counts whole.
- Any other real quote of at least three words is weak evidence: a paraphrase perhaps, or "give me every
  point". It counts half, each quote once, and never more weak ones than strong ones: nothing rests on weak
  evidence alone, and what accuracy, depth and anchor may reach rests on the strong alone.
- A point that the model calls unstated is unstated, whatever cue is found.
- Where part of the answer speaks to whoever judges it, only cues prove anything, as without a model.
"""

from collections.abc import Sequence

from msgspec import Struct

from interviews.coverage import PointCoverage, asserted_tokens
from interviews.evaluation.content_words import content_stems
from interviews.evaluation.facts import SaidUtterance
from interviews.evaluation.form import PointForm
from interviews.evaluation.proofs import proofs
from interviews.evaluation.quotes import Quote, answer_text, match_quote, quote_at
from interviews.plan import ExpectedPoint, PlannedQuestion
from interviews.spoken_words import words

FEWEST_QUOTED_WORDS = 3
FEWEST_SHARED_WORDS = 2  # one alone is shared by accident: "avoid harm" is no cache that avoids a stampede
WEAK_WORTH = 0.5


class HeldPoint(Struct, frozen=True):
    index: int
    quote: Quote
    is_strong: bool


class Evidence(Struct, frozen=True):
    held: tuple[HeldPoint, ...]
    total: int
    quotes_struck: int = 0

    @property
    def fraction(self) -> float:
        """The share of the expected points that is proven, 0..1; weak proofs count half."""
        worth = sum(1.0 if one.is_strong else WEAK_WORTH for one in self.held)
        return worth / self.total if self.total else 0.0

    @property
    def strong_fraction(self) -> float:
        """The share that is proven without doubt."""
        return sum(one.is_strong for one in self.held) / self.total if self.total else 0.0

    @property
    def missing(self) -> tuple[int, ...]:
        held = {one.index for one in self.held}
        return tuple(index for index in range(self.total) if index not in held)


def weigh(
    question: PlannedQuestion,
    said: Sequence[SaidUtterance],
    claims: Sequence[PointForm],
    *,
    only_cues: bool = False,
) -> Evidence:
    """Hold every claim against what was said; the first claim about a point is the one that counts."""
    scale = _Scale(question, said, only_cues=only_cues)
    claimed: dict[int, PointForm] = {}
    for claim in claims:
        claimed.setdefault(claim.number - 1, claim)
    found = [scale.weigh(index, claimed.get(index)) for index in range(len(question.expected_points))]
    held = _without_excess([one for one in found if one is not None])
    return Evidence(held, len(question.expected_points), scale.struck)


class _Scale:
    def __init__(self, question: PlannedQuestion, said: Sequence[SaidUtterance], *, only_cues: bool) -> None:
        self.struck = 0
        self._only_cues = only_cues
        self._said = said
        self._text = answer_text(said)
        self._question = question
        self._asked = content_stems(question.text)
        self._named = proofs(question, self._text)

    def weigh(self, index: int, claim: PointForm | None) -> HeldPoint | None:
        if claim is not None and not claim.is_stated:
            return None
        named = self._named[index]
        quote = match_quote(self._said, claim.quote) if claim is not None else None
        if quote is None:
            self.struck += claim is not None and bool(claim.quote.strip())
            return self._by_cue(index, named)
        if named.is_covered:
            return HeldPoint(index, quote, is_strong=True)
        if self._only_cues:
            return None
        if self._is_about(self._question.expected_points[index], quote):
            return HeldPoint(index, quote, is_strong=True)
        long_enough = len(words(quote.text)) >= FEWEST_QUOTED_WORDS
        return HeldPoint(index, quote, is_strong=False) if long_enough and self._asserted(quote) else None

    def _by_cue(self, index: int, named: PointCoverage) -> HeldPoint | None:
        if not named.is_covered:
            return None
        return HeldPoint(index, quote_at(self._said, named.start, named.end), is_strong=True)

    def _is_about(self, point: ExpectedPoint, quote: Quote) -> bool:
        told = content_stems(self._asserted(quote)) - self._asked
        return len(told & content_stems(f"{point.text} {point.topic}")) >= FEWEST_SHARED_WORDS

    def _asserted(self, quote: Quote) -> str:
        first = self._text.find(quote.text)
        last = first + len(quote.text)
        return " ".join(
            token.word for token in asserted_tokens(self._text) if token.start >= first and token.end <= last
        )


def _without_excess(found: list[HeldPoint]) -> tuple[HeldPoint, ...]:
    strong = sum(one.is_strong for one in found)
    weak: list[str] = []
    kept = []
    for one in found:
        if not one.is_strong:
            if len(weak) == strong or one.quote.text in weak:
                continue
            weak.append(one.quote.text)
        kept.append(one)
    return tuple(kept)
