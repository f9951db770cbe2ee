"""What writes questions that the bank does not hold."""

from typing import Protocol

from msgspec import Struct

from interviews.plan import PlannedQuestion


class QuestionWish(Struct, frozen=True):
    """What the questions should be like. Texts come from people and are data, never instructions."""

    role: str
    level: str = "intermediate"
    type: str = "mixed"
    count: int = 5
    job_description: str = ""
    claims: tuple[str, ...] = ()  # of the résumé, without names
    competencies: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()  # questions that are there already
    language: str = "en"


class WriterError(Exception):
    """No questions could be had. `permanent`: asking again would not help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class QuestionWriter(Protocol):
    @property
    def name(self) -> str: ...

    async def write(self, wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
        """At most `wish.count` questions that the linter of the bank finds fit to ask. Raises WriterError."""
        ...
