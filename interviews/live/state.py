"""The state of a live session, as the fold over its log leaves it (`evolving.py`); nothing here changes."""

from datetime import datetime, timedelta

from msgspec import Struct

from interviews.interviewer.brief import Side
from interviews.live import events as ev
from interviews.live.constants import SessionConstants
from interviews.live.vocabulary import Patience, State, WordsKind
from interviews.plan import Plan, PlannedQuestion
from interviews.progress import Move, Progress

ASKING = frozenset({"greeting", "question", "acknowledge_and_next"})


class Utterance(Struct, frozen=True):
    utterance_id: int
    text: str
    start_ms: int
    end_ms: int
    confidence: float | None
    engine: str = ""
    snr_db: float | None = None


class TurnState(Struct, frozen=True):
    """The candidate's newest turn, open or just over."""

    turn_id: int = 0
    is_open: bool = False
    is_held: bool = False
    has_loss: bool = False
    utterances: tuple[Utterance, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(utterance.text for utterance in self.utterances)


class ReplyState(Struct, frozen=True):
    """The reply that is being found, sent or heard."""

    reply_id: int
    move: Move
    answers_turn: int
    planned_at: datetime
    text_answered: str = ""
    is_started: bool = False
    is_complete: bool = False
    worded_by: str = ""
    sentences: tuple[str, ...] = ()
    began_at: datetime | None = None
    is_paused: bool = False  # the candidate has begun to speak over it
    by: str = "ai"
    words: str = ""  # given by a person
    is_spoken: bool = False  # a person speaks it at this moment

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def kind(self) -> str:
        """What sort of reply it is, for people."""
        is_persons = self.move.kind == "said" and self.move.reason == "person"
        return "person" if is_persons else self.move.kind


class Flow(Struct, frozen=True):
    """Where in the plan we are; kept aside while a reply is unheard, so that it can be withdrawn."""

    question_index: int = -1
    progress: Progress = Progress()


class Participant(Struct, frozen=True):
    ref: str
    role: str
    name: str
    listening: bool


class Whisper(Struct, frozen=True):
    text: str
    replies_left: int


class GivenWords(Struct, frozen=True):
    """A person's words that wait to be said."""

    text: str
    by: str
    kind: WordsKind


class SaidLine(Struct, frozen=True):
    """What a person said a moment ago: it may still come back through the candidate's microphone."""

    reply_id: int
    text: str
    end_ms: int  # on the interview's clock, with which the audio line runs


class Takeover(Struct, frozen=True):
    """A person speaks in place of the interviewer; or did, and the interviewer has yet to go on."""

    ref: str
    by: str
    cut: ReplyState | None = None  # what the interviewer was about to say, or was saying
    has_spoken: bool = False
    unanswered: str = ""  # what the candidate said that was meant for the interviewer

    def is_of(self, ref: str) -> bool:
        return person_of(self.ref) == person_of(ref)


def person_of(ref: str) -> str:
    """Whose presence this is: the same person's begin alike in one session."""
    return ref.partition("-")[0]


class SessionState(Struct, frozen=True, kw_only=True):
    plan: Plan = Plan(role="")
    constants: SessionConstants = SessionConstants()
    report_url: str = ""
    state: State = "waiting"
    pause_reason: str = ""
    consent: ev.ConsentChanged | None = None
    patience: Patience | None = None
    captions: str = ""
    has_line: bool = False
    is_connected: bool = False
    was_connected: bool = False
    drops: int = 0
    flow: Flow = Flow()
    flow_before: Flow = Flow()
    answer: str = ""  # everything answered to the current question so far
    answer_before: str = ""
    turn: TurnState = TurnState()
    heard_to_ms: int = 0  # on the audio line: everything said before it is in the log
    reply: ReplyState | None = None
    last_reply: ReplyState | None = None  # the one before, whose playback may still be corrected
    next_reply_id: int = 1
    history: tuple[tuple[Side, str], ...] = ()
    planned_ms: int = 0  # as the log was opened
    duration_ms: int = 0
    ran_ms: int = 0  # time on the interview's clock before `running_since`
    running_since: datetime | None = None
    is_time_up: bool = False
    participants: tuple[Participant, ...] = ()
    whispers: tuple[Whisper, ...] = ()
    words: tuple[GivenWords, ...] = ()
    takeover: Takeover | None = None
    handover: Takeover | None = None  # it is over, and the interviewer has not gone on yet
    said_lines: tuple[SaidLine, ...] = ()

    @property
    def question(self) -> PlannedQuestion | None:
        return self.plan.question_at(self.flow.question_index)

    @property
    def may_be_heard(self) -> bool:
        """Whether the candidate agrees at this moment that people listen in."""
        return self.consent is not None and self.consent.listening

    @property
    def is_listened_to(self) -> bool:
        return self.may_be_heard and any(one.listening for one in self.participants)

    @property
    def guidance(self) -> str:
        """What people advise for the next words."""
        return "\n".join(whisper.text for whisper in self.whispers)

    def clock_ms(self, now: datetime) -> int:
        """Time on the interview's clock, which stands still while paused; the audio line runs with it."""
        running = timedelta() if self.running_since is None else now - self.running_since
        return self.ran_ms + int(running.total_seconds() * 1_000)

    def time_left_ms(self, now: datetime) -> int:
        return max(0, self.duration_ms - self.clock_ms(now))
