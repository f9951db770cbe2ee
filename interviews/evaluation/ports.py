"""What an evaluator is, for those that need a language model or an engine elsewhere."""

from typing import Protocol

from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.lexical import EVALUATOR, evaluate_answer
from interviews.evaluation.results import AnswerEvaluation, SessionEvaluation


class EvaluatorError(Exception):
    """No evaluation could be had. `permanent`: trying again would not help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Evaluator(Protocol):
    @property
    def name(self) -> str: ...

    async def evaluate(self, facts: AnswerFacts) -> AnswerEvaluation:
        """Judge one answer. Every quote in it is literal. Raises EvaluatorError."""
        ...

    async def advise(self, evaluation: SessionEvaluation) -> tuple[str, ...]:
        """What to learn, one text for each of the session's skill gaps. Raises EvaluatorError."""
        ...

    async def summarise(self, evaluation: SessionEvaluation) -> str:
        """The findings in a few sentences, with no claim and no number beyond them. Raises EvaluatorError."""
        ...


class LexicalEvaluator:
    """The evaluator that needs nothing; also the one that others fall back on."""

    name = EVALUATOR

    async def evaluate(self, facts: AnswerFacts) -> AnswerEvaluation:
        return evaluate_answer(facts)

    async def advise(self, evaluation: SessionEvaluation) -> tuple[str, ...]:
        return tuple(gap.suggestion for gap in evaluation.skill_gaps)

    async def summarise(self, evaluation: SessionEvaluation) -> str:
        return evaluation.summary
