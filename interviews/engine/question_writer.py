"""Has an engine write questions; only those that the bank's linter finds fit to ask come through."""

import hashlib

from msgspec import to_builtins
from msgspec.structs import replace

from interviews.engine.messages import WrittenQuestions
from interviews.engine.ports import Engine, EngineError
from interviews.plan import PlannedQuestion
from interviews.planning.cleaning import sentences_of
from interviews.planning.ports import QuestionWish, WriterError
from interviews.planning.writing import unfitness

WITHIN_S = 90.0


class EngineQuestionWriter:
    name = "engine"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write(self, wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
        """See QuestionWriter."""
        described = "\n".join(sentences_of(wish.job_description))
        sent = to_builtins(replace(wish, job_description=described))
        try:
            answer = await self._engine.ask("/v1/questions", sent, WrittenQuestions, within_s=WITHIN_S)
        except EngineError as error:
            raise WriterError(str(error), permanent=error.permanent) from error
        fit: list[PlannedQuestion] = []
        known = [PlannedQuestion(key=_key(text), text=text) for text in wish.avoid]
        for one in answer.questions:
            question = one.as_question(_key(one.text))
            if not unfitness(question, (*fit, *known)):
                fit.append(question)
        return tuple(fit[: wish.count])


def _key(text: str) -> str:
    return f"engine-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
