"""What an evaluation rests on: the question and the candidate's own words. No name, no accommodation."""

from typing import Literal

from msgspec import Struct

from interviews.plan import PlannedQuestion

Channel = Literal["voice", "typed"]


class SaidUtterance(Struct, frozen=True, omit_defaults=True):
    """One stretch of speech, or one typed answer. `text` is "" where speech gave no words."""

    text: str
    start_ms: int = 0  # on the audio line
    end_ms: int = 0
    confidence: float | None = None  # 0..1; None where the engine gives none
    engine: str = ""  # which recogniser; not all confidences are on one scale
    snr_db: float | None = None  # how far the speech stood above the noise of the line
    channel: Channel = "voice"
    turn_id: int = 0
    utterance_id: int = 0


class AnswerFacts(Struct, frozen=True, omit_defaults=True):
    """Everything that was said to one question, follow-ups included, in order; corrections put in place."""

    question: PlannedQuestion
    utterances: tuple[SaidUtterance, ...] = ()
    is_asked: bool = True
    is_skipped: bool = False
    time_taken_s: int | None = None
    names: tuple[str, ...] = ()  # left out of what a model is shown; part of no judgement and no digest
