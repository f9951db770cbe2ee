"""The plan as those who watch see it: what was asked, and which expected points were heard so far. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from interviews.coverage import cover
from interviews.live import events as ev
from interviews.live.evolving import evolve
from interviews.live.signals import Coverage
from interviews.live.state import SessionState

# After these another point may count as covered, or another question is the current one.
MAY_CHANGE_COVERAGE: frozenset[type[ev.Event]] = frozenset(
    {
        ev.TranscriptFinal,
        ev.CoverageGained,
        ev.TurnEnded,
        ev.TurnReopened,
        ev.ReplyStarted,
        ev.ReplyWithdrawn,
    }
)

Covered = tuple[int, ...]


def covered_now(state: SessionState) -> Covered:
    """This will give the places of the current question's points that were heard, the open turn included."""
    question, progress = state.question, state.flow.progress
    if question is None:
        return ()
    covered = set(progress.covered_points)
    if state.turn.is_open and state.turn.utterances and progress.phase == "question":
        covered |= set(cover(question, f"{state.answer} {state.turn.text}".strip()).covered)
    return tuple(sorted(covered))


def coverage_of(state: SessionState) -> Coverage | None:
    """This will give what observers are told of the current question; None before the first."""
    if state.question is None:
        return None
    return Coverage(number=state.flow.question_index + 1, covered=covered_now(state))


class PlanFold(Struct, frozen=True):
    """A log so far: the state that it leads to, and what was covered of each question when it was left."""

    state: SessionState = SessionState()
    left: Mapping[int, Covered] = {}  # by the question's index

    @property
    def covered(self) -> dict[int, Covered]:
        """What was covered of each question that was asked, the one that stands included."""
        return {**self.left, self.state.flow.question_index: covered_now(self.state)}

    def after(self, events: Iterable[ev.Event]) -> "PlanFold":
        """This will go on with the events that come next."""
        state, left = self.state, dict(self.left)
        for event in events:
            if isinstance(event, ev.ReplyStarted):
                left[state.flow.question_index] = covered_now(state)
            state = evolve(state, event)
        return PlanFold(state, left)


def plan_of(state: SessionState, covered: Mapping[int, Covered]) -> list[dict[str, Any]]:
    """This will give the questions with their points, as `monitor.snapshot` shows them."""
    return [
        {
            "number": index + 1,
            "text": question.text,
            "kind": question.kind,
            "asked": index <= state.flow.question_index,
            "points": [
                {"text": point.text, "covered": place in covered.get(index, ())}
                for place, point in enumerate(question.expected_points)
            ],
        }
        for index, question in enumerate(state.plan.questions)
    ]
