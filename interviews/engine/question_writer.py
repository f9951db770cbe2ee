"""Has an engine write questions; only those that the bank's linter finds fit to ask come through."""

import hashlib

from msgspec import to_builtins

from interviews.bank.lint import find_faults
from interviews.engine.messages import WrittenQuestions
from interviews.engine.ports import Engine, EngineError
from interviews.plan import PlannedQuestion
from interviews.planning.ports import QuestionWish, WriterError

WITHIN_S = 90.0


class EngineQuestionWriter:
    name = "engine"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write(self, wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
        """See QuestionWriter."""
        try:
            answer = await self._engine.ask(
                "/v1/questions", to_builtins(wish), WrittenQuestions, within_s=WITHIN_S
            )
        except EngineError as error:
            raise WriterError(str(error), permanent=error.permanent) from error
        written = [one.as_question(_key(one.text)) for one in answer.questions]
        fit = [one for one in written if not find_faults([one]) and one.text not in wish.avoid]
        return tuple(fit[: wish.count])


def _key(text: str) -> str:
    return f"engine-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
