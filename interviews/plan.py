"""The plan of a session: which questions are asked, how freely, and what a good answer holds."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Kind = Literal["technical", "behavioral", "coding", "system_design"]
Level = Literal["beginner", "intermediate", "advanced"]
Mode = Literal["verbatim", "adaptive"]
Source = Literal["bank", "job", "resume", "model", "person"]  # where a question comes from
ClaimKind = Literal["result", "responsibility", "technology", "post"]

DEFAULT_PRACTICE_QUESTION = (
    "This is only a rehearsal. What did you have for breakfast, and how do you like to start a day?"
)


class ExpectedPoint(Struct, frozen=True, omit_defaults=True):
    """One thing a good answer says."""

    text: str
    cues: tuple[str, ...] = ()  # words, phrases and `stems*` that show that it was said
    topic: str = ""  # names the point without giving it away: "what happens when a worker fails"
    probe: str = ""  # a written follow-up question that asks for just this point


class PlannedQuestion(Struct, frozen=True, omit_defaults=True):
    key: str
    text: str
    kind: Kind = "technical"
    competency: str = ""
    difficulty: Level = "intermediate"
    mode: Mode = "adaptive"
    expected_points: tuple[ExpectedPoint, ...] = ()
    follow_ups: tuple[str, ...] = ()
    anchors: dict[str, str] = {}
    rephrase: str = ""
    help: str = ""
    asked_by: str = ""  # the name of the person who put it into the session; "" when it is planned
    source: Source = "bank"
    is_core: bool = True  # the same for everybody; others are shown apart and compare nobody
    reason: str = ""  # why it was picked, for the person who made the plan; "" where that is plain


class Claim(Struct, frozen=True, omit_defaults=True):
    """One thing that a résumé says, without names, and the question that goes into it."""

    text: str
    kind: ClaimKind = "responsibility"
    question_key: str = ""  # "" when no question of the plan does


class Policy(Struct, frozen=True, omit_defaults=True):
    """What a plan says to and allows its candidates, in the words of `hiring.models.Plan`."""

    notice: str = ""  # what the organisation itself tells them before they agree
    redo: Literal["none", "once"] = "none"
    feedback: Literal["none", "words", "scores"] = "words"

    @property
    def may_redo(self) -> bool:
        """Whether each question may be answered once more."""
        return self.redo == "once"


class Plan(Struct, frozen=True, omit_defaults=True):
    role: str
    level: Level = "intermediate"
    questions: tuple[PlannedQuestion, ...] = ()
    duration_minutes: int = 30
    persona: str = "Viva"
    organisation: str = ""
    facts: tuple[str, ...] = ()  # what candidates may be told about the job, one sentence or two each
    language: str = "en"
    max_follow_ups: int = 2
    practice_question: str = DEFAULT_PRACTICE_QUESTION
    closing: str = ""  # a last sentence of the organisation's own; "" for the interviewer's
    notes: tuple[str, ...] = ()  # sentences for the person who made the plan
    version: int = 1
    plan_id: int = 0  # of the kept plan that this copies at `version`; 0 when made for one session
    claims: tuple[Claim, ...] = ()  # of the candidate's résumé
    policy: Policy | None = None  # of the kept plan; None when made for one session

    @property
    def total(self) -> int:
        return len(self.questions)

    def question_at(self, index: int) -> PlannedQuestion | None:
        """The question at `index`, or None before the first and after the last."""
        return self.questions[index] if 0 <= index < len(self.questions) else None


def queued_question(key: str, text: str, *, is_verbatim: bool, asked_by: str = "") -> PlannedQuestion:
    """A question that a person put in during the session. Without expected points it is never scored."""
    mode: Mode = "verbatim" if is_verbatim else "adaptive"
    return PlannedQuestion(
        key=key,
        text=text.strip(),
        kind="behavioral",
        mode=mode,
        asked_by=asked_by,
        source="person",
        is_core=False,
    )


def insert_question(plan: Plan, after_index: int, question: PlannedQuestion) -> Plan:
    """The plan with `question` put in after those people already queued behind `after_index`."""
    at = max(after_index + 1, 0)
    while (waiting := plan.question_at(at)) is not None and waiting.asked_by and question.asked_by:
        at += 1
    return replace(plan, questions=(*plan.questions[:at], question, *plan.questions[at:]))
