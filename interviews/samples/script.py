"""Who the made-up candidates are and what they say, as `candidates.yaml` tells."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import msgspec
import yaml

from interviews.plan import Level

FILE = Path(__file__).with_name("candidates.yaml")


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Either a recording of `speech/miniature/answers` or words to type."""

    say: str = ""
    type: str = ""

    def __post_init__(self) -> None:
        if bool(self.say) == bool(self.type):
            raise ValueError("an answer is either said or typed")


class SampleCandidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`answers` by the question's key in the bank; the interview asks them in this order."""

    name: str
    file: str
    session: UUID
    held_at: datetime
    answers: dict[str, tuple[Answer, ...]]
    closing: tuple[Answer, ...] = ()


class Samples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, with the job they apply for."""

    organisation: str
    contact_name: str
    contact_email: str
    role: str
    level: Level
    competencies: dict[str, int]
    candidates: tuple[SampleCandidate, ...]


@lru_cache(maxsize=1)
def load_samples() -> Samples:
    """This will raise msgspec.ValidationError where the file has another shape."""
    return msgspec.convert(yaml.safe_load(FILE.read_text()), Samples)
