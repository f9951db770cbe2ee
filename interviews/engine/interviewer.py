"""The interviewer whose words an engine finds."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from interviews.engine.messages import Reply, reply_wish
from interviews.engine.ports import Engine, EngineError
from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import InterviewerError
from interviews.interviewer.tasks import Task
from interviews.interviewer.worded import WordedInterviewer

WITHIN_S = 8.0  # between two parts of an answer: under what the live session waits for its interviewer


class EngineInterviewer(WordedInterviewer):
    def __init__(self, engine: Engine) -> None:
        super().__init__("engine", _EngineWords(engine))


class _EngineWords:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find_words(self, brief: ReplyBrief, task: Task) -> AsyncGenerator[str, None]:
        wish = reply_wish(brief, task.wish)
        try:
            async with aclosing(self._engine.stream("/v1/reply", wish, Reply, within_s=WITHIN_S)) as parts:
                async for part in parts:
                    yield part.text if isinstance(part, Reply) else part
        except EngineError as error:
            raise InterviewerError(str(error), permanent=error.permanent) from error
