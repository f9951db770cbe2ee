"""What an interviewer is: it finds the words for a move that the rules have chosen."""

from collections.abc import AsyncGenerator
from typing import Protocol

from interviews.interviewer.brief import ReplyBrief
from interviews.plan import PlannedQuestion


class InterviewerError(Exception):
    """The words could not be had. `permanent`: trying again would not help (a wrong key, a refused model)."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Interviewer(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def is_worth_preparing(self) -> bool:
        """Whether its words take so long that they are better found before the turn is surely over."""
        ...

    def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        """Yield the reply as text deltas that join to it exactly.

        `aclose()` (or cancelling the task that iterates) gives up the reply and frees what it holds.
        Raises InterviewerError, at the first delta or later; what was yielded before stays said.
        """
        ...


class CoverageJudge(Protocol):
    """Hears paraphrases that no cue foresaw, while the candidate still speaks."""

    async def judge(self, question: PlannedQuestion, text: str) -> tuple[int, ...]:
        """The indices of the expected points that `text` states, each proven by words that are really in it.

        Raises InterviewerError; the interview goes on with what the words alone show.
        """
        ...
