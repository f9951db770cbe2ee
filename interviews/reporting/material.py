"""Everything a report is made of, read once."""

from msgspec import Struct

from interviews.answers import Story
from interviews.evaluating import find_evaluation, read_session
from interviews.evaluation import SessionEvaluation
from interviews.live import events as ev
from interviews.models import Note, Override, Rating, Session, Turn
from interviews.overriding import standing_overrides, with_overrides

# Replies after the last question belong to the goodbye, not to a question.
GOODBYE = frozenset({"closing_invite", "answer_candidate", "closing"})


class Material(Struct, frozen=True):
    session: Session
    story: Story
    evaluation: SessionEvaluation | None
    turns: tuple[Turn, ...]
    notes: tuple[Note, ...]
    ratings: tuple[Rating, ...]
    overrides: dict[int, Override]  # by question, those that count
    is_recorded: bool
    reply_ms: dict[int, int]  # reply -> when it began, on the interview's clock
    turn_ms: dict[int, int]  # candidate's turn -> when it ended
    goodbye_ms: int  # when the last question was left behind, or the end

    def begins_ms(self, turn: Turn) -> int | None:
        """When `turn` began, as far as it is known."""
        if turn.speaker == Turn.Speaker.INTERVIEWER:
            return self.reply_ms.get(turn.number)
        return turn.start_ms if turn.start_ms is not None else self.turn_ms.get(turn.number)

    @property
    def overridden(self) -> SessionEvaluation | None:
        """What the evaluation comes to with people's overrides; None without any."""
        return with_overrides(self.evaluation, self.overrides)

    @property
    def duration_ms(self) -> int:
        return max((moment.at_ms for moment in self.story.moments), default=0)


def gather(session: Session) -> Material:
    """A handful of queries, however long the interview was."""
    story = read_session(session)
    reply_ms: dict[int, int] = {}
    turn_ms: dict[int, int] = {}
    goodbye_ms: int | None = None
    for moment in story.moments:
        if isinstance(moment.event, ev.ReplyStarted) and moment.event.kind in GOODBYE:
            goodbye_ms = moment.at_ms if goodbye_ms is None else goodbye_ms
        if isinstance(moment.event, ev.ReplyStarted | ev.PlaybackBegan):
            reply_ms[moment.event.reply_id] = moment.at_ms
        elif isinstance(moment.event, ev.TurnEnded):
            turn_ms[moment.event.turn_id] = moment.at_ms
    return Material(
        session=session,
        story=story,
        evaluation=find_evaluation(session, story),
        turns=tuple(session.turns.exclude(text="").order_by("seq")),
        notes=tuple(session.notes.order_by("pk")),
        ratings=tuple(session.ratings.order_by("number", "pk")),
        overrides=standing_overrides(session),
        is_recorded=session.segments.exists(),
        reply_ms=reply_ms,
        turn_ms=turn_ms,
        goodbye_ms=max((moment.at_ms for moment in story.moments), default=0)
        if goodbye_ms is None
        else goodbye_ms,
    )
