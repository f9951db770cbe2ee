"""Where a report's content comes from: engines, judges, versions, cost, consent, proof; plain values."""

from datetime import date
from typing import Literal

import msgspec

Side = Literal["candidate", "interviewer"]


class JudgedWith(msgspec.Struct, frozen=True):
    """What one answer was judged with, so that it can be judged again and compared."""

    evaluator: str = ""
    version: str = ""
    model: str = ""
    """Empty where no language model took part; so are the host and the prompt's version."""
    host: str = ""
    prompt_version: str = ""
    rubric_digest: str = ""
    inputs_digest: str = ""
    fallback_reason: str = ""


class ModelUse(msgspec.Struct, frozen=True):
    """What a session cost at language models, all purposes together."""

    models: tuple[str, ...] = ()
    requests: int = 0
    failures: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    is_estimate: bool = False
    money: float | None = None
    """In the operator's currency; None where a price is unknown."""


class Engine(msgspec.Struct, frozen=True):
    """A part that took part: `role` is e.g. "Speech recognition", `name` what it ran on."""

    role: str
    name: str
    version: str = ""
    """A model or prompt version."""


class Recording(msgspec.Struct, frozen=True):
    """Whether one side's sound was kept, and if not, why."""

    side: Side
    is_kept: bool
    note: str = ""


class Provenance(msgspec.Struct, frozen=True):
    """Where the content comes from and what it can't say."""

    engines: tuple[Engine, ...] = ()
    plan: str = ""
    """The plan's version and where its questions come from, as a sentence."""
    model_use: ModelUse | None = None
    recognition_confidence: float | None = None
    """Mean over the conversation, 0..1."""
    limits: tuple[str, ...] = ()
    """Sentences, e.g. "Accuracy and depth are not judged without a language model."."""
    thresholds: str = ""
    """From when on an answer counts as not scorable, as a sentence."""
    consent_version: str = ""
    consent_choices: tuple[str, ...] = ()
    """What was agreed to, in words, e.g. "evaluation by AI", "recording"."""
    recordings: tuple[Recording, ...] = ()
    retained_until: date | None = None
    log_head_hash: str = ""
    log_entries: int | None = None
