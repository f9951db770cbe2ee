"""What a language model fills in when it judges: no score of the whole and no coverage, code makes those.

Plain types without bounds: servers know different parts of JSON Schema, and every value is clamped anyway.
"""

from msgspec import Struct


class PointForm(Struct):
    """Whether one expected point was stated, with the candidate's words that state it."""

    number: int  # as in the list of the prompt, from 1
    is_stated: bool
    quote: str


class FindingForm(Struct):
    text: str
    quote: str


class AnswerForm(Struct):
    gist: str
    points: list[PointForm]
    accuracy: float
    clarity: float
    depth: float
    anchor: float
    strengths: list[FindingForm]
    improvements: list[FindingForm]
    keywords: list[str]
    feedback: str
    candidate_feedback: str


class AdviceForm(Struct):
    """What to learn, one suggestion for each gap of the prompt, in its order."""

    suggestions: list[str]


class SummaryForm(Struct):
    sentences: list[str]
