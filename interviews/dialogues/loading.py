"""The dialogues of `dialogues.yaml`."""

from functools import lru_cache
from pathlib import Path

import yaml
from msgspec import Struct, convert
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.plan import Mode, Plan, PlannedQuestion

QUESTION_AFTER = "general-introduction"
FACTS = (
    "You can work from home up to three days a week.",
    "You hear from us within five working days.",
    "The salary range is 62,000 to 74,000 euros a year.",
)


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """One turn of the candidate. A move is written as its kind, then what matters about it.

    `or_expect` is as good where somebody judges coverage who understands paraphrases.
    """

    say: str
    expect: str
    or_expect: str = ""
    is_poor: bool = False


class Dialogue(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    question: str
    turns: tuple[Said, ...]
    mode: Mode = "adaptive"
    is_last: bool = False

    @property
    def plan(self) -> Plan:
        question: PlannedQuestion = replace(get_question(self.question), mode=self.mode)
        rest = () if self.is_last else (get_question(QUESTION_AFTER),)
        return Plan(role="the job", questions=(question, *rest), facts=FACTS)


@lru_cache(maxsize=1)
def load_dialogues() -> tuple[Dialogue, ...]:
    text = Path(__file__).with_name("dialogues.yaml").read_text(encoding="utf-8")
    return convert(yaml.safe_load(text), tuple[Dialogue, ...])
