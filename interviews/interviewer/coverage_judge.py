"""Hears with a language model what an answer states in words that no cue foresaw."""

import asyncio
from typing import Annotated

from msgspec import Meta, Struct

from interviews.coverage import asserted_tokens
from interviews.interviewer.ports import InterviewerError
from interviews.interviewer.prompts import coverage_prompt
from interviews.language_model import LanguageModel, LanguageModelError, Spend
from interviews.plan import PlannedQuestion
from interviews.spoken_words import words

TIMEOUT_S = 4.0  # judged: later the turn is mostly over, and the words alone have decided
FEWEST_QUOTED_WORDS = 3
FEWEST_NEW_WORDS = 6  # a shorter answer is left to the words alone


class StatedPoint(Struct, frozen=True):
    point: Annotated[int, Meta(ge=1)]
    quote: str


class CoverageForm(Struct, frozen=True):
    stated: list[StatedPoint]


class LanguageModelCoverageJudge:
    """A point counts with a quote of its own that really stands in the answer, and not behind a denial."""

    def __init__(self, model: LanguageModel, spend: Spend, *, timeout_s: float = TIMEOUT_S) -> None:
        self._model = model
        self._spend = spend
        self._timeout_s = timeout_s

    async def judge(self, question: PlannedQuestion, text: str) -> tuple[int, ...]:
        """See CoverageJudge."""
        if not question.expected_points or len(words(text)) < FEWEST_NEW_WORDS:
            return ()
        prompt = coverage_prompt(question, text)
        try:
            async with asyncio.timeout(self._timeout_s):
                form = await self._model.fill(prompt, CoverageForm, purpose="coverage", spend=self._spend)
        except TimeoutError:
            raise InterviewerError("The coverage of the answer was not judged in time.") from None
        except LanguageModelError as error:
            raise InterviewerError(str(error), permanent=error.permanent) from error
        return proven_points(question, text, form)


def proven_points(question: PlannedQuestion, text: str, form: CoverageForm) -> tuple[int, ...]:
    """The indices of the points whose quotes hold; one quote proves one point."""
    said = f" {' '.join(token.word for token in asserted_tokens(text))} "
    proven: dict[int, str] = {}
    for stated in form.stated:
        quoted = words(stated.quote)
        quote = f" {' '.join(quoted)} "
        is_there = len(quoted) >= FEWEST_QUOTED_WORDS and quote in said
        index = stated.point - 1
        if is_there and index < len(question.expected_points) and quote not in proven.values():
            proven.setdefault(index, quote)
    return tuple(sorted(proven))
