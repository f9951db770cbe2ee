"""A mind words the replies, judges the answers and writes questions: scripted, by a model, or elsewhere."""

from typing import Literal, Protocol

from msgspec import Struct

from interviews.evaluation.ports import Evaluator
from interviews.interviewer.ports import CoverageJudge, Interviewer
from interviews.language_model import Spend
from interviews.planning.ports import QuestionWriter

MindName = Literal["scripted", "openai", "external"]


class MindFacts(Struct, frozen=True):
    """For people: who answers. `model` and `host` are "" for the scripted mind."""

    name: MindName
    model: str = ""
    host: str = ""


class Probe(Struct, frozen=True):
    """How one small question to the mind went."""

    is_ok: bool
    detail: str  # a sentence
    took_ms: int = 0
    capabilities: tuple[str, ...] = ()  # "streaming", "strict schema", … as found


class Mind(Protocol):
    """One per process. What it makes belongs to one session and reports its cost to `spend`."""

    @property
    def facts(self) -> MindFacts: ...

    def make_interviewer(self, spend: Spend) -> Interviewer: ...

    def make_coverage_judge(self, spend: Spend) -> CoverageJudge | None:
        """None where nothing but the words themselves judges coverage during the interview."""
        ...

    def make_evaluator(self, spend: Spend) -> Evaluator: ...

    def make_question_writer(self, spend: Spend) -> QuestionWriter | None: ...

    async def probe(self) -> Probe: ...

    async def aclose(self) -> None: ...
