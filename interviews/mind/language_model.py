"""The mind whose words, judgements and questions come from a language model."""

import time
from contextlib import aclosing
from typing import Protocol

from msgspec import Struct

from interviews.evaluation.backends.language_model import LanguageModelEvaluator
from interviews.evaluation.ports import Evaluator
from interviews.interviewer.coverage_judge import LanguageModelCoverageJudge
from interviews.interviewer.language_model import LanguageModelInterviewer
from interviews.interviewer.ports import CoverageJudge, Interviewer
from interviews.language_model import LanguageModel, LanguageModelError, Message, Prompt, Spend, Spent
from interviews.mind.ports import MindFacts, MindName, Probe
from interviews.planning.ports import QuestionWriter
from interviews.planning.writing import LanguageModelQuestionWriter

_GREET = Prompt("You are asked whether you work.", (Message("user", "Say hello in one word."),), "probe-1")
_COLOUR = Prompt(
    "You fill in small forms.",
    (Message("user", "Which colour has grass? And a number below ten."),),
    "probe-1",
)


class ServedModel(LanguageModel, Protocol):
    """A language model behind a server, about which something is found out while it is used."""

    @property
    def does(self) -> tuple[str, ...]: ...

    @property
    def lacks(self) -> tuple[str, ...]: ...

    async def aclose(self) -> None: ...


class _Grass(Struct, frozen=True):
    colour: str
    number: int


class LanguageModelMind:
    def __init__(self, name: MindName, model: ServedModel, *, judgements: int = 1) -> None:
        self._name = name
        self._model = model
        self._judgements = judgements

    @property
    def facts(self) -> MindFacts:
        return MindFacts(self._name, self._model.name, self._model.host)

    def make_interviewer(self, spend: Spend) -> Interviewer:
        return LanguageModelInterviewer(self._model, spend)

    def make_coverage_judge(self, spend: Spend) -> CoverageJudge | None:
        return LanguageModelCoverageJudge(self._model, spend)

    def make_evaluator(self, spend: Spend) -> Evaluator:
        return LanguageModelEvaluator(self._model, spend, judgements=self._judgements)

    def make_question_writer(self, spend: Spend) -> QuestionWriter | None:
        return LanguageModelQuestionWriter(self._model, spend)

    async def probe(self) -> Probe:
        """See Mind. Asks for one word and one small form."""
        started = time.monotonic()
        spent: list[Spent] = []
        try:
            async with aclosing(self._model.stream(_GREET, purpose="probe", spend=spent.append)) as deltas:
                await anext(deltas)  # a first word is enough; some models would go on for long
            await self._model.fill(_COLOUR, _Grass, purpose="probe", spend=spent.append)
        except LanguageModelError as error:
            return Probe(is_ok=False, detail=str(error), took_ms=_ms_since(started))
        missing = f" It was found to lack: {', '.join(self._model.lacks)}." if self._model.lacks else ""
        detail = f"{self._model.name} at {self._model.host} answers in words and in forms.{missing}"
        return Probe(True, detail, _ms_since(started), self._model.does)

    async def aclose(self) -> None:
        await self._model.aclose()


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
