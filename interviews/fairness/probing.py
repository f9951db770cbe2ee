"""Scores answers and their variants with one evaluator and says where the words that must not matter did."""

from collections.abc import Sequence

from msgspec import Struct

from interviews.evaluation import AnswerEvaluation, AnswerFacts
from interviews.evaluation.ports import Evaluator
from interviews.fairness.variants import VARIANTS, rewritten


class Difference(Struct, frozen=True):
    """One answer that fared otherwise in other words. Scores and anchors may be None: not scored."""

    number: int  # of the question
    variant: str
    score: float | None
    other_score: float | None
    anchor: int | None
    other_anchor: int | None

    @property
    def points(self) -> float | None:
        """By how much the score moved; None where only one of the two has a score."""
        if self.score is None or self.other_score is None:
            return None
        return round(self.other_score - self.score, 1)


class VariantResult(Struct, frozen=True):
    """How one variant fared over all answers that were scored as they are."""

    variant: str
    answers: int
    changed_words: int  # answers in which the variant has other words at all
    differences: tuple[Difference, ...]

    @property
    def mean_points(self) -> float:
        """The mean movement of the score, with its sign, over the answers with other words; 0 without any."""
        moved = [one.points for one in self.differences if one.points is not None]
        return round(sum(moved) / self.changed_words, 2) if self.changed_words else 0.0

    @property
    def most_points(self) -> float:
        return max((abs(one.points) for one in self.differences if one.points is not None), default=0.0)


async def probe(answers: Sequence[AnswerFacts], evaluator: Evaluator) -> tuple[VariantResult, ...]:
    """Judge every answer as it is and in every variant. Raises EvaluatorError."""
    originals = [await evaluator.evaluate(facts) for facts in answers]
    return tuple([await _probe_variant(variant, answers, originals, evaluator) for variant in VARIANTS])


async def _probe_variant(
    variant: str,
    answers: Sequence[AnswerFacts],
    originals: Sequence[AnswerEvaluation],
    evaluator: Evaluator,
) -> VariantResult:
    differences: list[Difference] = []
    scored = changed = 0
    for number, (facts, original) in enumerate(zip(answers, originals, strict=True), 1):
        if original.status != "scored":
            continue
        scored += 1
        other_facts = rewritten(facts, VARIANTS[variant])
        is_other = other_facts != facts
        changed += is_other
        if not is_other and variant != next(iter(VARIANTS)):
            continue  # the same words: only the first variant asks whether they are judged alike twice
        other = await evaluator.evaluate(other_facts)
        if (other.score, other.anchor) != (original.score, original.anchor):
            differences.append(
                Difference(number, variant, original.score, other.score, original.anchor, other.anchor)
            )
    return VariantResult(variant, scored, changed, tuple(differences))
