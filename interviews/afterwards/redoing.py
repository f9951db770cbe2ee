"""Answers one question once more, where the plan allows it: the second answer is judged, both are kept."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from interviews.afterwards.changing import judge_by_words, locked, log
from interviews.afterwards.window import may_change, require_may_change
from interviews.answers import Story
from interviews.evaluating import read_session
from interviews.live import events as ev
from interviews.models import Session, Turn
from interviews.refusals import RefusedError
from interviews.reporting.policy import policy_of


class SecondAnswer(Struct, frozen=True):
    """What is answered to question `number`; `heard` is empty where it was typed."""

    number: int
    text: str
    heard: tuple[ev.HeardPart, ...] = ()


class Redoable(Struct, frozen=True):
    """One question that was asked, and whether it may be answered once more."""

    number: int
    question: str
    is_open: bool
    turn: int | None  # of the second answer


def redoables(session: Session, story: Story, now: datetime) -> tuple[Redoable, ...]:
    """Every question that was asked; none where the plan does not allow second answers."""
    if not policy_of(session).may_redo:
        return ()
    is_open = may_change(session, now)
    return tuple(
        Redoable(
            number=number,
            question=question.text,
            is_open=is_open and number not in story.redone,
            turn=story.redone.get(number),
        )
        for number, question in enumerate(story.plan.questions, 1)
        if number in story.asked
    )


def require_redoable(session: Session, number: int, story: Story, now: datetime) -> None:
    """Raises RefusedError: not_over, too_late, not_allowed, not_asked, already_redone."""
    require_may_change(session, now)
    if not policy_of(session).may_redo:
        raise RefusedError("not_allowed", "This interview does not provide for second answers.")
    if number not in story.asked:
        raise RefusedError("not_asked", "This question was not asked in your interview.")
    if number in story.redone:
        raise RefusedError("already_redone", "You have answered this question once more already.")


def redo(session: Session, answer: SecondAnswer, *, now: datetime) -> Turn:
    """Take the second answer as a turn of its own. Raises RefusedError as `require_redoable`."""
    with locked(session) as row:
        story = read_session(row)
        require_redoable(row, answer.number, story, now)
        turn_id = _next_turn(story)
        event = ev.AnswerRedone(
            at=now,
            turn_id=turn_id,
            question=answer.number,
            text=answer.text,
            channel="voice" if answer.heard else "typed",
            heard=answer.heard,
        )
        judge_by_words(row, log(row, event), answer.number)
        return row.turns.get(speaker=Turn.Speaker.CANDIDATE, number=turn_id)


def _next_turn(story: Story) -> int:
    """A number no turn ever had: withdrawn ones stand in the log, too."""
    return 1 + max(_turns([moment.event for moment in story.moments]), default=0)


def _turns(events: Sequence[ev.Event]) -> list[int]:
    return [int(getattr(event, "turn_id", 0)) for event in events]
