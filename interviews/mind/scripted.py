"""The mind that needs no key and no network."""

from interviews.evaluation.ports import Evaluator, LexicalEvaluator
from interviews.interviewer.backends.scripted import ScriptedInterviewer
from interviews.interviewer.ports import CoverageJudge, Interviewer
from interviews.language_model import Spend
from interviews.mind.ports import MindFacts, Probe
from interviews.planning.ports import QuestionWriter


class ScriptedMind:
    facts = MindFacts("scripted")

    def make_interviewer(self, spend: Spend) -> Interviewer:
        return ScriptedInterviewer()

    def make_coverage_judge(self, spend: Spend) -> CoverageJudge | None:
        return None

    def make_evaluator(self, spend: Spend) -> Evaluator:
        return LexicalEvaluator()

    def make_question_writer(self, spend: Spend) -> QuestionWriter | None:
        return None

    async def probe(self) -> Probe:
        return Probe(is_ok=True, detail="The scripted interviewer answers; no language model takes part.")

    async def aclose(self) -> None:
        """There is nothing to close."""
