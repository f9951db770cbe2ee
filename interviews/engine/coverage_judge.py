"""Hears with an engine what an answer states in words that no cue foresaw, where the engine offers that."""

from interviews.engine.messages import StatedPoints, coverage_wish
from interviews.engine.ports import Engine, EngineError
from interviews.interviewer.coverage_judge import CoverageForm, StatedPoint, proven_points
from interviews.interviewer.ports import InterviewerError
from interviews.plan import PlannedQuestion

WITHIN_S = 4.0  # judged: later the turn is mostly over, and the words alone have decided


class EngineCoverageJudge:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_offered = True

    async def judge(self, question: PlannedQuestion, text: str) -> tuple[int, ...]:
        """See CoverageJudge. An engine without it is asked once in a session."""
        if not self._is_offered or not question.expected_points:
            return ()
        try:
            wish = coverage_wish(question, text)
            found = await self._engine.ask("/v1/coverage", wish, StatedPoints, within_s=WITHIN_S)
        except EngineError as error:
            if error.is_unknown:
                self._is_offered = False
                return ()
            raise InterviewerError(str(error), permanent=error.permanent) from error
        stated = [StatedPoint(one.number, one.quote) for one in found.points if one.number >= 1]
        return proven_points(question, text, CoverageForm(stated))
