"""Small words that events, inputs and effects share."""

from typing import Literal

from msgspec import Struct

State = Literal[
    "practice",
    "waiting",
    "listening",
    "candidate_speaking",
    "thinking",
    "interviewer_speaking",
    "paused",
    "taken_over",
    "ended",
]
TurnEndReason = Literal["endpoint", "done", "typed", "too_long"]
TakeoverEndReason = Literal["handed_back", "left", "ended"]
WordsKind = Literal[
    "said", "person"
]  # in the interviewer's place in a question, or by a person who took over
HiringVerdict = Literal["advance", "hold", "decline"]
AnswerChannel = Literal["typed", "sms", "voice"]  # of whole answers; voice is an uploaded recording
EndReason = Literal[
    "completed", "ended_by_candidate", "ended_by_observer", "rescheduled", "abandoned", "cancelled"
]


class Patience(Struct, frozen=True):
    """How long a silence may last before the turn is over, in ms."""

    short_ms: int
    medium_ms: int
    long_ms: int


class Word(Struct, frozen=True):
    """One word on the audio line."""

    text: str
    start_ms: int
    end_ms: int
