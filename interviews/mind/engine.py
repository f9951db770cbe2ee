"""The mind whose words, judgements and questions come from an engine of somebody's own."""

import time

from interviews.engine.coverage_judge import EngineCoverageJudge
from interviews.engine.evaluator import EngineEvaluator
from interviews.engine.interviewer import EngineInterviewer
from interviews.engine.messages import EngineFacts
from interviews.engine.ports import Engine, EngineError
from interviews.engine.question_writer import EngineQuestionWriter
from interviews.evaluation.ports import Evaluator
from interviews.interviewer.ports import CoverageJudge, Interviewer
from interviews.language_model import Spend
from interviews.mind.ports import MindFacts, Probe
from interviews.planning.ports import QuestionWriter

HEALTH_WITHIN_S = 5.0


class EngineMind:
    """What an engine costs is its owner's to count: nothing is spent here."""

    def __init__(self, engine: Engine, *, judgements: int = 1) -> None:
        self._engine = engine
        self._judgements = judgements

    @property
    def facts(self) -> MindFacts:
        return MindFacts("external", host=self._engine.host)

    def make_interviewer(self, spend: Spend) -> Interviewer:
        return EngineInterviewer(self._engine)

    def make_coverage_judge(self, spend: Spend) -> CoverageJudge | None:
        return EngineCoverageJudge(self._engine)

    def make_evaluator(self, spend: Spend) -> Evaluator:
        return EngineEvaluator(self._engine, judgements=self._judgements)

    def make_question_writer(self, spend: Spend) -> QuestionWriter | None:
        return EngineQuestionWriter(self._engine)

    async def probe(self) -> Probe:
        """See Mind."""
        started = time.monotonic()
        try:
            facts = await self._engine.get("/health", EngineFacts, within_s=HEALTH_WITHIN_S)
        except EngineError as error:
            return Probe(is_ok=False, detail=str(error), took_ms=_ms_since(started))
        who = f"{facts.name} {facts.version}".strip()
        return Probe(True, f"{who} at {self._engine.host} answers.", _ms_since(started))

    async def aclose(self) -> None:
        await self._engine.aclose()


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
