"""Answers to judge, and a language model whose forms a test writes."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import msgspec
import pytest

from interviews.bank import get_question
from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.evaluation.form import AdviceForm, AnswerForm, FindingForm, PointForm, SummaryForm
from interviews.language_model import LanguageModelError, Prompt, Purpose, Spend, Spent


def spoken(*texts: str, confidence: float | None = 0.9) -> tuple[SaidUtterance, ...]:
    """Utterances of three words a second with half a second between them."""
    said, at_ms = [], 500
    for number, text in enumerate(texts):
        length_ms = max(len(text.split()) * 333, 400)
        said.append(SaidUtterance(text, at_ms, at_ms + length_ms, confidence, utterance_id=number))
        at_ms += length_ms + 500
    return tuple(said)


class ScriptedModel:
    """Fills forms from a list; an exception in it is raised. Keeps the prompts."""

    name = "scripted-model"
    host = "127.0.0.1"

    def __init__(self, *forms: Any) -> None:
        self.forms = list(forms)
        self.prompts: list[Prompt] = []

    def stream(self, prompt: Prompt, *, purpose: Purpose, spend: Spend) -> AsyncGenerator[str, None]:
        raise NotImplementedError

    async def fill(self, prompt: Prompt, form: type[Any], *, purpose: Purpose, spend: Spend) -> Any:
        self.prompts.append(prompt)
        spend(Spent(purpose, self.name, input_tokens=10, output_tokens=5))
        given = self.forms.pop(0) if len(self.forms) > 1 else self.forms[0]
        if isinstance(given, Exception):
            raise given
        return msgspec.convert(msgspec.to_builtins(given), form)


@pytest.fixture
def facts() -> Callable[..., AnswerFacts]:
    def make(key: str, *texts: str, **more: Any) -> AnswerFacts:
        return AnswerFacts(get_question(key), spoken(*texts), **more)

    return make


@pytest.fixture
def form() -> Callable[..., AnswerForm]:
    """A filled form; `quotes` gives for each stated point, by its number, the words that state it."""

    def make(quotes: dict[int, str] | None = None, *, points: int = 4, **more: Any) -> AnswerForm:
        quotes = quotes or {}
        stated = [PointForm(n, n in quotes, quotes.get(n, "")) for n in range(1, points + 1)]
        values: dict[str, Any] = {
            "gist": "",
            "points": stated,
            "accuracy": 80,
            "clarity": 60,
            "depth": 60,
            "anchor": 3,
            "strengths": [],
            "improvements": [],
            "keywords": [],
            "feedback": "",
            "candidate_feedback": "",
        }
        return AnswerForm(**{**values, **more})

    return make


@pytest.fixture
def scripted_model() -> Callable[..., ScriptedModel]:
    return ScriptedModel


@pytest.fixture
def failing() -> LanguageModelError:
    return LanguageModelError("The model did not answer in time.")


__all__ = ["AdviceForm", "FindingForm", "ScriptedModel", "SummaryForm", "spoken"]
