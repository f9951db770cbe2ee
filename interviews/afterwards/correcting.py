"""Corrects in text what was misheard. What was heard stays beside it, and the answer is judged again."""

from datetime import datetime

from interviews.afterwards.changing import judge_by_words, locked, log
from interviews.afterwards.window import MOST_CHANGES, require_may_change
from interviews.answers import Story
from interviews.evaluating import read_session
from interviews.live import events as ev
from interviews.models import Session, Turn
from interviews.refusals import RefusedError


def correct(session: Session, number: int, text: str, *, now: datetime) -> Turn:
    """Take `text` for what the candidate said in turn `number`; empty, or what was heard, takes it back.

    Raises RefusedError: not_over, too_late, no_such_turn, typed, redone, too_many_changes.
    """
    require_may_change(session, now)
    with locked(session) as row:
        turn = row.turns.filter(speaker=Turn.Speaker.CANDIDATE, number=number).exclude(text="").first()
        if turn is None:
            raise RefusedError("no_such_turn", "There is no such answer in this interview.")
        wanted = "" if text.strip() == turn.text.strip() else text.strip()
        if wanted == turn.correction:
            return turn
        _require_correctable(turn, read_session(row), is_taken_back=not wanted)
        story = log(row, ev.AnswerCorrected(at=now, turn_id=number, text=wanted))
        answered = question_of(story, number)
        if answered is not None:
            judge_by_words(row, story, answered)
    turn.refresh_from_db()
    return turn


def question_of(story: Story, turn: int) -> int | None:
    """The question whose judged answer `turn` is a part of."""
    judged = {n: (story.redone[n],) if n in story.redone else turns for n, turns in story.turns_of.items()}
    return next((number for number, turns in judged.items() if turn in turns), None)


def is_superseded(story: Story, turn: int) -> bool:
    """Whether the question was answered once more, so that `turn` no longer counts."""
    return any(turn in story.turns_of.get(number, ()) for number in story.redone)


def _require_correctable(turn: Turn, story: Story, *, is_taken_back: bool) -> None:
    if turn.channel != Turn.Channel.VOICE:
        raise RefusedError("typed", "You wrote this yourself, so it could not be misheard.")
    if is_superseded(story, turn.number):
        raise RefusedError("redone", "You have answered this question once more; that answer counts.")
    made = [one.event for one in story.moments if isinstance(one.event, ev.AnswerCorrected)]
    if not is_taken_back and sum(one.turn_id == turn.number for one in made) >= MOST_CHANGES:
        raise RefusedError(
            "too_many_changes",
            f"You have changed this answer {MOST_CHANGES} times. If it is still wrong, ask for a person.",
        )
