"""Judges answers with an engine, within the same rules that hold for a language model."""

from msgspec.structs import replace

from interviews.engine.messages import Judgement, judging_wish
from interviews.engine.ports import Engine, EngineError
from interviews.evaluation.digests import origin_of
from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.masking import mask, restore
from interviews.evaluation.ports import EvaluatorError
from interviews.evaluation.quotes import answer_text
from interviews.evaluation.results import AnswerEvaluation, SessionEvaluation
from interviews.evaluation.rules import combine, evaluate_form
from interviews.evaluation.scorable import answering, find_unscored

EVALUATOR = "engine"
VERSION = "1"  # of the contract
WITHIN_S = 60.0


class EngineEvaluator:
    """Sends question and answer, never a name; what comes back is checked, clamped or struck."""

    name = EVALUATOR

    def __init__(self, engine: Engine, *, judgements: int = 1) -> None:
        self._engine = engine
        self._judgements = judgements

    async def evaluate(self, facts: AnswerFacts) -> AnswerEvaluation:
        """See Evaluator."""
        unscored = find_unscored(facts)
        if unscored is not None:
            return unscored
        try:
            judged = [await self._judge(facts) for _ in range(self._judgements)]
        except EngineError as error:
            raise EvaluatorError(str(error), permanent=error.permanent) from error
        combined = combine([evaluation for _, evaluation in judged], facts.question)
        first = judged[0][0]
        origin = origin_of(
            facts, model=first.model, host=self._engine.host, prompt_version=first.prompt_version
        )
        return replace(combined, origin=origin, evaluator=EVALUATOR, version=VERSION)

    async def advise(self, evaluation: SessionEvaluation) -> tuple[str, ...]:
        """What code suggests: the contract asks no engine for advice."""
        return tuple(gap.suggestion for gap in evaluation.skill_gaps)

    async def summarise(self, evaluation: SessionEvaluation) -> str:
        return evaluation.summary

    async def _judge(self, facts: AnswerFacts) -> tuple[Judgement, AnswerEvaluation]:
        said = answer_text(answering(facts.utterances))
        masked = mask(said, facts.names)
        wish = judging_wish(facts, masked.text)
        judgement = await self._engine.ask("/v1/evaluation", wish, Judgement, within_s=WITHIN_S)
        form = judgement.as_form()
        restore(form, masked, said)
        return judgement, evaluate_form(facts, form)
