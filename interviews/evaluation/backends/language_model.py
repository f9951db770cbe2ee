"""Judges answers by a language model, once or three times, within the rules."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Literal

from msgspec.structs import replace

from interviews.evaluation.advice import checked_advice
from interviews.evaluation.digests import origin_of
from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.form import AdviceForm, AnswerForm, SummaryForm
from interviews.evaluation.masking import mask, restore
from interviews.evaluation.ports import EvaluatorError
from interviews.evaluation.prompts import (
    JUDGE_VERSION,
    advice_prompt,
    judge_prompt,
    summary_prompt,
)
from interviews.evaluation.quotes import answer_text
from interviews.evaluation.results import AnswerEvaluation, SessionEvaluation
from interviews.evaluation.rules import combine, evaluate_form
from interviews.evaluation.scorable import answering, find_unscored
from interviews.evaluation.summary import checked_summary
from interviews.language_model import LanguageModel, LanguageModelError, Spend

EVALUATOR = "language_model"
VERSION = "2"  # of the rules; the prompt has a version of its own


class LanguageModelEvaluator:
    """Belongs to one session, whose costs go to `spend`."""

    name = EVALUATOR

    def __init__(self, model: LanguageModel, spend: Spend, *, judgements: Literal[1, 3] | int = 1) -> None:
        self._model = model
        self._spend = spend
        self._judgements = judgements

    async def evaluate(self, facts: AnswerFacts) -> AnswerEvaluation:
        """Judge one answer. Of three judgements those that came count; none is an EvaluatorError."""
        unscored = find_unscored(facts)
        if unscored is not None:
            return unscored
        forms = await _those_that_came(self._judge(facts, turn) for turn in range(self._judgements))
        judged = combine([evaluate_form(facts, form) for form in forms], facts.question)
        origin = origin_of(facts, model=self._model.name, host=self._model.host, prompt_version=JUDGE_VERSION)
        return replace(judged, origin=origin, evaluator=EVALUATOR, version=VERSION)

    async def _judge(self, facts: AnswerFacts, turn: int) -> AnswerForm:
        said = answer_text(answering(facts.utterances))
        masked = mask(said, facts.names)
        prompt = judge_prompt(facts.question, masked.text, turn)
        form = await self._model.fill(prompt, AnswerForm, purpose="evaluation", spend=self._spend)
        restore(form, masked, said)
        return form

    async def advise(self, evaluation: SessionEvaluation) -> tuple[str, ...]:
        """What to learn, one text for each skill gap. Raises EvaluatorError."""
        gaps = evaluation.skill_gaps
        if not gaps:
            return ()
        prompt = advice_prompt(gaps)
        try:
            form = await self._model.fill(prompt, AdviceForm, purpose="evaluation", spend=self._spend)
        except LanguageModelError as error:
            raise EvaluatorError(str(error), permanent=error.permanent) from error
        return checked_advice(gaps, form)

    async def summarise(self, evaluation: SessionEvaluation) -> str:
        """A summary of the findings in a few sentences. Raises EvaluatorError."""
        try:
            form = await self._model.fill(
                summary_prompt(evaluation), SummaryForm, purpose="evaluation", spend=self._spend
            )
        except LanguageModelError as error:
            raise EvaluatorError(str(error), permanent=error.permanent) from error
        return checked_summary(evaluation, form)


async def _those_that_came(asked: Iterable[Awaitable[AnswerForm]]) -> list[AnswerForm]:
    answers = await asyncio.gather(*asked, return_exceptions=True)
    came = [answer for answer in answers if isinstance(answer, AnswerForm)]
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, LanguageModelError):
            raise answer
        if isinstance(answer, LanguageModelError) and not came:
            raise EvaluatorError(str(answer), permanent=answer.permanent) from answer
    return came
