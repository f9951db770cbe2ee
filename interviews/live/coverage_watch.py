"""Has the open answer heard by somebody who understands paraphrases, one hearing at a time."""

import asyncio
import logging
from collections.abc import Callable

from interviews.interviewer.ports import CoverageJudge, InterviewerError
from interviews.live.effects import JudgeCoverage
from interviews.live.inputs import CoverageJudged, Input

logger = logging.getLogger(__name__)
TIMEOUT_S = 6.0  # longer than any pause that ends a turn: what comes later is of no use


class CoverageWatch:
    """Nothing waits for it, and what fails here leaves what the words themselves show."""

    def __init__(self, judge: CoverageJudge | None, emit: Callable[[Input], None]) -> None:
        self._judge = judge
        self._emit = emit
        self._waiting: JudgeCoverage | None = None
        self._task: asyncio.Task[None] | None = None

    def hear(self, asked: JudgeCoverage) -> None:
        """Judge `asked` as soon as what is under way is done; of several that wait the newest counts."""
        if self._judge is None:
            return
        self._waiting = asked
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work(self._judge))

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    async def aclose(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _work(self, judge: CoverageJudge) -> None:
        while (asked := self._waiting) is not None:
            self._waiting = None
            points = await _heard(judge, asked)
            if points:
                self._emit(
                    CoverageJudged(turn_id=asked.turn_id, question_index=asked.question_index, points=points)
                )
        self._task = None


async def _heard(judge: CoverageJudge, asked: JudgeCoverage) -> tuple[int, ...]:
    try:
        async with asyncio.timeout(TIMEOUT_S):
            return await judge.judge(asked.question, asked.text)
    except (InterviewerError, TimeoutError) as error:
        logger.info("coverage was judged by words alone: %s", str(error) or "too late")
    except Exception:  # whatever it was, the interview goes on without it
        logger.exception("a coverage judge broke")
    return ()
