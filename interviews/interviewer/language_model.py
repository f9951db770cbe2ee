"""The interviewer whose words a language model finds."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import InterviewerError
from interviews.interviewer.prompts import reply_prompt
from interviews.interviewer.tasks import Task
from interviews.interviewer.worded import WordedInterviewer
from interviews.language_model import LanguageModel, LanguageModelError, Spend


class LanguageModelInterviewer(WordedInterviewer):
    """Belongs to one session, whose costs go to `spend`."""

    def __init__(self, model: LanguageModel, spend: Spend) -> None:
        super().__init__("language_model", _ModelWords(model, spend))


class _ModelWords:
    def __init__(self, model: LanguageModel, spend: Spend) -> None:
        self._model = model
        self._spend = spend

    async def find_words(self, brief: ReplyBrief, task: Task) -> AsyncGenerator[str, None]:
        stream = self._model.stream(reply_prompt(brief, task), purpose="reply", spend=self._spend)
        try:
            async with aclosing(stream) as deltas:
                async for delta in deltas:
                    yield delta
        except LanguageModelError as error:
            raise InterviewerError(str(error), permanent=error.permanent) from error
