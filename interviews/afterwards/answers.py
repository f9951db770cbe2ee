"""What a candidate said, as they may read and correct it afterwards."""

from datetime import datetime

from msgspec import Struct

from interviews.afterwards.correcting import is_superseded
from interviews.afterwards.window import may_change
from interviews.answers import Story
from interviews.evaluating import read_session
from interviews.live.projections import REDONE
from interviews.models import Session, Turn


class OwnAnswer(Struct, frozen=True):
    """One turn of the candidate; see `Turn`."""

    number: int
    question_number: int | None
    channel: str
    text: str
    correction: str
    is_second_answer: bool
    may_correct: bool


def own_answers(session: Session, now: datetime, story: Story | None = None) -> list[OwnAnswer]:
    """In the order in which they were given."""
    read = story or read_session(session)
    is_open = may_change(session, now)
    own = session.turns.filter(speaker=Turn.Speaker.CANDIDATE).exclude(text="").order_by("seq")
    return [
        OwnAnswer(
            number=turn.number,
            question_number=turn.question_number or None,
            channel=turn.channel,
            text=turn.text,
            correction=turn.correction,
            is_second_answer=turn.kind == REDONE,
            may_correct=is_open
            and turn.channel == Turn.Channel.VOICE
            and not is_superseded(read, turn.number),
        )
        for turn in own
    ]
